# SPDX-License-Identifier: GPL-2.0-or-later
# The words of a recipe: what its variables are called after the package's prefix, and what TYPE and MODE may be. A new
# one stands here, and nowhere else. checkrecipe reads this file, too (--vocabulary).
#
# gives: KNOWN_VARIABLES, KNOWN_STEPS, KNOWN_TYPES, KNOWN_MODES, RESERVED_NAMES

KNOWN_VARIABLES := VERSION VERSIONS SITE SOURCE POOL DL SHA256 GIT_URL GIT_REF GIT_COMMIT DIR DIR_READS SRC_OF SUBDIR \
                   PATCHES UNPACK_ONLY PROGRAMS \
                   LICENSE LICENSE_FILES HOMEPAGE DESCRIPTION CPE PURL \
                   DEPENDS TYPE MODE KEEP_BUILD LOG_LINES LAYER TAKES_ROOTFS \
                   CONF_OPTS CONF_ENV MAKE_OPTS INSTALL_OPTS CFLAGS LDFLAGS \
                   KCONFIG KCONFIG_ALLCONFIG KCONFIG_BASE KCONFIG_FRAGMENTS KCONFIG_FIRST SAVEDEFCONFIG STRICT \
                   IMAGES BOOT USERS PERMISSIONS DEVICES FILES START TARGET_FILES SYSROOT_FILES REPLACES

# Those whose value is shell text.
KNOWN_STEPS := UNPACK POST_UNPACK CONFIGURE BUILD INSTALL OLDCONFIG

# types.mk has the steps of each type, but of generic; env.mk has the environment of each mode.
KNOWN_TYPES := autotools cmake meson make module kbuild image generic
KNOWN_MODES := target bare kernel host none

# Names that no package can have: the engine has directories of these names in $(B), or variables that begin with them.
RESERVED_NAMES := rootfs initramfs depmod images extra crash \
                  arch artifacts board cache config debug fuzz host install kconfig man repro run source target whittle
