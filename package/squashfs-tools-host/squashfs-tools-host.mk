# SPDX-License-Identifier: GPL-2.0-or-later
# squashfs-tools for this machine: sqfstar makes images of the root filesystem. Older versions have no sqfstar.

SQUASHFS_TOOLS_HOST_VERSION  := 4.6.1
SQUASHFS_TOOLS_HOST_SITE     := https://github.com/plougher/squashfs-tools/archive/$(SQUASHFS_TOOLS_HOST_VERSION)
SQUASHFS_TOOLS_HOST_SOURCE   := squashfs-tools-$(SQUASHFS_TOOLS_HOST_VERSION).tar.gz
SQUASHFS_TOOLS_HOST_POOL     := s/squashfs-tools/squashfs-tools_$(SQUASHFS_TOOLS_HOST_VERSION).orig.tar.gz
SQUASHFS_TOOLS_HOST_DL       := squashfs-tools
SQUASHFS_TOOLS_HOST_HOMEPAGE := https://github.com/plougher/squashfs-tools
SQUASHFS_TOOLS_HOST_LICENSE       := GPL-2.0-or-later
SQUASHFS_TOOLS_HOST_LICENSE_FILES := COPYING
SQUASHFS_TOOLS_HOST_TYPE     := make
SQUASHFS_TOOLS_HOST_MODE     := host
SQUASHFS_TOOLS_HOST_SUBDIR   := squashfs-tools

# Its makefile adds to CFLAGS, which on the command line would be the last word.
define SQUASHFS_TOOLS_HOST_BUILD
make XZ_SUPPORT=1 ZSTD_SUPPORT=1
endef

define SQUASHFS_TOOLS_HOST_INSTALL
install -D -t "$(IMAGE)/host/usr/bin" mksquashfs unsquashfs
ln -s mksquashfs "$(IMAGE)/host/usr/bin/sqfstar"
ln -s unsquashfs "$(IMAGE)/host/usr/bin/sqfscat"
endef
