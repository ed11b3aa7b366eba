# SPDX-License-Identifier: GPL-2.0-or-later
XZ_VERSION  := 5.8.1
XZ_SITE     := https://github.com/tukaani-project/xz/releases/download/v$(XZ_VERSION)
XZ_SOURCE   := xz-$(XZ_VERSION).tar.xz
XZ_POOL     := x/xz-utils/xz-utils_$(XZ_VERSION).orig.tar.xz
XZ_LICENSE       := 0BSD
XZ_LICENSE_FILES := COPYING COPYING.0BSD
XZ_HOMEPAGE := https://tukaani.org/xz/
XZ_CPE      := tukaani:xz

XZ_TYPE      := autotools
XZ_CONF_OPTS := --disable-xzdec --disable-lzmadec --disable-lzmainfo --disable-scripts --disable-doc --disable-nls --disable-rpath \
                $(if $(CONFIG_XZ_TOOLS),,--disable-xz)
XZ_TARGET_FILES  := $(if $(CONFIG_XZ_TOOLS),usr/bin)
XZ_SYSROOT_FILES := usr/include usr/lib
XZ_REPLACES      := $(if $(CONFIG_XZ_TOOLS),XZ UNXZ XZCAT LZMA UNLZMA LZCAT)
