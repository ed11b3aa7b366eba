# SPDX-License-Identifier: GPL-2.0-or-later
# Packages: from what the recipes say to step scripts, and from those to stamps.
#
# Each enabled package has a directory in $(B). Its scripts unpack.sh configure.sh build.sh
# install.sh are made here, at every start of make, and written only when their text changes;
# what they do is up to the step runner (docs/step.md), which decides by content. It also
# unpacks the sources, when a step is to be run that needs them.
#
#   $(B)/<package>/stamp       its image is made
#
# takes: PACKAGES and the recipes (inputs.mk), types.mk, env.mk, STORE (cache.mk)
# gives: the stamps; <package>, <package>-unpack, -rebuild, -reconfigure, -dirclean;
#        script (for engine parts that have a script too)

# ---- what a recipe says, with its defaults; $1 is the name, $2 the prefix ----

type-of   = $(or $($2_TYPE),generic)
mode-of   = $(or $($2_MODE),$(if $(filter module,$(type-of)),kernel,target))
local-dir = $(patsubst %/,%,$(call given-path,$2_DIR))
# What of that directory is looked at for edits.
local-reads = $(if $(local-dir),$(if $($2_DIR_READS),$($2_DIR_READS:%=$(local-dir)/%),$(local-dir)))
# What git says of it counts where a build can ask: in the copy that TYPE make builds in there is no .git, unless
# the recipe leads to that of the directory.
asks-git  = $(or $(filter-out make,$(type-of)),$($2_CONFIGURE),$(findstring git,$(foreach v,MAKE_OPTS BUILD INSTALL INSTALL_OPTS CFLAGS LDFLAGS,$(value $2_$v))))
git-state-line = $(if $(and $(local-dir),$(GIT_STATE_$(local-dir)),$(asks-git)),$(hash) git $(GIT_STATE_$(local-dir))$(newline))
# The directory, where only parts of it are looked at for edits.
git-look  = $(if $(and $(local-dir),$($2_DIR_READS),$(wildcard $(local-dir)/.git)),$(local-dir))
$(foreach p,$(PACKAGES),$(if $(filter $(abspath $(call local-dir,$p,$(UP_$p)))/%,$(if $(call local-dir,$p,$(UP_$p)),$(abspath $(O))/)),$(error \
	O=$(O) is in $(call local-dir,$p,$(UP_$p)), where the sources of $p are: what is built would be part of them; choose an O elsewhere)))
