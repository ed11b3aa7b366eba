# SPDX-License-Identifier: GPL-2.0-or-later
TMUX_VERSION  := 3.5a
TMUX_SITE     := https://github.com/tmux/tmux/releases/download/$(TMUX_VERSION)
TMUX_SOURCE   := tmux-$(TMUX_VERSION).tar.gz
TMUX_POOL     := t/tmux/tmux_$(TMUX_VERSION).orig.tar.gz
TMUX_HOMEPAGE := https://github.com/tmux/tmux
TMUX_CPE      := tmux_project:tmux
TMUX_LICENSE       := ISC
TMUX_LICENSE_FILES := COPYING

TMUX_DEPENDS   := libevent ncurses
TMUX_TYPE      := autotools
TMUX_CONF_OPTS := --with-TERM=tmux-256color --disable-utf8proc --disable-jemalloc --disable-systemd --disable-utempter
TMUX_INSTALL_OPTS := install-binPROGRAMS
TMUX_TARGET_FILES := usr/bin/tmux
