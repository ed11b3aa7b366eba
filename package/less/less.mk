# SPDX-License-Identifier: GPL-2.0-or-later
LESS_VERSION  := 590
LESS_SITE     := https://www.greenwoodsoftware.com/less
LESS_SOURCE   := less-$(LESS_VERSION).tar.gz
LESS_POOL     := l/less/less_$(LESS_VERSION).orig.tar.gz
LESS_HOMEPAGE := https://www.greenwoodsoftware.com/less/
LESS_CPE      := gnu:less
LESS_LICENSE       := GPL-3.0-or-later OR BSD-2-Clause
LESS_LICENSE_FILES := COPYING LICENSE

LESS_DEPENDS   := ncurses
LESS_REPLACES  := LESS
LESS_TYPE      := autotools
LESS_CONF_OPTS := --with-regex=posix
LESS_TARGET_FILES := usr/bin/less