# It has to be there, and to hold what its type is built from: a mistake is told before anything is built.
dir-called = $(if $(filter $2_DIR,$(GIVEN)),$2_DIR=$(local-dir),the directory $(local-dir)$(comma) which $1 is to be built from$(comma))
dir-refuse = $(error $(dir-called) $3)
dir-exists = $(if $(wildcard $(local-dir)/.),y,$(call dir-refuse,$1,$2,$(if $(wildcard $(local-dir)),is not a directory,is not there)))
# (scripts/bisect builds the rest with an empty one, and judges by itself what a commit lacks.)
dir-wanted = $(if $(filter-out %/bisect/out,$(O)),$(if $(filter kbuild,$(type-of)),Makefile $(if $(filter kernel,$(mode-of)),arch)))
dir-lacks  = $(filter-out $(notdir $(wildcard $(dir-wanted:%=$(local-dir)/%))),$(dir-wanted))
dir-check  = $(if $(local-dir),$(if $(dir-exists),$(if $(dir-lacks),$(call dir-refuse,$1,$2,has no sources of $1: there is no '$(firstword $(dir-lacks))' in it))))
$(foreach p,$(PACKAGES),$(call dir-check,$p,$(UP_$p)))
# The kernel, and the packages that are modules for it.
is-kernel = $(if $(filter kernel,$(mode-of)),$(if $(filter module,$(type-of)),,$1))
KERNEL_PACKAGE  := $(firstword $(foreach p,$(PACKAGES),$(call is-kernel,$p,$(UP_$p))))
MODULE_PACKAGES := $(strip $(foreach p,$(PACKAGES),$(if $(filter module,$(call type-of,$p,$(UP_$p))),$p)))
$(foreach p,$(MODULE_PACKAGES),$(if $(KERNEL_PACKAGE),,$(error $($(UP_$p)_PKGDIR)/$p.mk: $p is a kernel module, but no kernel is enabled: switch one on in menu Kernel, or $p off)))
# Packages that it is built against.
deps-of   = $($2_DEPENDS) $(if $(filter target,$(mode-of)),$(filter-out $1,$(CONFIG_TOOLCHAIN_PACKAGES))) $(if $(filter module,$(type-of)),$(filter-out $($2_DEPENDS),$(KERNEL_PACKAGE)))
# The package whose sources it uses.
src-owner = $(or $($2_SRC_OF),$1)
# Non-empty if it has sources of its own to unpack.
own-src   = $(if $(local-dir)$($2_SRC_OF),,y)
src-dir   = $(or $(local-dir),$(B)/$(src-owner)/src)
# Digests that its source file may have.
digests-of = $(or $($2_SHA256),$(sort $(SHA256_$1/$($2_SOURCE)) $(SHA256_$1/$(notdir $($2_POOL)))))
# What it is called in messages. Another directory is another thing: its build starts afresh.
title-of  = $1$(if $(local-dir), from $(local-dir),$(if $($2_VERSION), $($2_VERSION)))
# What there is to build, and what takes the root filesystem: all that depends on one of those comes
# later than it does. (scripts/bisect names the kernel on the command line, to have the rest built first.)
TAKERS := $(strip $(foreach p,$(PACKAGES),$(if $($(UP_$p)_TAKES_ROOTFS),$p)))
late-next = $(foreach p,$(PACKAGES),$(if $(filter $1,$p $(call deps-of,$p,$(UP_$p))),$p))
late-close = $(if $(filter-out $1,$(late-next)),$(call late-close,$(late-next)),$1)
LATE  := $(if $(TAKERS),$(strip $(call late-close,$(TAKERS))))
EARLY := $(filter-out $(LATE),$(PACKAGES))
# Where its source file lies among the downloads.
dl-path   = $(or $($2_DL),$1)/$(call path,the source file of $1:,$($2_SOURCE))

# Types and modes that there are not would be steps that do nothing.
check-known = $(if $(filter $(type-of),$(KNOWN_TYPES)),,$(error $($2_PKGDIR)/$1.mk: there is no TYPE $(type-of); there are: $(KNOWN_TYPES)))$(if $(filter $(mode-of),$(KNOWN_MODES)),,$(error $($2_PKGDIR)/$1.mk: there is no MODE $(mode-of); there are: $(KNOWN_MODES)))
$(foreach p,$(PACKAGES),$(if $(filter-out own,$($(UP_$p)_LAYER)),$(error $($(UP_$p)_PKGDIR)/$p.mk: there is no LAYER $($(UP_$p)_LAYER); there is: own)))
$(foreach p,$(PACKAGES),$(call check-known,$p,$(UP_$p)))

# Files that the scripts use by the name $FILES/NAME, as NAME=PATH.
files-of  = $(foreach f,$($2_FILES) $($2_START),$(notdir $f)=$(if $(filter /%,$f),$f,$($2_PKGDIR)/$f)) \
            $(join $(addsuffix =,$(call numbered,$($2_KCONFIG_FRAGMENTS))),$($2_KCONFIG_FRAGMENTS)) \
            $(addprefix base.config=,$(call kbuild-base-file,$2)) \
            $(if $(filter kbuild,$(type-of)),$(addprefix menu.config=,$(call kbuild-menu-file,$2,$1)))
patches-of = $(if $(own-src),$($2_PATCHES))
file-paths = $(foreach f,$(files-of),$(lastword $(subst =, ,$f)))

recipe-of  = $($(UP_$1)_PKGDIR)/$1.mk

# All paths whose content counts; the programs of ours that scripts call are among them.
UNPACK_SOURCES := support/tools/unpack support/lib/archive
$(call digests-read,$(COMPILERS) $(WCC_SOURCES) $(UNPACK_SOURCES) $(KMERGE_SOURCES) $(COPYTREE_SOURCES) $(ROOTFS_INPUTS) \
	$(foreach p,$(PACKAGES),$(call recipe-of,$p) $(call file-paths,$p,$(UP_$p)) $(call patches-of,$p,$(UP_$p))),\
	$(foreach p,$(PACKAGES),$(call local-reads,$p,$(UP_$p)) $(call git-look,$p,$(UP_$p))))
