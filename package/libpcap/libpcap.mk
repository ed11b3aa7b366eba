# SPDX-License-Identifier: GPL-2.0-or-later
LIBPCAP_VERSION := 1.10.3
LIBPCAP_SITE    := https://www.tcpdump.org/release
LIBPCAP_SOURCE  := libpcap-$(LIBPCAP_VERSION).tar.gz
LIBPCAP_POOL    := libp/libpcap/libpcap_$(LIBPCAP_VERSION).orig.tar.gz
LIBPCAP_LICENSE       := BSD-3-Clause
LIBPCAP_LICENSE_FILES := LICENSE
LIBPCAP_CPE      := tcpdump:libpcap
LIBPCAP_HOMEPAGE := https://www.tcpdump.org/

LIBPCAP_TYPE      := autotools
LIBPCAP_CONF_OPTS := --with-pcap=linux --without-libnl --disable-bluetooth --disable-dbus --disable-rdma --disable-usb
LIBPCAP_SYSROOT_FILES := usr/include usr/lib
