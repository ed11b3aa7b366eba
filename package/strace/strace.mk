# SPDX-License-Identifier: GPL-2.0-or-later
STRACE_VERSION := 6.1
STRACE_SITE    := https://github.com/strace/strace/releases/download/v$(STRACE_VERSION)
STRACE_SOURCE  := strace-$(STRACE_VERSION).tar.xz
STRACE_POOL    := s/strace/strace_$(STRACE_VERSION).orig.tar.xz
STRACE_LICENSE       := LGPL-2.1-or-later
STRACE_LICENSE_FILES := COPYING LGPL-2.1-or-later

STRACE_TYPE      := autotools
# With the kernel headers that it brings: with those of a newer kernel it does not compile.
STRACE_CONF_OPTS := --enable-bundled --enable-mpers=no --disable-stacktrace --disable-gcc-Werror --without-libselinux
STRACE_TARGET_FILES := usr/bin/strace
