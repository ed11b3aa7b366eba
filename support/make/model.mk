# SPDX-License-Identifier: GPL-2.0-or-later
# The data model: what each recipe means, with its defaults, computed once. A function takes a package by its name alone
# and reads the rest from these variables. They are simply expanded:
#
#   <package>.prefix    the prefix of its variables: ZLIB (inputs.mk)
#   <package>.pkgdir    the directory of its recipe
#   <package>.recipe    the recipe itself
#   <package>.version   its version, or nothing
#   <package>.title     its name in messages. The directory of local sources is part of it: with another one, the build
#                       starts afresh
#   <package>.type      which default steps it has: generic, make, autotools, ... (types.mk)
#   <package>.mode      in which environment its steps run: target, bare, kernel, host, none (env.mk)
#   <package>.local     the directory that is used as its sources, instead of unpacked ones, or nothing
#   <package>.watched   the parts of that directory that are checked for edits
#   <package>.owner     the package whose sources it uses: itself, if its recipe names no other one
#   <package>.unpacks   y if it has sources of its own to unpack
#   <package>.src       the directory of its sources
#   <package>.source    the file that is downloaded for it, below $(DL), or nothing
#   <package>.commit    the git commit that is downloaded for it, or nothing
#   <package>.patches   its patches
#   <package>.files     its files, as NAME=PATH; scripts read them at $FILES/NAME
#   <package>.programs  the programs of this machine that decide what it builds, and their libraries: paths
#   <package>.deps      the packages that it is built against
#   <package>.rootfs    whether it consumes the root filesystem: nothing if not; builtin if it contains it; else y
#
# A recipe's other variables are read by their own names: $($($1.prefix)_SITE).
#
# takes: READ_PACKAGES, PACKAGES and the recipes (inputs.mk); <PREFIX>_GIT_COMMIT (git.mk); KNOWN_TYPES, KNOWN_MODES,
#        RESERVED_NAMES (vocabulary.mk); LOCAL_UNCHECKED (commits.sh)
# gives: the variables above for each package of READ_PACKAGES; KERNEL_PACKAGE, MODULE_PACKAGES, IMAGE_PACKAGES; UNPACK_PACKAGES (those with
#        sources of their own); ROOTFS_CONSUMERS, ROOTFS_BUILTIN, PRE_ROOTFS, POST_ROOTFS

# Usage: $(call source-path,PACKAGE)
# The path of its source file, relative to $(DL).
source-path = $(or $($($1.prefix)_DL),$1)/$(call path,the source file of $1:,$($($1.prefix)_SOURCE))

# Usage: $(call source-digests,PACKAGE)
# The sha256 digests that this file may have: that of upstream's file, and that of the pool's.
source-digests = $(or $($($1.prefix)_SHA256),$(sort $(SHA256_$1/$($($1.prefix)_SOURCE)) $(SHA256_$1/$(notdir $($($1.prefix)_POOL)))))

# Usage: $(call package-files,PACKAGE)
# The value of <package>.files.
package-files = $(foreach f,$($($1.prefix)_FILES) $($($1.prefix)_START),$(call package-file,$1,$f)) \
                $(join $(addsuffix =,$(call numbered,$($($1.prefix)_KCONFIG_FRAGMENTS))),$($($1.prefix)_KCONFIG_FRAGMENTS)) \
                $(addprefix base.config=,$(call kbuild-base-file,$1)) \
                $(if $(filter kbuild,$($1.type)),$(addprefix menu.config=,$(call kbuild-menu-file,$1)))
# Usage: $(call package-file,PACKAGE,FILE)
# NAME=PATH of a file that the recipe names; it lies beside the recipe, unless it is absolute.
package-file  = $(notdir $2)=$(if $(filter /%,$2),,$($1.pkgdir)/)$2

# The mode of packages of these types, if their recipes have none, and whether they take the root filesystem.
mode-of-module  := kernel
mode-of-image   := none
rootfs-of-image := y

