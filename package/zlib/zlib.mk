# SPDX-License-Identifier: GPL-2.0-or-later
ZLIB_VERSION  := 1.3.1
ZLIB_SITE     := https://zlib.net/fossils
ZLIB_SOURCE   := zlib-$(ZLIB_VERSION).tar.gz
ZLIB_POOL     := z/zlib/zlib_1.3.dfsg+really1.3.1.orig.tar.gz
ZLIB_LICENSE       := Zlib
ZLIB_LICENSE_FILES := LICENSE
ZLIB_HOMEPAGE := https://zlib.net
ZLIB_CPE      := zlib:zlib

ZLIB_TYPE          := autotools
ZLIB_SYSROOT_FILES := usr/include usr/lib

# Its configure script is one of its own, with few options.
define ZLIB_CONFIGURE
LDFLAGS=$(LINK_STRIP) "$(SRC)/configure" --prefix=/usr $(if $(LINK_DYNAMIC),--shared,--static)
endef

define ZLIB_INSTALL
$(call TYPE_autotools_INSTALL,zlib)
$(if $(CONFIG_ZLIB_MINIGZIP),install -D -m 755 "$(BUILD)/minigzip$(if $(LINK_DYNAMIC),sh)" "$(IMAGE)/target/usr/bin/minigzip")
endef
