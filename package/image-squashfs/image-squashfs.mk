# SPDX-License-Identifier: GPL-2.0-or-later
# The root filesystem as a squashfs.

IMAGE_SQUASHFS_TYPE    := image
IMAGE_SQUASHFS_DEPENDS := squashfs-tools-host
IMAGE_SQUASHFS_IMAGES  := rootfs.squashfs
IMAGE_SQUASHFS_BOOT    := kernel ro
IMAGE_SQUASHFS_compressor := \
	$(CONFIG_IMAGE_SQUASHFS_ZSTD:y=zstd)$(CONFIG_IMAGE_SQUASHFS_XZ:y=xz)$(CONFIG_IMAGE_SQUASHFS_GZIP:y=gzip)

# sqfstar takes the time of the file system from SOURCE_DATE_EPOCH, and nothing of the root directory from the archive.
define IMAGE_SQUASHFS_BUILD
rm -f rootfs.squashfs
read -r _ _ mode uid gid _ <"$$ROOTFS/rootfs.manifest"
sqfstar -quiet -no-progress -reproducible -root-mode "$$mode" -root-uid "$$uid" -root-gid "$$gid" \
	-root-time "$$SOURCE_DATE_EPOCH" -comp $(IMAGE_SQUASHFS_compressor) rootfs.squashfs <"$$ROOTFS/rootfs.tar"
endef
