# SPDX-License-Identifier: GPL-2.0-or-later
# The environment of a step: what stands at the top of its script, and nothing else is set but the directories ($SRC $BUILD
# $IMAGE $SYSROOT $HOST $FILES $TOOLS $DL $PACKAGES $TOP) and the job slots (MAKEFLAGS, JOBS), which the step runner gives.
#
# takes: CONFIG_TOOLCHAIN_*, CONFIG_ARCH and its description, arch.*; SOURCE_DATE_EPOCH; find-program, SEARCH_DIRS (programs.mk);
#        LLVM_CC, LLVM_BINS, COMPILERS_LLVM (llvm.mk)
# gives: STEP_PATH, CC_TARGET, CC_KERNEL, CROSS_PREFIX, LINK_DYNAMIC, LINK_STRIP, TARGET_TRIPLET; env-<mode>, by a recipe's MODE;
#        COMPILERS and WCC_SOURCES (paths whose content counts); compiler-check

# ---- the compiler ----

CC_TARGET   := $(or $(call given-path,CONFIG_TOOLCHAIN_CC),$(ARCH_GCC))
# Of the kernel and its modules.
CC_KERNEL   := $(or $(LLVM_CC),$(CC_TARGET))

# What the names of as, ld and the like begin with: CPU-linux-gnu- for CPU-linux-gnu-gcc-12; with the directory of the
# compiler if they are there, and steps would not find them.
cross-name   := $(patsubst %-gcc,%-,$(filter %-gcc,$(firstword $(subst -gcc,-gcc ,$(notdir $(CC_TARGET))))))
cross-dir    := $(if $(wildcard $(dir $(CC_TARGET))$(cross-name)ld),$(filter-out ./ $(SEARCH_DIRS:%=%/),$(dir $(CC_TARGET))))
CROSS_PREFIX := $(if $(cross-name),$(cross-dir)$(cross-name))

cc-of-arch    = $(if $(CROSS_PREFIX),$(if $(CONFIG_ARCH), for programs of $(CONFIG_ARCH) ($(arch.title))))
cc-remedy     = scripts/bootstrap installs $(if $(CONFIG_TOOLCHAIN_CC),$(ARCH_GCC),it); another one is chosen in menu Toolchain
ifeq ($(call find-program,$(CC_TARGET)),)
$(error the C compiler$(cc-of-arch)$(comma) $(CC_TARGET)$(comma) is not to be found in $(SEARCH_DIRS): $(cc-remedy))
endif
ifeq ($(call find-program,$(CROSS_PREFIX)ld),)
$(error the linker of the C compiler $(CC_TARGET)$(comma) $(CROSS_PREFIX)ld$(comma) is not to be found in $(SEARCH_DIRS): $(cc-remedy))
endif
# A compiler that is for no Linux, or for other -m options, takes libgcc from the one that has it.
ifneq ($(arch.libgcc),)
ifeq ($(call find-program,$(arch.libgcc)),)
$(error $(arch.libgcc)$(comma) which has libgcc for $(CONFIG_ARCH)$(comma) is not to be found in $(SEARCH_DIRS): $(cc-remedy))
endif
LIBGCC := $(shell $(arch.libgcc) $(arch.cflags) -print-libgcc-file-name)
endif

# Usage: $(call compilers,NAMES)
# Their paths.
compilers    = $(foreach p,$1,$(call find-program,$p))
COMPILERS_TARGET := $(call compilers,$(CC_TARGET) $(CROSS_PREFIX)as $(CROSS_PREFIX)ld $(LIBGCC))
COMPILERS_KERNEL := $(or $(COMPILERS_LLVM),$(COMPILERS_TARGET))
COMPILERS_HOST   := $(call compilers,gcc as ld)
COMPILERS   := $(sort $(COMPILERS_TARGET) $(COMPILERS_KERNEL) $(COMPILERS_HOST))
WCC_SOURCES := support/tools/wcc

# Which compiler this is, by content, so that another one is noticed wherever it came from.
# Usage: $(call compiler-lines,PROGRAMS)
compiler-lines = $(call lines,$(foreach p,$1,$(hash) $(notdir $p) $(DIGEST_$p)$(newline)))
# Usage: $(call wrapped-lines,PROGRAMS)
# With the wrapper in front of them.
define wrapped-lines

$(call compiler-lines,$1)$(hash) wcc $(DIGEST_$(WCC_SOURCES))
endef

# A compiler for another architecture than the board's would be noticed late: by a package that has assembly, or in QEMU.
# It is asked once: $(ENGINE)/compiler has what was asked.
compiler-state = $(CONFIG_ARCH) $(CC_TARGET) $(DIGEST_$(firstword $(COMPILERS_TARGET))) \
                 $(arch.bits) $(arch.endian) $(arch.elf) $(arch.cflags)
# Usage: $(call compiler-check)
# With the digests read.
compiler-check = $(if $(and $(arch.elf),$(call stale,$(ENGINE)/compiler,$(compiler-state))),$(call compiler-told,$(shell $(compiler-ask))))
# Usage: $(call compiler-told,TEXT)
compiler-told  = $(if $1,$(error $1),$(file >$(ENGINE)/compiler,$(compiler-state)))
compiler-ask   = sh support/make/compiler.sh $(CC_TARGET) $(CONFIG_ARCH) $(arch.bits) $(arch.endian) $(arch.elf) $(arch.cflags)

