# SPDX-License-Identifier: GPL-2.0-or-later
# The root filesystem as an erofs.

IMAGE_EROFS_TYPE    := image
IMAGE_EROFS_DEPENDS := erofs-utils-host
IMAGE_EROFS_IMAGES  := rootfs.erofs
IMAGE_EROFS_BOOT    := kernel ro
IMAGE_EROFS_label    = $(call image-text,CONFIG_IMAGE_EROFS_LABEL,15)

define IMAGE_EROFS_BUILD
mkfs.erofs --quiet -zlz4 -b4096 -U "$$uuid" -L "$(IMAGE_EROFS_label)" -T "$$SOURCE_DATE_EPOCH" --mkfs-time --tar=f rootfs.erofs \
	"$$ROOTFS/rootfs.tar"
endef
