# SPDX-License-Identifier: GPL-2.0-or-later
# The root filesystem as a tar archive.

IMAGE_TAR_TYPE    := image
IMAGE_TAR_IMAGES  := rootfs.tar

define IMAGE_TAR_BUILD
ln -sf "$$ROOTFS/rootfs.tar" rootfs.tar
endef
