# SPDX-License-Identifier: GPL-2.0-or-later
FIO_VERSION  := 3.41
FIO_SITE     := https://github.com/axboe/fio/archive/fio-$(FIO_VERSION)
FIO_SOURCE   := fio-$(FIO_VERSION).tar.gz
FIO_POOL     := f/fio/fio_$(FIO_VERSION).orig.tar.gz
FIO_HOMEPAGE := https://github.com/axboe/fio
FIO_LICENSE       := GPL-2.0-only
FIO_LICENSE_FILES := COPYING

# Its configure compiles and links to find out; without lex and yacc it is the same on every machine.
define FIO_CONFIGURE
LDFLAGS="$(LINK_STRIP)" "$(SRC)/configure" --prefix=/usr --disable-native --disable-optimizations --disable-lex
endef

define FIO_BUILD
make fio
endef

define FIO_INSTALL
install -D -m 755 fio "$(IMAGE)/target/usr/bin/fio"
endef
