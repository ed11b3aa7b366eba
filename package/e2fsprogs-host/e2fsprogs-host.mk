# SPDX-License-Identifier: GPL-2.0-or-later
# e2fsprogs for this machine: its mke2fs takes files from a tar archive, as older ones do not.

E2FSPROGS_HOST_VERSION  := 1.47.2
E2FSPROGS_HOST_SITE     := https://downloads.sourceforge.net/project/e2fsprogs/e2fsprogs/v$(E2FSPROGS_HOST_VERSION)
E2FSPROGS_HOST_SOURCE   := e2fsprogs-$(E2FSPROGS_HOST_VERSION).tar.gz
E2FSPROGS_HOST_POOL     := e/e2fsprogs/e2fsprogs_$(E2FSPROGS_HOST_VERSION).orig.tar.gz
E2FSPROGS_HOST_DL       := e2fsprogs
E2FSPROGS_HOST_HOMEPAGE := https://e2fsprogs.sourceforge.net
E2FSPROGS_HOST_CPE      := e2fsprogs_project:e2fsprogs
E2FSPROGS_HOST_LICENSE       := GPL-2.0-only AND LGPL-2.0-only AND BSD-3-Clause AND MIT
E2FSPROGS_HOST_LICENSE_FILES := NOTICE
E2FSPROGS_HOST_TYPE     := autotools
E2FSPROGS_HOST_MODE     := host
E2FSPROGS_HOST_FILES    := mke2fs.conf

E2FSPROGS_HOST_CONF_OPTS := --sbindir=/usr/bin --with-libarchive=direct --enable-libuuid --enable-libblkid --disable-nls \
	--disable-rpath --disable-fuse2fs --disable-uuidd --disable-imager --disable-defrag --disable-backtrace --disable-tdb \
	--without-udev-rules-dir --without-crond-dir --without-systemd-unit-dir

# Just what makes, checks and reads images.
define E2FSPROGS_HOST_BUILD
make libs
make -C misc mke2fs dumpe2fs
make -C e2fsck e2fsck
make -C debugfs debugfs
endef

define E2FSPROGS_HOST_INSTALL
install -D -t "$(IMAGE)/host/usr/bin" misc/mke2fs misc/dumpe2fs e2fsck/e2fsck debugfs/debugfs
install -D -m 644 "$(FILES)/mke2fs.conf" "$(IMAGE)/host/etc/mke2fs.conf"
endef