# ---- how programs of the target are compiled and linked ----

# Usage: $(call plain-options,VARIABLE)
# Its value. Makefiles and configure scripts of packages would expand these characters in it.
OPTIONS_UNFIT := $(hash) $$ ` " ' \ ; & | < > ( )
plain-options = $(foreach c,$(OPTIONS_UNFIT),$(if $(findstring $c,$($1)),$(call options-bad,$1,$c)))$($1)
# Usage: $(call options-bad,VARIABLE,CHARACTER)
options-bad   = $(error $1 has the character $2 in it, which makefiles and configure scripts of packages would expand: $($1))

ifeq ($(CONFIG_TOOLCHAIN_OPTIMISE_SPEED),y)
OPTIMISE := -O2
else ifeq ($(CONFIG_TOOLCHAIN_OPTIMISE_DEBUG),y)
OPTIMISE := -Og -g
else # CONFIG_TOOLCHAIN_OPTIMISE_SIZE
OPTIMISE := -Os
endif
TARGET_CFLAGS  := $(strip $(OPTIMISE) $(call plain-options,CONFIG_TOOLCHAIN_CFLAGS))
TARGET_TRIPLET := $(arch.triplet)
# Non-empty if they are linked dynamically; else it is CONFIG_TOOLCHAIN_LINK_STATIC.
LINK_DYNAMIC   := $(CONFIG_TOOLCHAIN_LINK_DYNAMIC)
# Without symbols, unless they are to be debugged (-Wl, since libtool keeps -s from libraries).
LINK_STRIP     := $(if $(CONFIG_TOOLCHAIN_OPTIMISE_DEBUG),,-Wl,-s)

# ---- the environments ----

$(if $(call given-number,SOURCE_DATE_EPOCH),)
env-epoch = $(or $(SOURCE_DATE_EPOCH),$$(cat "$$SRC.epoch" 2>/dev/null || echo 315532800))

# Programs of this machine that steps may run.
STEP_PATH := /usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin

define env-common
export PATH="$$HOST/usr/bin:$$TOOLS:$(STEP_PATH)"
export LC_ALL=C TZ=UTC0 HOME=/nonexistent TMPDIR="$${TMPDIR:-/tmp}"
export SOURCE_DATE_EPOCH=$(env-epoch)
endef

# For wcc, under names that no makefile has for something else.
wcc-places  = export WCC_SRC="$$SRC" WCC_BUILD="$$BUILD" WCC_FILES="$${FILES:-}" \
              WCC_IMAGE="$$IMAGE" WCC_SYSROOT="$$SYSROOT" WCC_HOST="$$HOST"
# Those of the machine that builds know nothing of the target's files.
BINUTILS := AS=as LD=ld AR=ar NM=nm RANLIB=ranlib STRIP=strip OBJCOPY=objcopy OBJDUMP=objdump READELF=readelf
target-bins  = export $(subst =,=$(CROSS_PREFIX),$(BINUTILS))
kernel-bins  = $(if $(LLVM_BINS),export $(LLVM_BINS),$(target-bins))

# Usage: $(call env-<mode>,PACKAGE)
# What stands at the top of its scripts. bare is as target, without a C library to depend on: the C library's own, which is
# the same however programs are linked.
env-target = $(call env-linked,$1,$(if $(LINK_DYNAMIC),dynamic,static))
env-bare   = $(call env-linked,$1,static)
# Usage: $(call env-linked,PACKAGE,LINK)
define env-linked
$(env-common)$(call wrapped-lines,$(COMPILERS_TARGET))
$(wcc-places)
export CC=wcc HOSTCC=gcc WCC_MODE=target WCC_LINK=$2 WCC_NAME=$1 WCC_GCC=$(CC_TARGET)
export WCC_TRIPLET=$(arch.triplet) WCC_LOADER=$(arch.loader) WCC_LIBGCC=$(LIBGCC) WCC_FLAGS=$(call squote,$(arch.cflags))
$(target-bins)
export CFLAGS=$(call squote,$(TARGET_CFLAGS)) LDFLAGS=
export PKG_CONFIG_LIBDIR="$$SYSROOT/usr/lib/pkgconfig:$$SYSROOT/usr/share/pkgconfig" PKG_CONFIG_SYSROOT_DIR="$$SYSROOT" PKG_CONFIG_PATH=
endef

define env-kernel
$(env-common)$(call wrapped-lines,$(COMPILERS_KERNEL))
$(wcc-places)
export CC=wcc HOSTCC=gcc WCC_MODE=kernel WCC_NAME=$1 WCC_GCC=$(CC_KERNEL)
export WCC_PROBES="$$BUILD/.probes" WCC_COMPILER=$(subst $(space),.,$(foreach p,$(COMPILERS_KERNEL),$(DIGEST_$p)))
$(kernel-bins)
endef

define env-host
$(env-common)

$(call compiler-lines,$(COMPILERS_HOST))export CC=gcc $(BINUTILS) CFLAGS=-O2 LDFLAGS= PKG_CONFIG_LIBDIR="$$HOST/usr/lib/pkgconfig"
endef

env-none = $(env-common)
