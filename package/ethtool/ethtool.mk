# SPDX-License-Identifier: GPL-2.0-or-later
ETHTOOL_VERSION := 6.1
ETHTOOL_SITE    := https://cdn.kernel.org/pub/software/network/ethtool
ETHTOOL_SOURCE  := ethtool-$(ETHTOOL_VERSION).tar.xz
ETHTOOL_POOL    := e/ethtool/ethtool_$(ETHTOOL_VERSION).orig.tar.xz
ETHTOOL_LICENSE       := GPL-2.0-only
ETHTOOL_LICENSE_FILES := COPYING LICENSE
ETHTOOL_HOMEPAGE := https://www.kernel.org/pub/software/network/ethtool/

ETHTOOL_TYPE      := autotools
# musl tells of u_int32_t only who asks for more than POSIX.
ETHTOOL_CFLAGS    := -D_GNU_SOURCE
ETHTOOL_CONF_OPTS := --disable-netlink
ETHTOOL_TARGET_FILES := usr/sbin/ethtool
