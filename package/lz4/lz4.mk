# SPDX-License-Identifier: GPL-2.0-or-later
LZ4_VERSION  := 1.10.0
LZ4_SITE     := https://github.com/lz4/lz4/releases/download/v$(LZ4_VERSION)
LZ4_SOURCE   := lz4-$(LZ4_VERSION).tar.gz
LZ4_POOL     := l/lz4/lz4_$(LZ4_VERSION).orig.tar.gz
LZ4_LICENSE       := BSD-2-Clause$(if $(CONFIG_LZ4_TOOLS), AND GPL-2.0-or-later)
LZ4_LICENSE_FILES := lib/LICENSE $(if $(CONFIG_LZ4_TOOLS),programs/COPYING)
LZ4_HOMEPAGE := https://lz4.org
LZ4_CPE      := lz4_project:lz4

LZ4_TYPE      := make
LZ4_MAKE_OPTS  = $(if $(CONFIG_LZ4_TOOLS),,-C lib) $(if $(LINK_DYNAMIC),BUILD_STATIC=no,BUILD_SHARED=no)
LZ4_TARGET_FILES  := $(if $(CONFIG_LZ4_TOOLS),usr/bin)
LZ4_SYSROOT_FILES := usr/include usr/lib
