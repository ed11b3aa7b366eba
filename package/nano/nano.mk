# SPDX-License-Identifier: GPL-2.0-or-later
NANO_VERSION  := 7.2
NANO_SITE     := https://www.nano-editor.org/dist/v7
NANO_SOURCE   := nano-$(NANO_VERSION).tar.xz
NANO_POOL     := n/nano/nano_$(NANO_VERSION).orig.tar.xz
NANO_HOMEPAGE := https://www.nano-editor.org/
NANO_CPE      := gnu:nano
NANO_LICENSE       := GPL-3.0-or-later
NANO_LICENSE_FILES := COPYING

NANO_DEPENDS   := ncurses
NANO_TYPE      := autotools
NANO_CONF_OPTS := --enable-utf8 --disable-nls --disable-libmagic --disable-speller --disable-linter --disable-formatter --disable-extra \
	$(if $(CONFIG_NANO_COMPLETE),,--enable-tiny) $(if $(CONFIG_NANO_HELP),--enable-help,--disable-help) \
	$(if $(CONFIG_NANO_COLOR),--enable-color --enable-nanorc,--disable-color)
NANO_TARGET_FILES := usr/bin/nano $(if $(CONFIG_NANO_COLOR),usr/share/nano/*.nanorc)

define NANO_INSTALL
$(call TYPE_autotools_INSTALL,nano)$(if $(CONFIG_NANO_COLOR),
mkdir "$(IMAGE)/target/etc"
echo 'include "/usr/share/nano/*.nanorc"' >"$(IMAGE)/target/etc/nanorc")
endef