# Usage: $(eval $(call package-model,PACKAGE))
# Set the variables that depend on the package's own recipe only.
define package-model
$1.pkgdir  := $$($($1.prefix)_PKGDIR)
$1.recipe  := $$($($1.prefix)_PKGDIR)/$1.mk
$1.version := $$($($1.prefix)_VERSION)
$1.type    := $$(or $$($($1.prefix)_TYPE),generic)
$1.mode    := $$(or $$($($1.prefix)_MODE),$$(mode-of-$$($1.type)),target)
$1.local   := $$(patsubst %/,%,$$(call given-path,$($1.prefix)_DIR))
$1.owner   := $$(or $$($($1.prefix)_SRC_OF),$1)
$1.programs := $$(strip $$(call with-libraries,$$(foreach f,$$($($1.prefix)_PROGRAMS),$$(call find-program,$$f))))
$1.rootfs  := $$(or $$($($1.prefix)_TAKES_ROOTFS),$$(filter y,$$(rootfs-of-$$($1.type))))
$1.files   := $$(strip $$(call package-files,$1))
$1.unpacks :=
$1.source  :=
$1.commit  :=
$1.patches :=
ifneq ($$($1.local),)
$1.watched := $$(or $$($($1.prefix)_DIR_READS:%=$$($1.local)/%),$$($1.local))
$1.src     := $$($1.local)
$1.title   := $1 from $$($1.local)
else
$1.watched :=
$1.src     := $(B)/$$($1.owner)/src
$1.title   := $$(strip $1 $$($1.version))
ifeq ($$($1.owner),$1)
$1.unpacks := y
$1.commit  := $$($($1.prefix)_GIT_COMMIT)
$1.source  := $$(if $$($1.commit),,$$(if $$($($1.prefix)_SOURCE),$$(call source-path,$1)))
$1.patches := $$($($1.prefix)_PATCHES)
endif
endif
endef
$(foreach p,$(READ_PACKAGES),$(eval $(call package-model,$p)))

# ---- the kernel, and dependencies ----

# Usage: $(call having,FIELD,VALUE)
# The enabled packages whose FIELD is VALUE.
having = $(strip $(foreach p,$(PACKAGES),$(if $(filter $2,$($p.$1)),$p)))

MODULE_PACKAGES := $(call having,type,module)
IMAGE_PACKAGES  := $(call having,type,image)
KERNEL_PACKAGE  := $(firstword $(filter-out $(MODULE_PACKAGES),$(call having,mode,kernel)))
UNPACK_PACKAGES := $(call having,unpacks,y)

# Usage: $(call package-deps,PACKAGE)
# The value of <package>.deps: those that the recipe names; the C library, for programs of the target; the kernel, for
# modules.
package-deps = $($($1.prefix)_DEPENDS) $(call implied-deps-$($1.mode),$1) $(call implied-deps-$($1.type),$1)
# Usage: $(call implied-deps-target,PACKAGE), $(call implied-deps-module,PACKAGE)
implied-deps-target = $(filter-out $1,$(CONFIG_TOOLCHAIN_PACKAGES))
implied-deps-module = $(filter-out $($($1.prefix)_DEPENDS),$(KERNEL_PACKAGE))
$(foreach p,$(READ_PACKAGES),$(eval $p.deps := $$(strip $$(call package-deps,$p))))

# ---- who consumes the root filesystem ----

# A package that depends on a consumer is built after the root filesystem, too, and is not a part of it. commits.sh sets
# ROOTFS_CONSUMERS to the kernel on the command line: then all other packages but images are built first.
ROOTFS_CONSUMERS := $(strip $(foreach p,$(PACKAGES),$(if $($p.rootfs),$p)))
ifneq ($(IMAGE_PACKAGES),)
override ROOTFS_CONSUMERS := $(sort $(ROOTFS_CONSUMERS) $(IMAGE_PACKAGES))
endif
ROOTFS_BUILTIN   := $(call having,rootfs,builtin)

# Usage: $(call dependants,PACKAGES), $(call all-dependants,PACKAGES)
# PACKAGES and the packages that depend on one of them, directly; the same, also indirectly.
dependants     = $(strip $(foreach p,$(PACKAGES),$(if $(filter $1,$p $($p.deps)),$p)))
all-dependants = $(if $(filter-out $1,$(call dependants,$1)),$(call all-dependants,$(call dependants,$1)),$1)

POST_ROOTFS := $(if $(ROOTFS_CONSUMERS),$(call all-dependants,$(ROOTFS_CONSUMERS)))
PRE_ROOTFS  := $(filter-out $(POST_ROOTFS),$(PACKAGES))

# ---- validation ----

