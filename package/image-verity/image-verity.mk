# SPDX-License-Identifier: GPL-2.0-or-later
# A read-only root filesystem, and behind it the checksums of its blocks for dm-verity. The salt and the UUID follow from the
# content, as all else does.

IMAGE_VERITY_TYPE     := image
IMAGE_VERITY_below    := $(CONFIG_IMAGE_VERITY_EROFS:y=erofs)$(CONFIG_IMAGE_VERITY_SQUASHFS:y=squashfs)
IMAGE_VERITY_DEPENDS  := image-$(IMAGE_VERITY_below)
IMAGE_VERITY_PROGRAMS := $(firstword $(wildcard /usr/sbin/veritysetup /sbin/veritysetup) veritysetup)
IMAGE_VERITY_IMAGES   := rootfs.verity rootfs.verity.cmdline
IMAGE_VERITY_BOOT     := kernel ro

# The table of the device that the kernel makes (Documentation/admin-guide/device-mapper/dm-init.rst, verity.rst).
define IMAGE_VERITY_BUILD
cp $(call image-dir,image-$(IMAGE_VERITY_below))/rootfs.$(IMAGE_VERITY_below) rootfs.verity
truncate -s %4096 rootfs.verity
blocks=$$(($$(stat -c %s rootfs.verity) / 4096))
salt=$$(echo "$$uuid" | sha256sum | cut -c 1-64)
veritysetup format --uuid="$$uuid" --salt="$$salt" --data-blocks="$$blocks" --hash-offset=$$((blocks * 4096)) \
	rootfs.verity rootfs.verity >verity.log
root=$$(sed -n 's/^Root hash:[ 	]*//p' verity.log)
table="rootfs,,,ro,0 $$((blocks * 8)) verity 1 /dev/vda /dev/vda 4096 4096 $$blocks $$((blocks + 1)) sha256 $$root $$salt"
echo "dm-mod.create=\"$$table\" root=/dev/dm-0" >rootfs.verity.cmdline
endef
