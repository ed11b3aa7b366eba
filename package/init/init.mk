# SPDX-License-Identifier: GPL-2.0-or-later
INIT_VERSION := 1
INIT_LICENSE := GPL-2.0-or-later
INIT_DIR     := $(INIT_PKGDIR)/src

define INIT_BUILD
$$CC -std=c11 -D_GNU_SOURCE $$CFLAGS $$LDFLAGS -s -o init "$(SRC)/init.c"
endef

define INIT_INSTALL
install -D -m 755 init "$(IMAGE)/target/sbin/init"
ln -s sbin/init "$(IMAGE)/target/init"
endef
