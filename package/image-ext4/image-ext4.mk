# SPDX-License-Identifier: GPL-2.0-or-later
# The root filesystem as an ext4.

IMAGE_EXT4_TYPE    := image
IMAGE_EXT4_DEPENDS := e2fsprogs-host
IMAGE_EXT4_FILES   := ext4.sh
IMAGE_EXT4_IMAGES  := rootfs.ext4
IMAGE_EXT4_BOOT    := kernel rw
IMAGE_EXT4_label    = $(call image-text,CONFIG_IMAGE_EXT4_LABEL,16)

define IMAGE_EXT4_BUILD
export MKE2FS_CONFIG="$(HOST)/etc/mke2fs.conf"
sh "$(FILES)/ext4.sh" rootfs.ext4 "$$uuid" "$(IMAGE_EXT4_label)" $(CONFIG_IMAGE_EXT4_SIZE) $(or $(CONFIG_IMAGE_EXT4_ROOM),0)
endef