include $(ENGINE)/digests.mk
$(ENGINE)/digests.mk: ;

# A variable that is misspelt does nothing, and says nothing. The names in recipes that changed are looked at.
RECIPES_STATE := $(foreach p,$(PACKAGES),$p=$(DIGEST_$(call recipe-of,$p)))
RECIPES_NEW   := $(filter $(PACKAGES),$(subst =, ,$(filter-out $(file <$(ENGINE)/recipes),$(RECIPES_STATE))))
ifneq ($(RECIPES_NEW),)
$(shell $(TOOLBIN)/checkrecipe --vocabulary support/make/vocabulary.mk --names $(foreach p,$(ALL_PACKAGES),--known $($(UP_$p)_PKGDIR)) $(foreach p,$(RECIPES_NEW),$($(UP_$p)_PKGDIR)) >&2)
ifneq ($(.SHELLSTATUS),0)
$(error nothing was built)
endif
$(file >$(ENGINE)/recipes,$(RECIPES_STATE))
endif

# ---- scripts ----

# A script that begins as all do. $1 package, $2 prefix, $3 step
define script-head
#!/bin/sh
# $(title-of): $3. Whittle wrote this from $($2_PKGDIR)/$1.mk; change it there.
set -eu
umask 022
endef

# The line that has a script change with what the package is built against.
depends-line = $(if $(strip $(deps-of)),$(hash) built against $(sort $(deps-of))$(newline))

# The lines that tie a script to the files it uses.
file-lines = $(call lines,$(foreach f,$(files-of),$(hash) $(firstword $(subst =, ,$f)) $(DIGEST_$(lastword $(subst =, ,$f)))$(newline)))

# A tree of the user's whose Kconfig files change is configured anew.
config-lines = $(if $(and $(local-dir),$(filter kbuild,$(type-of))),$(hash) Kconfig files $(CONFIGS_$(local-dir))$(newline))

define text-unpack
$(script-head)
export PATH="$$TOOLS:/usr/local/bin:/usr/bin:/bin" LC_ALL=C
$(hash) unpack $(foreach f,$(UNPACK_SOURCES),$(DIGEST_$f))

$(if $($2_UNPACK),$($2_UNPACK),$(unpack-default))
$(unpack-patches)$($2_POST_UNPACK)
endef
unpack-default = $(if $($2_GIT_COMMIT),$(unpack-git),$(if $($2_SOURCE),$(unpack-file),mkdir "$$SRC"))
define unpack-file
unpack $(strip $(foreach d,$(digests-of),--sha256 $(call squote,$d)) $(addprefix --only ,$($2_UNPACK_ONLY)) --epoch-file "$$SRC.epoch" "$$DL/$(dl-path)" "$$SRC")
endef
define unpack-git
git --git-dir="$$DL/$1/$1.git" archive --format=tar --prefix=$1/ $($2_GIT_COMMIT) >"$$SRC.tar"
unpack --unverified --epoch-file "$$SRC.epoch" "$$SRC.tar" "$$SRC"
rm "$$SRC.tar"
endef
unpack-patches = $(call lines,$(foreach f,$(patches-of),patch -d "$$SRC" -p1 --no-backup-if-mismatch <"$$FILES/$(notdir $f)" $(hash) $(DIGEST_$f)$(newline)))

# $4: the step in capitals
define text-step
$(script-head)
$(env-$(mode-of))
cd "$$BUILD"

$(before-$3)$(or $($2_$4),$(call TYPE_$(type-of)_$4,$2,$1))$(after-$3)
endef
before-configure = $(depends-line)$(file-lines)$(config-lines)
before-build = $(if $(filter $1,$(TAKERS)),$(hash) takes the root filesystem$(newline))$(if \
	$(local-dir),$(hash) sources $(subst $(space),.,$(foreach r,$(local-reads),$(SOURCES_$r)))$(newline)$(git-state-line)$(call TYPE_$(type-of)_EDITED,$2,$1))
