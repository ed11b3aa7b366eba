# SPDX-License-Identifier: GPL-2.0-or-later
TCPDUMP_VERSION := 4.99.3
TCPDUMP_SITE    := https://www.tcpdump.org/release
TCPDUMP_SOURCE  := tcpdump-$(TCPDUMP_VERSION).tar.gz
TCPDUMP_POOL    := t/tcpdump/tcpdump_$(TCPDUMP_VERSION).orig.tar.gz
TCPDUMP_LICENSE       := BSD-3-Clause
TCPDUMP_LICENSE_FILES := LICENSE
TCPDUMP_CPE      := tcpdump:tcpdump
TCPDUMP_HOMEPAGE := https://www.tcpdump.org/

TCPDUMP_TYPE      := autotools
TCPDUMP_DEPENDS   := libpcap
TCPDUMP_CONF_OPTS := --disable-local-libpcap --without-crypto --without-cap-ng --disable-smb
TCPDUMP_TARGET_FILES := usr/bin/tcpdump
