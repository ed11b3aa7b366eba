# SPDX-License-Identifier: GPL-2.0-or-later
# Packages: from the data model to step scripts, and from those to stamps.
#
# Each enabled package has a directory in $(B). Its scripts unpack.sh configure.sh build.sh install.sh are expanded here,
# at every start of make, and written only when their text changes. The step runner (docs/step.md) decides by content which
# of them to run. It also unpacks the sources, before the first step that needs them.
#
#   $(B)/<package>/stamp       is touched when its image is complete
#
# takes: PACKAGES (inputs.mk) and the variables of model.mk, which explains <package>.type and the like;
#        types.mk, env.mk, STORE (cache.mk), ROOTFS_INPUTS and rootfs-* (rootfs.mk)
# gives: the stamps; the goals <package>, <package>-unpack, -rebuild, -reconfigure, -dirclean; the functions script and step
#        (for other parts of the engine that have scripts), survey; BUILD_GOALS

# ---- digests ----

# Usage: $(call git-watched,PACKAGE)
# Its local directory, if only parts of it are checked for edits and it is a git repository: its state is among the digests.
git-watched = $(if $(and $($1.local),$($($1.prefix)_DIR_READS),$(wildcard $($1.local)/.git)),$($1.local))

# All paths whose digests are parts of scripts, including the sources of our own programs that scripts call.
UNPACK_SOURCES := support/tools/unpack support/lib/archive
REPLAY_SOURCES := support/tools/replay
DIGEST_PATHS   := $(COMPILERS) $(WCC_SOURCES) $(UNPACK_SOURCES) $(KMERGE_SOURCES) $(COPYTREE_SOURCES) $(REPLAY_SOURCES) $(ROOTFS_INPUTS) \
                  $(foreach p,$(PACKAGES),$($p.recipe) $(call pair-values,$($p.files)) $($p.patches) $($p.programs))
DIGEST_SOURCES := $(foreach p,$(PACKAGES),$($p.watched) $(call git-watched,$p))
$(call digests-read,$(DIGEST_PATHS),$(DIGEST_SOURCES))
include $(ENGINE)/digests.mk
$(ENGINE)/digests.mk: ;
$(compiler-check)

# make ignores a misspelt variable without a message, so checkrecipe checks the names in each recipe that changed.
RECIPES_STATE := $(foreach p,$(PACKAGES),$p=$(DIGEST_$($p.recipe)))
RECIPES_NEW   := $(filter $(PACKAGES),$(subst =, ,$(filter-out $(file <$(ENGINE)/recipes),$(RECIPES_STATE))))
ifneq ($(RECIPES_NEW),)
$(shell $(TOOLBIN)/checkrecipe --vocabulary support/make/vocabulary.mk --names \
	$(foreach p,$(ALL_PACKAGES),--known $($($p.prefix)_PKGDIR)) $(foreach p,$(RECIPES_NEW),$($p.pkgdir)) >&2)
ifneq ($(.SHELLSTATUS),0)
$(error nothing was built)
endif
$(file >$(ENGINE)/recipes,$(RECIPES_STATE))
endif

# ---- scripts ----

# Usage: $(call script-head,PACKAGE,STEP)
# The first lines of each of its scripts.
define script-head
#!/bin/sh
# $($1.title): $2. Whittle wrote this from $(call recipe-below,$($1.recipe)); change it there.
set -eu
umask 022
endef
# Usage: $(call recipe-below,RECIPE)
# Its path below the tree or the external one that has it: another machine may have that elsewhere.
recipe-below = $(or $(firstword $(foreach d,$(EXTERNAL_DIRS),$(patsubst $d/%,%,$(filter $d/%,$1)))),$1)

# Usage: $(call text-unpack,PACKAGE)
# The text of its unpack.sh.
define text-unpack
$(call script-head,$1,unpack)
export PATH="$$TOOLS:/usr/local/bin:/usr/bin:/bin" LC_ALL=C
$(hash) unpack $(foreach f,$(UNPACK_SOURCES),$(DIGEST_$f))

$(or $($($1.prefix)_UNPACK),$(call unpack-default,$1))
$(call unpack-patches,$1)$($($1.prefix)_POST_UNPACK)
endef

# Usage: $(call unpack-default,PACKAGE)
# The default commands that make $SRC; below, those for a git commit and for an archive.
unpack-default = $(if $($1.commit),$(call unpack-commit,$1),$(if $($1.source),$(call unpack-source,$1),mkdir "$$SRC"))