# Start-up scripts, which lie beside the recipe.
define after-install
$(foreach f,$($2_START),
install -D -m 755 "$$FILES/$f" "$$IMAGE/target/etc/init.d/$f")
endef

# $(call script,PATH,TEXT): see that the file at PATH has just TEXT, by way of a bundle that
# is written when all scripts are known (docs/write-scripts.md).
script = $(if $(call stale,$1,$2),$(file >>$(ENGINE)/bundle,>$1$(newline)|$(subst $(newline),$(newline)|,$2)))

STEPS := configure build install
define package-scripts
$(if $(own-src),$(call script,$(B)/$1/unpack.sh,$(call text-unpack,$1,$2,unpack)))
$(call script,$(B)/$1/configure.sh,$(call text-step,$1,$2,configure,CONFIGURE))
$(call script,$(B)/$1/build.sh,$(call text-step,$1,$2,build,BUILD))
$(call script,$(B)/$1/install.sh,$(call text-step,$1,$2,install,INSTALL))
endef

$(if $(file <$(ENGINE)/bundle),$(shell rm -f $(ENGINE)/bundle))
$(foreach p,$(PACKAGES),$(if $(call package-scripts,$p,$(UP_$p)),))
$(if $(rootfs-scripts),)

# ---- circles and gaps among dependencies ----

DEPENDS_TEXT := $(call lines,$(foreach p,$(PACKAGES),$p: $(call deps-of,$p,$(UP_$p)) $($(UP_$p)_SRC_OF)$(newline)))
ifneq ($(call stale,$(ENGINE)/depends,$(DEPENDS_TEXT)),)
DEPENDS_NEW := $(shell mktemp $(ENGINE)/depends.XXXXXX)
$(file >$(DEPENDS_NEW),$(DEPENDS_TEXT))
$(shell $(TOOLBIN)/depcheck $(DEPENDS_NEW) $(filter-out $(PACKAGES),$(ALL_PACKAGES)) && mv $(DEPENDS_NEW) $(ENGINE)/depends)
ifneq ($(.SHELLSTATUS),0)
$(shell rm -f $(DEPENDS_NEW))
$(error nothing was built)
endif
endif

# ---- stamps ----

STEP = $(TOOLBIN)/step $(step-name) $(step-common)
step-name   = --name $1 --title $(call squote,$(call title-of,$1,$(UP_$1))) --dir $(B)/$1 $(if $(UP_$1),--recipe $($(UP_$1)_PKGDIR)/$1.mk)
step-common = --progress $(CACHE_DIR)/progress --clock $(B)/.clock --verbose $(if $(silent),-1,$(V)) \
              --env TOP=@$(TOP) --env TOOLS=@$(TOOLBIN) --env DL=@$(DL) --packages $(B) $(if $(filter n,$(SANDBOX)),--sandbox off)

# Where the sources come from, if they are to be unpacked; patches belong to their owner.
step-source = $(if $(call local-dir,$1,$(UP_$1)),--src $(call local-dir,$1,$(UP_$1)),$(call step-owner,$(call src-owner,$1,$(UP_$1))))
step-owner  = --source $1=$(B)/$1 --source-title $(call squote,$(call title-of,$1,$(UP_$1))) $(foreach f,$(call patches-of,$1,$(UP_$1)),--source-file $(notdir $f)=$f)
step-deps   = $(foreach d,$(call deps-of,$1,$(UP_$1)),--dep $d=$(B)/$d)
step-files  = $(foreach f,$(call files-of,$1,$(UP_$1)),--file $f)
# What compiles a directory of the user's once more goes on where it was.
step-keep   = $(if $($(UP_$1)_KEEP_BUILD),--keep-build,$(if $(call goes-on,$1,$(UP_$1)),--keep-edited))
goes-on     = $(and $(local-dir),$(filter-out generic,$(type-of)),$(if $(filter make module,$(type-of)),$(if $($2_CONFIGURE),,y),y))
# The root filesystem, for those that take it.
step-takes  = $(if $(filter $1,$(TAKERS)),--late-dep rootfs=$(B)/rootfs --env ROOTFS=@$(B)/rootfs/image/host)
# What a person edits while make runs is not kept under the name of what it was.
step-store  = $(if $(call local-dir,$1,$(UP_$1)),,$(STORE))
step-again  = $(if $(AGAIN_$1),--from $(AGAIN_$1))
# How long its build is, for one who builds it for the first time.
step-lines  = $(if $($(UP_$1)_LOG_LINES),--lines $($(UP_$1)_LOG_LINES))
step-inputs = $(step-source) $(step-deps) $(step-files) $(step-keep)
step-words  = $(step-inputs) $(step-lines) $(step-takes) $(step-store) $(step-again) --stamp $(B)/$1/stamp $(STEPS)

