# SPDX-License-Identifier: GPL-2.0-or-later
# /sbin/overlay-root, which is started before init.

OVERLAY_ROOT_VERSION := 1
OVERLAY_ROOT_LICENSE := GPL-2.0-or-later
OVERLAY_ROOT_MODE    := none
OVERLAY_ROOT_DIR      = $(OVERLAY_ROOT_PKGDIR)/src

define OVERLAY_ROOT_INSTALL
install -D -m 755 "$(SRC)/overlay-root" "$(IMAGE)/target/sbin/overlay-root"
endef
