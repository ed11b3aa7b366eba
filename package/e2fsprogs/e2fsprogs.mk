# SPDX-License-Identifier: GPL-2.0-or-later
E2FSPROGS_VERSION  := 1.47.2
E2FSPROGS_SITE     := https://downloads.sourceforge.net/project/e2fsprogs/e2fsprogs/v$(E2FSPROGS_VERSION)
E2FSPROGS_SOURCE   := e2fsprogs-$(E2FSPROGS_VERSION).tar.gz
E2FSPROGS_POOL     := e/e2fsprogs/e2fsprogs_$(E2FSPROGS_VERSION).orig.tar.gz
E2FSPROGS_HOMEPAGE := https://e2fsprogs.sourceforge.net
E2FSPROGS_CPE      := e2fsprogs_project:e2fsprogs
E2FSPROGS_LICENSE       := GPL-2.0-only AND LGPL-2.0-only AND BSD-3-Clause AND MIT
E2FSPROGS_LICENSE_FILES := NOTICE
E2FSPROGS_TYPE     := autotools

# Its libraries stay within its programs: they are no affair of util-linux's libraries of the same names.
# musl has lseek64 as a macro. configure does not see it, and what is compiled without it for 32 bits is an error.
E2FSPROGS_CONF_ENV  := BUILD_CC=gcc ac_cv_func_lseek64=yes
E2FSPROGS_CONF_OPTS := --sbindir=/sbin --with-root-prefix= --enable-symlink-install --enable-relative-symlinks \
	--enable-libuuid --enable-libblkid --disable-nls --disable-rpath --disable-fuse2fs --disable-uuidd \
	--without-libarchive --without-udev-rules-dir --without-crond-dir --without-systemd-unit-dir \
	$(if $(CONFIG_E2FSPROGS_DEBUGFS),,--disable-debugfs) $(if $(CONFIG_E2FSPROGS_RESIZE2FS),,--disable-resizer) \
	--disable-imager --disable-defrag
E2FSPROGS_INSTALL_OPTS := install-progs-recursive

E2FSPROGS_TARGET_FILES := etc/mke2fs.conf \
	$(if $(CONFIG_E2FSPROGS_MKE2FS),sbin/mke2fs sbin/mkfs.ext2 sbin/mkfs.ext3 sbin/mkfs.ext4) \
	$(if $(CONFIG_E2FSPROGS_E2FSCK),sbin/e2fsck sbin/fsck.ext2 sbin/fsck.ext3 sbin/fsck.ext4) \
	$(if $(CONFIG_E2FSPROGS_TUNE2FS),sbin/tune2fs sbin/e2label) \
	$(if $(CONFIG_E2FSPROGS_RESIZE2FS),sbin/resize2fs) \
	$(if $(CONFIG_E2FSPROGS_DUMPE2FS),sbin/dumpe2fs) \
	$(if $(CONFIG_E2FSPROGS_DEBUGFS),sbin/debugfs) \
	$(if $(CONFIG_E2FSPROGS_CHATTR),usr/bin/chattr usr/bin/lsattr)
E2FSPROGS_REPLACES := $(if $(CONFIG_E2FSPROGS_MKE2FS),MKE2FS MKFS_EXT2) $(if $(CONFIG_E2FSPROGS_TUNE2FS),TUNE2FS) \
	$(if $(CONFIG_E2FSPROGS_CHATTR),CHATTR LSATTR)
