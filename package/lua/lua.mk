# SPDX-License-Identifier: GPL-2.0-or-later
LUA_VERSION  := 5.4.7
LUA_SITE     := https://www.lua.org/ftp
LUA_SOURCE   := lua-$(LUA_VERSION).tar.gz
LUA_POOL     := l/lua5.4/lua5.4_$(LUA_VERSION).orig.tar.gz
LUA_HOMEPAGE := https://www.lua.org/
LUA_CPE      := lua:lua
LUA_LICENSE       := MIT
LUA_LICENSE_FILES := src/lua.h

LUA_DEPENDS   := $(if $(CONFIG_LUA_READLINE),readline)
LUA_TYPE      := make
LUA_CFLAGS     = -DLUA_COMPAT_5_3 $(if $(LINK_DYNAMIC),-DLUA_USE_LINUX,-DLUA_USE_POSIX) $(if $(CONFIG_LUA_READLINE),-DLUA_USE_READLINE)
LUA_LDFLAGS    = $(if $(LINK_DYNAMIC),-Wl$(comma)-E)
LUA_MAKE_OPTS := PLAT=generic AR="$$AR rc" MYLIBS='$(if $(CONFIG_LUA_READLINE),-lreadline -lncursesw)'
LUA_INSTALL_OPTS  := install INSTALL_TOP='$$(DESTDIR)$$(PREFIX)'
LUA_TARGET_FILES  := usr/bin/lua
LUA_SYSROOT_FILES := usr/include usr/lib/liblua.a
