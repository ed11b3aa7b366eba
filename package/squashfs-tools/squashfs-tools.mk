# SPDX-License-Identifier: GPL-2.0-or-later
SQUASHFS_TOOLS_VERSION  := 4.6.1
SQUASHFS_TOOLS_SITE     := https://github.com/plougher/squashfs-tools/archive/$(SQUASHFS_TOOLS_VERSION)
SQUASHFS_TOOLS_SOURCE   := squashfs-tools-$(SQUASHFS_TOOLS_VERSION).tar.gz
SQUASHFS_TOOLS_POOL     := s/squashfs-tools/squashfs-tools_$(SQUASHFS_TOOLS_VERSION).orig.tar.gz
SQUASHFS_TOOLS_HOMEPAGE := https://github.com/plougher/squashfs-tools
SQUASHFS_TOOLS_LICENSE       := GPL-2.0-or-later
SQUASHFS_TOOLS_LICENSE_FILES := COPYING
SQUASHFS_TOOLS_DEPENDS := zlib $(if $(CONFIG_SQUASHFS_TOOLS_XZ),xz) $(if $(CONFIG_SQUASHFS_TOOLS_LZ4),lz4)
SQUASHFS_TOOLS_TYPE    := make
SQUASHFS_TOOLS_SUBDIR  := squashfs-tools

# Its makefile adds to CFLAGS, which on the command line would be the last word.
define SQUASHFS_TOOLS_BUILD
make CC="$$CC" LDFLAGS="$(LINK_STRIP)" XZ_SUPPORT=$(if $(CONFIG_SQUASHFS_TOOLS_XZ),1,0) LZ4_SUPPORT=$(if $(CONFIG_SQUASHFS_TOOLS_LZ4),1,0)
endef

define SQUASHFS_TOOLS_INSTALL
install -D -t "$(IMAGE)/target/usr/bin" mksquashfs unsquashfs
ln -s mksquashfs "$(IMAGE)/target/usr/bin/sqfstar"
ln -s unsquashfs "$(IMAGE)/target/usr/bin/sqfscat"
endef