# The script that makes the sources of a package, if there is one.
src-script  = $(if $(call local-dir,$1,$(UP_$1)),,$(B)/$(call src-owner,$1,$(UP_$1))/unpack.sh)

# Sources that are a package's own; others use another's, or a directory that is there already.
OWN_SRC := $(strip $(foreach p,$(PACKAGES),$(if $(call own-src,$p,$(UP_$p)),$p)))

$(PACKAGES:%=$(B)/%/stamp): $(B)/%/stamp: $(B)/%/configure.sh $(B)/%/build.sh $(B)/%/install.sh
	$(jobs)$(call STEP,$*) $(call step-words,$*)

# One line for each package that has more to wait for.
package-order = $(foreach p,$(PACKAGES),$(call package-order-1,$p,$(UP_$p)))
define package-order-1
$(B)/$1/stamp: $(call src-script,$1) $(foreach d,$(deps-of),$(B)/$d/stamp) $(if $(filter $1,$(TAKERS)),$(B)/rootfs/stamp)

endef
$(eval $(package-order))

# ---- what would be done ----

# A line for each package and for the root filesystem, as the step runner has it on its command line.
SURVEY_LIST  := $(ENGINE)/survey.list
survey-write = $(file >$(SURVEY_LIST),$(call lines,$(foreach p,$(PACKAGES),$(call step-name,$p) $(step-common) $(call step-words,$p)$(newline))$(rootfs-survey)))
# $(call survey,QUESTION): what the step runner answers for all of them.
survey = $(survey-write)$(shell $(TOOLBIN)/step $1 $(SURVEY_LIST) --bundle $(ENGINE)/bundle)
# Goals that build packages.
BUILD_GOALS := $(filter-out explain legal-info source source-all source-list source-list-all cache-% %-unpack %-dirclean,$(GOALS))

# ---- what a person types ----

.PHONY: $(PACKAGES) $(OWN_SRC:%=%-unpack) $(PACKAGES:%=%-rebuild) $(PACKAGES:%=%-reconfigure) \
        $(ALL_PACKAGES:%=%-dirclean)
$(PACKAGES): %: $(B)/%/stamp
$(OWN_SRC:%=%-unpack): %-unpack: $(B)/%/unpack.sh
	$(jobs)$(call STEP,$*) $(call step-source,$*) unpack

# Asked for again: the stamp does not count and the runner starts from that step, the earlier one of two.
AGAIN_GOALS := $(filter $(PACKAGES:%=%-rebuild) $(PACKAGES:%=%-reconfigure),$(GOALS))
$(foreach g,$(filter %-rebuild,$(AGAIN_GOALS)) $(filter %-reconfigure,$(AGAIN_GOALS)),$(eval AGAIN_$(patsubst %-rebuild,%,$(patsubst %-reconfigure,%,$g)) := $(if $(filter %-rebuild,$g),build,configure)))
$(foreach g,$(AGAIN_GOALS),$(eval $(B)/$(patsubst %-rebuild,%,$(patsubst %-reconfigure,%,$g))/stamp: FORCE))
$(PACKAGES:%=%-rebuild): %-rebuild: $(B)/%/stamp
$(PACKAGES:%=%-reconfigure): %-reconfigure: $(B)/%/stamp

$(ALL_PACKAGES:%=%-dirclean): %-dirclean:
	$(call quiet,CLEAN,$*)rm -rf $(B)/$*