# Usage: $(call unpack-commit,PACKAGE)
define unpack-commit
git --git-dir="$$DL/$1/$1.git" archive --format=tar --prefix=$1/ $($1.commit) >"$$SRC.tar"
unpack --unverified --epoch-file "$$SRC.epoch" "$$SRC.tar" "$$SRC"
rm "$$SRC.tar"
endef

# Usage: $(call unpack-source,PACKAGE)
define unpack-source
unpack $(call unpack-options,$1) --epoch-file "$$SRC.epoch" "$$DL/$($1.source)" "$$SRC"
endef
# Usage: $(call unpack-options,PACKAGE)
# The digests that the archive may have, and the parts of it to unpack.
unpack-options = $(strip $(foreach d,$(call source-digests,$1),--sha256 $(call squote,$d)) \
                 $(addprefix --only ,$($($1.prefix)_UNPACK_ONLY)))

# Usage: $(call unpack-patches,PACKAGE)
# A line for each patch, with the digest of the patch.
unpack-patches = $(call lines,$(foreach f,$($1.patches),$(call unpack-patch,$f)$(newline)))
# Usage: $(call unpack-patch,FILE)
unpack-patch   = patch -d "$$SRC" -p1 --no-backup-if-mismatch <"$$FILES/$(notdir $1)" $(hash) $(DIGEST_$1)

# Usage: $(call text-step,PACKAGE,STEP,VARIABLE)
# The text of its script for STEP: the commands in the recipe's VARIABLE, else those of its type.
define text-step
$(call script-head,$1,$2)
$(call env-$($1.mode),$1)
cd "$$BUILD"

$(call before-$2,$1)$(or $($($1.prefix)_$3),$(call TYPE_$($1.type)_$3,$1))$(call after-$2,$1)
endef

# Usage: $(call before-configure,PACKAGE), $(call before-build,PACKAGE)
# The lines before the commands of that step. Comments contain the digests of what the step depends on, so that the script
# changes when one of them changes.
before-configure = $(call deps-line,$1)$(call compiler-lines,$($1.programs))$(call file-lines,$1)$(call kconfig-line,$1)
before-build     = $(call consumer-line,$1)$(call watched-lines,$1)$(if $(filter image,$($1.type)),$(call image-head,$1))

# Usage: $(call deps-line,PACKAGE)
# The packages it is built against.
deps-line     = $(if $($1.deps),$(hash) built against $(sort $($1.deps))$(newline))

# Usage: $(call file-lines,PACKAGE)
# The digest of each of its files.
file-lines    = $(call lines,$(foreach f,$($1.files),$(hash) $(call pair-name,$f) $(DIGEST_$(call pair-value,$f))$(newline)))

# Usage: $(call kconfig-line,PACKAGE)
# The digest of the Kconfig files of a local directory: when they change, it is configured again.
kconfig-line  = $(if $(and $($1.local),$(filter kbuild,$($1.type))),$(hash) Kconfig files $(CONFIGS_$($1.local))$(newline))

# Usage: $(call consumer-line,PACKAGE)
# A note that it consumes the root filesystem.
consumer-line = $(if $(filter $1,$(ROOTFS_CONSUMERS)),$(hash) takes the root filesystem$(newline))

# Usage: $(call watched-lines,PACKAGE)
# The digests of a local directory, and the commands of the type before a repeated build.
define watched-lines
$(if $($1.local),$(hash) sources $(subst $(space),.,$(foreach r,$($1.watched),$(SOURCES_$r)))
$(call git-line,$1)$(call TYPE_$($1.type)_EDITED,$1))
endef

# Usage: $(call git-line,PACKAGE)
# The state of git in a local directory, if the build can ask git for it.
git-line = $(if $(and $(GIT_STATE_$($1.local)),$(call asks-git,$1)),$(hash) git $(GIT_STATE_$($1.local))$(newline))
# Usage: $(call asks-git,PACKAGE)
# Non-empty if its build can ask git. TYPE make builds in a copy without .git, unless the recipe has its
# own CONFIGURE or mentions git.
asks-git = $(or $(filter-out make,$($1.type)),$($($1.prefix)_CONFIGURE),$(findstring git,$(call build-values,$1)))
# Usage: $(call build-values,PACKAGE)
# The variables of the recipe that are used to build, unexpanded.
build-values = $(foreach v,MAKE_OPTS BUILD INSTALL INSTALL_OPTS CFLAGS LDFLAGS,$(value $($1.prefix)_$v))

