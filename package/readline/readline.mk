# SPDX-License-Identifier: GPL-2.0-or-later
READLINE_VERSION  := 8.2
READLINE_SITE     := https://ftp.gnu.org/gnu/readline
READLINE_SOURCE   := readline-$(READLINE_VERSION).tar.gz
READLINE_POOL     := r/readline/readline_$(READLINE_VERSION).orig.tar.gz
READLINE_HOMEPAGE := https://tiswww.cwru.edu/php/chet/readline/rltop.html
READLINE_CPE      := gnu:readline
READLINE_LICENSE       := GPL-3.0-or-later
READLINE_LICENSE_FILES := COPYING

READLINE_DEPENDS   := ncurses
READLINE_TYPE      := autotools
READLINE_CONF_OPTS := --with-curses --with-shared-termcap-library --disable-install-examples
READLINE_SYSROOT_FILES := usr/include usr/lib
