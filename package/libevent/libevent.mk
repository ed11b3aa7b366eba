# SPDX-License-Identifier: GPL-2.0-or-later
LIBEVENT_VERSION  := 2.1.12
LIBEVENT_SITE     := https://github.com/libevent/libevent/releases/download/release-$(LIBEVENT_VERSION)-stable
LIBEVENT_SOURCE   := libevent-$(LIBEVENT_VERSION)-stable.tar.gz
LIBEVENT_POOL     := libe/libevent/libevent_$(LIBEVENT_VERSION)-stable.orig.tar.gz
LIBEVENT_HOMEPAGE := https://libevent.org/
LIBEVENT_CPE      := libevent_project:libevent
LIBEVENT_LICENSE       := BSD-3-Clause
LIBEVENT_LICENSE_FILES := LICENSE

LIBEVENT_TYPE      := autotools
LIBEVENT_CONF_OPTS := --disable-openssl --disable-samples --disable-libevent-regress --disable-debug-mode
LIBEVENT_libs      := core $(if $(CONFIG_LIBEVENT_EXTRA),extra pthreads)
LIBEVENT_MAKE_OPTS := lib_LTLIBRARIES='$(LIBEVENT_libs:%=libevent_%.la)'
LIBEVENT_SYSROOT_FILES := usr/include $(foreach l,$(LIBEVENT_libs),usr/lib/libevent_$l* usr/lib/pkgconfig/libevent_$l.pc)
