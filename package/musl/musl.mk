# SPDX-License-Identifier: GPL-2.0-or-later
MUSL_VERSION := 1.2.5
MUSL_SITE    := https://musl.libc.org/releases
MUSL_SOURCE  := musl-$(MUSL_VERSION).tar.gz
MUSL_POOL    := m/musl/musl_$(MUSL_VERSION).orig.tar.gz
MUSL_LICENSE       := MIT
MUSL_LICENSE_FILES := COPYRIGHT
MUSL_HOMEPAGE      := https://musl.libc.org
MUSL_CPE           := musl-libc:musl
MUSL_MODE    := bare

# Some linkers make no shared libraries, and no programs of position-independent code.
MUSL_CONF_OPTS = --prefix=/usr --syslibdir=/lib --disable-wrapper$(if $(arch.static), --disable-shared)
define MUSL_CONFIGURE
CFLAGS="$$CFLAGS$(if $(arch.static),, -fPIE)" "$(SRC)/configure" $(MUSL_CONF_OPTS)
endef

define MUSL_BUILD
make
endef

MUSL_loader = $(IMAGE)/sysroot/lib/$(arch.loader)
define MUSL_check
[ -h "$(MUSL_loader)" ] || { echo 'musl: it installed no loader $(arch.loader), which $(CONFIG_ARCH).arch names' >&9; exit 1; }
endef

define MUSL_INSTALL
make DESTDIR="$(IMAGE)/sysroot" install
$(if $(arch.static),,$(call line,$(MUSL_check)))$(if $(CONFIG_TOOLCHAIN_LINK_DYNAMIC),# it is what starts programs and the C library in one
install -D -s --strip-program="$$STRIP" -m 755 "$(IMAGE)/sysroot/usr/lib/libc.so" "$(IMAGE)/target/lib/$(arch.loader)"
)
endef
