# SPDX-License-Identifier: GPL-2.0-or-later
KUNIT_RUN_VERSION := 1
KUNIT_RUN_LICENSE := GPL-2.0-or-later
KUNIT_RUN_DIR     := $(KUNIT_RUN_PKGDIR)/src
KUNIT_RUN_MODE    := none

define KUNIT_RUN_INSTALL
install -D -m 755 "$(SRC)/kunit-run" "$(IMAGE)/target/usr/bin/kunit-run"
endef