# Usage: $(call after-install,PACKAGE)
# The lines after the commands of install: they install start-up scripts, which are beside the recipe.
define after-install
$(foreach f,$($($1.prefix)_START),
install -D -m 755 "$$FILES/$f" "$$IMAGE/target/etc/init.d/$f")
endef

# Usage: $(call script,PATH,TEXT)
# If the file at PATH does not have exactly TEXT, add both to a bundle, which is written when all scripts are known
# (docs/write-scripts.md).
script = $(if $(call stale,$1,$2),$(file >>$(ENGINE)/bundle,>$1$(newline)|$(subst $(newline),$(newline)|,$2)))

STEPS := configure build install
# Usage: $(call package-scripts,PACKAGE)
define package-scripts
$(if $($1.unpacks),$(call script,$(B)/$1/unpack.sh,$(call text-unpack,$1)))
$(call script,$(B)/$1/configure.sh,$(call text-step,$1,configure,CONFIGURE))
$(call script,$(B)/$1/build.sh,$(call text-step,$1,build,BUILD))
$(call script,$(B)/$1/install.sh,$(call text-step,$1,install,INSTALL))
endef

$(if $(file <$(ENGINE)/bundle),$(shell rm -f $(ENGINE)/bundle))
$(foreach p,$(PACKAGES),$(if $(call package-scripts,$p),))
$(if $(rootfs-scripts),)

# ---- circles and gaps among dependencies ----

DEPENDS_TEXT := $(call lines,$(foreach p,$(PACKAGES),$p: $($p.deps) $(filter-out $p,$($p.owner))$(newline)))
ifneq ($(call stale,$(ENGINE)/depends,$(DEPENDS_TEXT)),)
DEPENDS_NEW := $(shell mktemp $(ENGINE)/depends.XXXXXX)
$(file >$(DEPENDS_NEW),$(DEPENDS_TEXT))
$(shell $(TOOLBIN)/depcheck $(DEPENDS_NEW) $(filter-out $(PACKAGES),$(ALL_PACKAGES)) && mv $(DEPENDS_NEW) $(ENGINE)/depends)
ifneq ($(.SHELLSTATUS),0)
$(shell rm -f $(DEPENDS_NEW))
$(error nothing was built)
endif
endif

# ---- the command line of the step runner ----

# Usage: $(call step,NAME)
# The command line of the step runner, for a package or for a part of the root filesystem.
step        = $(call step-by,$1,$(TOOLBIN))
# Usage: $(call step-by,NAME,DIRECTORY)
# With the host tools of DIRECTORY.
step-by     = $(TOOLBIN)/step $(call step-name,$1) $(step-common) --env TOOLS=@$2
# Usage: $(call step-name,NAME)
step-name   = --name $1 --title $(call squote,$(or $($1.title),$1)) --dir $(B)/$1 $(addprefix --recipe ,$($1.recipe))
step-common = --progress $(CACHE_DIR)/progress --clock $(B)/.clock --verbose $(if $(silent),-1,$(V)) \
              --env TOP=@$(TOP) --env DL=@$(DL) --packages $(B) $(if $(filter n,$(SANDBOX)),--sandbox off) \
              $(if $(filter n,$(REPLAY)),--env REPLAY=n)

# Usage: $(call step-source,PACKAGE), $(call step-owner,OWNER)
# The directory of its sources, or the package that unpacks them. Patches belong to that package.
step-source = $(if $($1.local),--src $($1.local) $(addprefix --seen ,$(SEEN_$($1.local))),$(call step-owner,$($1.owner)))
step-owner  = --source $1=$(B)/$1 --source-title $(call squote,$($1.title)) \
              $(foreach f,$($1.patches),--source-file $(notdir $f)=$f)

# Usage: $(call step-inputs,PACKAGE)
# All inputs of its build.
step-inputs = $(call step-source,$1) $(foreach d,$($1.deps),--dep $d=$(B)/$d) $(call step-images,$1) $(addprefix --file ,$($1.files)) \
              $(call step-keep,$1)
# Usage: $(call step-images,PACKAGE)
# The images of its dependencies, for one that makes an image.
step-images = $(if $(filter image,$($1.type)),$(foreach d,$($1.deps),--image-dep $d=$(B)/$d))
# Usage: $(call step-keep,PACKAGE), $(call goes-on,PACKAGE)
# Whether the build directory is kept. A repeated build of a local directory continues in it.
step-keep   = $(if $($($1.prefix)_KEEP_BUILD),--keep-build,$(if $(call goes-on,$1),--keep-edited))
goes-on     = $(and $($1.local),$(filter-out generic,$($1.type)),$(or $(filter-out make module,$($1.type)),$(call copies,$1)))
# Usage: $(call copies,PACKAGE)
# Non-empty if the engine copies the sources into the build directory.
copies      = $(if $($($1.prefix)_CONFIGURE),,y)

