# SPDX-License-Identifier: GPL-2.0-or-later
# /etc/init.d/S10keep, which mounts the partition that keeps a directory.

KEEP_PARTITION_VERSION := 1
KEEP_PARTITION_LICENSE := GPL-2.0-or-later
KEEP_PARTITION_MODE    := none
KEEP_PARTITION_DIR      = $(KEEP_PARTITION_PKGDIR)/src
KEEP_PARTITION_kept     = $(call KEEP_PARTITION_fit,$(call path,CONFIG_KEEP_PARTITION_DIR,$(CONFIG_KEEP_PARTITION_DIR)))
# Usage: $(call KEEP_PARTITION_fit,PATH)
KEEP_PARTITION_fit      = $(if $(filter-out / $(KEEP_PARTITION_mounts),$(filter /%,$1)),$1,$(KEEP_PARTITION_bad))
# What other file systems are mounted on.
KEEP_PARTITION_mounts  := $(foreach d,/dev /proc /run /sys /tmp /mnt,$d $d/%)
KEEP_PARTITION_bad      = $(error CONFIG_KEEP_PARTITION_DIR="$(CONFIG_KEEP_PARTITION_DIR)" cannot be kept: an absolute \
                          path such as /var is expected, in menu Images)

define KEEP_PARTITION_INSTALL
mkdir -p "$(IMAGE)/target$(KEEP_PARTITION_kept)" "$(IMAGE)/target/etc/init.d"
sed 's|@KEPT@|$(KEEP_PARTITION_kept)|' "$(SRC)/S10keep.in" >"$(IMAGE)/target/etc/init.d/S10keep"
chmod 755 "$(IMAGE)/target/etc/init.d/S10keep"
endef
