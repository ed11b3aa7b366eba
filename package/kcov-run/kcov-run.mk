# SPDX-License-Identifier: GPL-2.0-or-later
KCOV_RUN_VERSION := 1
KCOV_RUN_LICENSE := GPL-2.0-or-later
KCOV_RUN_DIR     := $(KCOV_RUN_PKGDIR)/src

define KCOV_RUN_BUILD
$$CC -std=c11 -D_GNU_SOURCE $$CFLAGS $$LDFLAGS -s -o kcov-run "$(SRC)/kcov-run.c"
endef

define KCOV_RUN_INSTALL
install -D -m 755 kcov-run "$(IMAGE)/target/usr/bin/kcov-run"
endef