# Usage: $(call step-lines,PACKAGE)
# The expected length of its log, for the progress notes of the first build.
step-lines  = $(addprefix --lines ,$($($1.prefix)_LOG_LINES))

# Usage: $(call step-rootfs,PACKAGE)
# The root filesystem, for those that consume it.
step-rootfs = $(if $(filter $1,$(ROOTFS_CONSUMERS)),--late-dep rootfs=$(B)/rootfs --env ROOTFS=@$(B)/rootfs/image/host)
# Usage: $(call step-store,PACKAGE)
# The store of built packages, but not for local sources, which may be edited while make runs, and not for images, which
# are large and quickly made.
step-store  = $(if $($1.local)$(filter image,$($1.type)),,$(STORE))
# Usage: $(call step-words,PACKAGE)
# The rest of the command line: inputs, the store, the stamp and the steps.
step-words  = $(call step-inputs,$1) $(call step-lines,$1) $(call step-rootfs,$1) $(call step-store,$1) $(addprefix --from ,$(AGAIN_$1)) \
              --stamp $(B)/$1/stamp $(STEPS)

# ---- stamps ----

$(PACKAGES:%=$(B)/%/stamp): $(B)/%/stamp: $(B)/%/configure.sh $(B)/%/build.sh $(B)/%/install.sh
	$(call built-there,$*)
	$(call step-launched,$*,$(call step-words,$*))

# Usage: $(call unpack-script,PACKAGE)
# The script that unpacks its sources, if there is one.
unpack-script = $(if $($1.local),,$(B)/$($1.owner)/unpack.sh)

# Usage: $(call package-order,PACKAGE)
# The other prerequisites of its stamp.
define package-order
$(B)/$1/stamp: $(call unpack-script,$1) $($1.deps:%=$(B)/%/stamp) $(if $(filter $1,$(ROOTFS_CONSUMERS)),$(B)/rootfs/stamp)

endef
$(eval $(foreach p,$(PACKAGES),$(call package-order,$p)))

# ---- the survey: what would be done ----

# The command lines of the step runner for each package and for the root filesystem, one a line.
SURVEY_LIST  := $(ENGINE)/survey.list
survey-lines  = $(foreach p,$(PACKAGES),$(call step-name,$p) $(step-common) $(call step-words,$p)$(newline))
survey-write  = $(file >$(SURVEY_LIST),$(call lines,$(survey-lines)$(rootfs-survey)))
# Usage: $(call survey,QUESTION)
# The answer of the step runner for all of them.
survey = $(survey-write)$(shell $(TOOLBIN)/step $1 $(SURVEY_LIST) --bundle $(ENGINE)/bundle)
# Goals that build packages.
BUILD_GOALS := $(filter-out explain legal-info source source-all source-list source-list-all cache-% %-unpack %-dirclean,$(GOALS))

# ---- goals ----

.PHONY: $(PACKAGES) $(UNPACK_PACKAGES:%=%-unpack) $(PACKAGES:%=%-rebuild) $(PACKAGES:%=%-reconfigure) \
        $(ALL_PACKAGES:%=%-dirclean)
$(PACKAGES): %: $(B)/%/stamp
$(UNPACK_PACKAGES:%=%-unpack): %-unpack: $(B)/%/unpack.sh
	$(jobs)$(call step,$*) $(call step-source,$*) unpack

# PKG-rebuild and PKG-reconfigure: the stamp is stale, and the runner starts from the step AGAIN_<package>; configure if
# both are given.
# Usage: $(eval $(call again,PACKAGE,STEP))
define again
AGAIN_$1 := $2
$(B)/$1/stamp: FORCE
endef
$(foreach p,$(patsubst %-rebuild,%,$(filter $(PACKAGES:%=%-rebuild),$(GOALS))),$(eval $(call again,$p,build)))
$(foreach p,$(patsubst %-reconfigure,%,$(filter $(PACKAGES:%=%-reconfigure),$(GOALS))),$(eval $(call again,$p,configure)))
$(PACKAGES:%=%-rebuild): %-rebuild: $(B)/%/stamp
$(PACKAGES:%=%-reconfigure): %-reconfigure: $(B)/%/stamp

$(ALL_PACKAGES:%=%-dirclean): %-dirclean:
	$(call quiet,CLEAN,$*)rm -rf $(B)/$*
