# SPDX-License-Identifier: GPL-2.0-or-later
# The environment of a step: what stands at the top of its script, and nothing else is set
# but the directories ($SRC $BUILD $IMAGE $SYSROOT $HOST $FILES $TOOLS $DL $PACKAGES $TOP)
# and the job slots (MAKEFLAGS, JOBS), which the step runner gives.
#
# takes: CONFIG_TOOLCHAIN_*, CONFIG_ARCH
# gives: STEP_PATH, LINK_DYNAMIC, LINK_STRIP; env-<mode>, by a recipe's MODE: target (default), bare, kernel, host, none; COMPILERS (files
#        whose content counts)

SEARCH_DIRS := /usr/local/bin /usr/bin /bin
CC_TARGET   := $(or $(call given-path,CONFIG_TOOLCHAIN_CC),gcc)
find-program = $(if $(findstring /,$1),$1,$(firstword $(wildcard $(addsuffix /$1,$(SEARCH_DIRS)))))
CROSS_PREFIX := $(if $(filter %-gcc,$(notdir $(CC_TARGET))),$(patsubst %gcc,%,$(notdir $(CC_TARGET))))

COMPILER_NAMES := $(CC_TARGET) $(CROSS_PREFIX)as $(CROSS_PREFIX)ld
COMPILERS      := $(foreach p,$(COMPILER_NAMES),$(or $(call find-program,$p),$(if $(filter $p,$(CC_TARGET)),$(error the C compiler $p is not to be found in $(SEARCH_DIRS): scripts/bootstrap installs gcc; another one is chosen in menu Toolchain))))
WCC_SOURCES    := support/tools/wcc

# Which compiler this is, by content, so that another one is noticed wherever it came from.
compiler-lines = $(newline)$(call lines,$(foreach p,$(COMPILERS),$(hash) $(notdir $p) $(DIGEST_$p)$(newline)))$(hash) wcc $(DIGEST_$(WCC_SOURCES))

$(if $(call given-number,SOURCE_DATE_EPOCH),)
env-epoch = $(if $(SOURCE_DATE_EPOCH),$(SOURCE_DATE_EPOCH),$$(cat "$$SRC.epoch" 2>/dev/null || echo 315532800))

# Programs of this machine that steps may run.
STEP_PATH := /usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin

define env-common
export PATH="$$HOST/usr/bin:$$TOOLS:$(STEP_PATH)"
export LC_ALL=C TZ=UTC0 HOME=/nonexistent TMPDIR="$${TMPDIR:-/tmp}"
export SOURCE_DATE_EPOCH=$(env-epoch)
endef

# $(call plain-options,VARIABLE): its value. Makefiles and configure scripts of packages would expand these
# characters in it.
plain-options = $(foreach c,$(hash) $$ ` " ' \ ; & | < > ( ),$(if $(findstring $c,$($1)),$(error $1 has the character $c in it, which \
                makefiles and configure scripts of packages would expand: $($1))))$($1)
OPTIMISE := $(if $(call config-on,TOOLCHAIN_OPTIMISE_SPEED),-O2,$(if $(call config-on,TOOLCHAIN_OPTIMISE_DEBUG),-Og -g,-Os))
TARGET_CFLAGS  := $(strip $(OPTIMISE) $(call plain-options,CONFIG_TOOLCHAIN_CFLAGS))
TARGET_TRIPLET := $(CONFIG_ARCH)-linux-musl
# How programs of the target are linked; without symbols, unless they are to be debugged (-Wl, since libtool
# keeps -s from libraries).
LINK_DYNAMIC := $(call config-on,TOOLCHAIN_LINK_DYNAMIC)
LINK_STRIP   := $(if $(call config-on,TOOLCHAIN_OPTIMISE_DEBUG),,-Wl,-s)

# For wcc, under names that no makefile has for something else.
wcc-places = export WCC_SRC="$$SRC" WCC_BUILD="$$BUILD" WCC_FILES="$${FILES:-}" WCC_IMAGE="$$IMAGE" WCC_SYSROOT="$$SYSROOT" WCC_HOST="$$HOST"

define env-target
$(env-common)$(compiler-lines)
$(wcc-places)
export CC=wcc HOSTCC=gcc WCC_MODE=target WCC_LINK=$(if $(LINK_DYNAMIC),dynamic,static) WCC_NAME=$1 WCC_GCC=$(CC_TARGET)
export AR=$(CROSS_PREFIX)ar NM=$(CROSS_PREFIX)nm RANLIB=$(CROSS_PREFIX)ranlib STRIP=$(CROSS_PREFIX)strip
export CFLAGS=$(call squote,$(TARGET_CFLAGS)) LDFLAGS=
export PKG_CONFIG_LIBDIR="$$SYSROOT/usr/lib/pkgconfig:$$SYSROOT/usr/share/pkgconfig" PKG_CONFIG_SYSROOT_DIR="$$SYSROOT" PKG_CONFIG_PATH=
endef

# As target, without a C library to depend on: the C library's own.
env-bare = $(env-target)

define env-kernel
$(env-common)$(compiler-lines)
$(wcc-places)
export CC=wcc HOSTCC=gcc WCC_MODE=kernel WCC_NAME=$1 WCC_GCC=$(CC_TARGET)
export WCC_PROBES="$$BUILD/.probes" WCC_COMPILER=$(subst $(space),.,$(foreach p,$(COMPILERS),$(DIGEST_$p)))
export AR=$(CROSS_PREFIX)ar NM=$(CROSS_PREFIX)nm RANLIB=$(CROSS_PREFIX)ranlib STRIP=$(CROSS_PREFIX)strip
endef

define env-host
$(env-common)$(compiler-lines)
export CC=gcc AR=ar NM=nm RANLIB=ranlib STRIP=strip CFLAGS=-O2 LDFLAGS= PKG_CONFIG_LIBDIR="$$HOST/usr/lib/pkgconfig"
endef

env-none = $(env-common)