# Usage: $(call local-called,PACKAGE)
# The start of a message about its local directory.
local-called  = $(if $(filter $($1.prefix)_DIR,$(GIVEN)),$($1.prefix)_DIR=$($1.local),$(call local-said,$1))
# Usage: $(call local-said,PACKAGE)
local-said    = the directory $($1.local), which $1 is to be built from,
# Usage: $(call local-missing,PACKAGE)
# What is wrong with it, in words, if it is not a directory.
local-missing = $(if $(wildcard $($1.local)/.),,$(if $(wildcard $($1.local)),is not a directory,is not there))
# Usage: $(call local-wants,PACKAGE), $(call local-lacks,PACKAGE)
# The files that its local directory must have, because of its type; those of them that are missing. With LOCAL_UNCHECKED=y
# none: commits.sh builds the other packages with an empty directory, and tests any commit.
local-wants   = $(if $(LOCAL_UNCHECKED),,$(if $(filter kbuild,$($1.type)),Makefile $(if $(filter kernel,$($1.mode)),arch)))
local-lacks   = $(foreach f,$(call local-wants,$1),$(if $(wildcard $($1.local)/$f),,$f))

# Usage: $(eval $(call check-local,PACKAGE))
# Stop if its local directory is missing, is no source tree of its type, or contains O.
define check-local
ifneq ($(filter $(abspath $($1.local))/%,$(abspath $(O))/),)
$$(error O=$(O) is in $($1.local), where the sources of $1 are: what is built would be part of them; choose an O elsewhere)
endif
ifneq ($(call local-missing,$1),)
$$(error $(call local-called,$1) $(call local-missing,$1))
endif
ifneq ($(call local-lacks,$1),)
$$(error $(call local-called,$1) has no sources of $1: there is no '$(firstword $(call local-lacks,$1))' in it)
endif
endef
$(foreach p,$(PACKAGES),$(if $($p.local),$(eval $(call check-local,$p))))

# Stop if a program that one needs is not here.
# Usage: $(call programs-check,PACKAGE)
programs-check = $(foreach f,$($($1.prefix)_PROGRAMS),$(if $(call find-program,$f),,$(call program-lacking,$f,$1 is built with)))
$(foreach p,$(PACKAGES),$(call programs-check,$p))

# Reject reserved names, modules without a kernel, and unknown types, modes and the like, whose steps would do nothing. Each
# list has the packages at fault.
BAD_NAMES   := $(filter $(RESERVED_NAMES),$(PACKAGES))
BAD_MODULES := $(if $(KERNEL_PACKAGE),,$(MODULE_PACKAGES))
BAD_LAYERS  := $(foreach p,$(PACKAGES),$(if $(filter-out own,$($($p.prefix)_LAYER)),$p))
BAD_ROOTFS  := $(foreach p,$(ROOTFS_CONSUMERS),$(if $(filter-out y builtin,$($p.rootfs)),$p))
BAD_TYPES   := $(foreach p,$(PACKAGES),$(if $(filter $($p.type),$(KNOWN_TYPES)),,$p))
BAD_MODES   := $(foreach p,$(PACKAGES),$(if $(filter $($p.mode),$(KNOWN_MODES)),,$p))

ifneq ($(strip $(BAD_NAMES) $(BAD_MODULES) $(BAD_LAYERS) $(BAD_ROOTFS) $(BAD_TYPES) $(BAD_MODES)),)
BAD := $(firstword $(BAD_NAMES) $(BAD_MODULES) $(BAD_LAYERS) $(BAD_ROOTFS) $(BAD_TYPES) $(BAD_MODES))
ifneq ($(BAD_NAMES),)
$(error $($(BAD).recipe): no package can have the name $(BAD), which the engine uses itself: rename it)
else ifneq ($(BAD_MODULES),)
$(error $($(BAD).recipe): $(BAD) is a kernel module, but no kernel is enabled: switch one on in menu Kernel, or $(BAD) off)
else ifneq ($(strip $(BAD_LAYERS)),)
$(error $($(BAD).recipe): there is no LAYER $($($(BAD).prefix)_LAYER); there is: own)
else ifneq ($(strip $(BAD_ROOTFS)),)
$(error $($(BAD).recipe): there is no TAKES_ROOTFS $($(BAD).rootfs); there are: y builtin)
else ifneq ($(strip $(BAD_TYPES)),)
$(error $($(BAD).recipe): there is no TYPE $($(BAD).type); there are: $(KNOWN_TYPES))
else
$(error $($(BAD).recipe): there is no MODE $($(BAD).mode); there are: $(KNOWN_MODES))
endif
endif
