# SPDX-License-Identifier: GPL-2.0-or-later
# The environment of a step: what stands at the top of its script, and nothing else is set but the directories ($SRC $BUILD
# $IMAGE $SYSROOT $HOST $FILES $TOOLS $DL $PACKAGES $TOP) and the job slots (MAKEFLAGS, JOBS), which the step runner gives.
#
# takes: CONFIG_TOOLCHAIN_*, CONFIG_ARCH; SOURCE_DATE_EPOCH
# gives: STEP_PATH, CC_TARGET, LINK_DYNAMIC, LINK_STRIP, TARGET_TRIPLET; env-<mode>, by a recipe's MODE;
#        COMPILERS and WCC_SOURCES (paths whose content counts); find-program, SEARCH_DIRS

# ---- the compiler ----

SEARCH_DIRS := /usr/local/bin /usr/bin /bin
CC_TARGET   := $(or $(call given-path,CONFIG_TOOLCHAIN_CC),gcc)
# Usage: $(call find-program,NAME)
# Its path, or nothing.
find-program = $(if $(findstring /,$1),$1,$(firstword $(wildcard $(addsuffix /$1,$(SEARCH_DIRS)))))
CROSS_PREFIX := $(if $(filter %-gcc,$(notdir $(CC_TARGET))),$(patsubst %gcc,%,$(notdir $(CC_TARGET))))

ifeq ($(call find-program,$(CC_TARGET)),)
$(error the C compiler $(CC_TARGET) is not to be found in $(SEARCH_DIRS): scripts/bootstrap installs gcc; \
	another one is chosen in menu Toolchain)
endif
COMPILERS   := $(foreach p,$(CC_TARGET) $(CROSS_PREFIX)as $(CROSS_PREFIX)ld,$(call find-program,$p))
WCC_SOURCES := support/tools/wcc

# Which compiler this is, by content, so that another one is noticed wherever it came from.
define compiler-lines

$(call lines,$(foreach p,$(COMPILERS),$(hash) $(notdir $p) $(DIGEST_$p)$(newline)))$(hash) wcc $(DIGEST_$(WCC_SOURCES))
endef

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
TARGET_TRIPLET := $(CONFIG_ARCH)-linux-musl
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
target-bins = export AR=$(CROSS_PREFIX)ar NM=$(CROSS_PREFIX)nm RANLIB=$(CROSS_PREFIX)ranlib STRIP=$(CROSS_PREFIX)strip

# Usage: $(call env-<mode>,PACKAGE)
# What stands at the top of its scripts. bare is as target, without a C library to depend on: the C library's own.
define env-target
$(env-common)$(compiler-lines)
$(wcc-places)
export CC=wcc HOSTCC=gcc WCC_MODE=target WCC_LINK=$(if $(LINK_DYNAMIC),dynamic,static) WCC_NAME=$1 WCC_GCC=$(CC_TARGET)
$(target-bins)
export CFLAGS=$(call squote,$(TARGET_CFLAGS)) LDFLAGS=
export PKG_CONFIG_LIBDIR="$$SYSROOT/usr/lib/pkgconfig:$$SYSROOT/usr/share/pkgconfig" PKG_CONFIG_SYSROOT_DIR="$$SYSROOT" PKG_CONFIG_PATH=
endef

env-bare = $(call env-target,$1)

define env-kernel
$(env-common)$(compiler-lines)
$(wcc-places)
export CC=wcc HOSTCC=gcc WCC_MODE=kernel WCC_NAME=$1 WCC_GCC=$(CC_TARGET)
export WCC_PROBES="$$BUILD/.probes" WCC_COMPILER=$(subst $(space),.,$(foreach p,$(COMPILERS),$(DIGEST_$p)))
$(target-bins)
endef

define env-host
$(env-common)$(compiler-lines)
export CC=gcc AR=ar NM=nm RANLIB=ranlib STRIP=strip CFLAGS=-O2 LDFLAGS= PKG_CONFIG_LIBDIR="$$HOST/usr/lib/pkgconfig"
endef

env-none = $(env-common)
