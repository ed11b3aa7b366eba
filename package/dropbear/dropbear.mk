# SPDX-License-Identifier: GPL-2.0-or-later
DROPBEAR_VERSION := 2025.89
DROPBEAR_SITE    := https://matt.ucc.asn.au/dropbear/releases
DROPBEAR_SOURCE  := dropbear-$(DROPBEAR_VERSION).tar.bz2
DROPBEAR_POOL    := d/dropbear/dropbear_$(DROPBEAR_VERSION).orig.tar.bz2
DROPBEAR_LICENSE       := MIT AND BSD-2-Clause AND LicenseRef-public-domain
DROPBEAR_LICENSE_FILES := LICENSE libtomcrypt/LICENSE libtommath/LICENSE
DROPBEAR_CPE      := dropbear_ssh_project:dropbear_ssh
DROPBEAR_HOMEPAGE := https://matt.ucc.asn.au/dropbear/dropbear.html

DROPBEAR_TYPE      := autotools
DROPBEAR_DEPENDS   := $(if $(CONFIG_DROPBEAR_ZLIB),zlib)
# musl keeps no records of logins.
DROPBEAR_CONF_OPTS := --enable-bundled-libtom --$(if $(CONFIG_DROPBEAR_ZLIB),en,dis)able-zlib \
                      $(addprefix --disable-,lastlog utmp utmpx wtmp wtmpx loginfunc pututline pututxline)
DROPBEAR_MAKE_OPTS := MULTI=$(if $(CONFIG_DROPBEAR_MULTI),1,0) PROGRAMS="$(strip $(if $(CONFIG_DROPBEAR_SERVER),dropbear) \
                      $(if $(CONFIG_DROPBEAR_CLIENT),dbclient) $(if $(CONFIG_DROPBEAR_KEY),dropbearkey) $(if $(CONFIG_DROPBEAR_SCP),scp))"
DROPBEAR_TARGET_FILES := usr/*bin
DROPBEAR_START     := $(if $(CONFIG_DROPBEAR_SERVER),S50dropbear)
