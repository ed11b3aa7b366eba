# SPDX-License-Identifier: GPL-2.0-or-later
UTIL_LINUX_VERSION  := 2.41.5
UTIL_LINUX_SITE     := https://cdn.kernel.org/pub/linux/utils/util-linux/v2.41
UTIL_LINUX_SOURCE   := util-linux-$(UTIL_LINUX_VERSION).tar.xz
UTIL_LINUX_POOL     := u/util-linux/util-linux_$(UTIL_LINUX_VERSION).orig.tar.xz
UTIL_LINUX_HOMEPAGE := https://github.com/util-linux/util-linux
UTIL_LINUX_CPE      := kernel:util-linux
UTIL_LINUX_LICENSE       := GPL-2.0-or-later AND GPL-2.0-only AND LGPL-2.1-or-later AND BSD-2-Clause AND \
	BSD-3-Clause AND BSD-4-Clause-UC AND MIT
UTIL_LINUX_LICENSE_FILES := README.licensing COPYING $(addprefix Documentation/licenses/COPYING.,GPL-2.0-only LGPL-2.1-or-later \
	BSD-2-Clause BSD-3-Clause BSD-4-Clause-UC MIT)

UTIL_LINUX_TYPE      := autotools
UTIL_LINUX_CONF_OPTS  = --libdir=/usr/lib --disable-nls --disable-rpath --disable-asciidoc --disable-poman \
	--disable-bash-completion --disable-liblastlog2 --disable-pylibmount --without-python --without-systemd \
	--without-udev --without-ncurses --without-ncursesw --without-tinfo --disable-makeinstall-chown \
	--disable-makeinstall-setuid $(if $(LINK_DYNAMIC),--with-sysroot="$$SYSROOT")

# A program is there if its option is y.
UTIL_LINUX_TARGET_FILES := $(strip \
	$(CONFIG_UTIL_LINUX_BLKDISCARD:y=sbin/blkdiscard) \
	$(CONFIG_UTIL_LINUX_BLKID:y=sbin/blkid) \
	$(CONFIG_UTIL_LINUX_BLKZONE:y=sbin/blkzone) \
	$(CONFIG_UTIL_LINUX_CHRT:y=usr/bin/chrt) \
	$(CONFIG_UTIL_LINUX_CHOOM:y=usr/bin/choom) \
	$(CONFIG_UTIL_LINUX_CORESCHED:y=usr/bin/coresched) \
	$(CONFIG_UTIL_LINUX_DMESG:y=bin/dmesg) \
	$(CONFIG_UTIL_LINUX_FALLOCATE:y=usr/bin/fallocate) \
	$(CONFIG_UTIL_LINUX_FDISK:y=sbin/fdisk) \
	$(CONFIG_UTIL_LINUX_FINCORE:y=usr/bin/fincore) \
	$(CONFIG_UTIL_LINUX_FINDMNT:y=bin/findmnt) \
	$(CONFIG_UTIL_LINUX_FLOCK:y=usr/bin/flock) \
	$(CONFIG_UTIL_LINUX_FSTRIM:y=sbin/fstrim) \
	$(CONFIG_UTIL_LINUX_IONICE:y=usr/bin/ionice) \
	$(CONFIG_UTIL_LINUX_LOSETUP:y=sbin/losetup) \
	$(CONFIG_UTIL_LINUX_LSBLK:y=bin/lsblk) \
	$(CONFIG_UTIL_LINUX_LSCPU:y=usr/bin/lscpu) \
	$(CONFIG_UTIL_LINUX_LSFD:y=bin/lsfd) \
	$(CONFIG_UTIL_LINUX_LSIPC:y=usr/bin/lsipc) \
	$(CONFIG_UTIL_LINUX_LSIRQ:y=usr/bin/lsirq) \
	$(CONFIG_UTIL_LINUX_LSLOCKS:y=usr/bin/lslocks) \
	$(CONFIG_UTIL_LINUX_LSMEM:y=usr/bin/lsmem) \
	$(CONFIG_UTIL_LINUX_LSNS:y=usr/bin/lsns) \
	$(CONFIG_UTIL_LINUX_MOUNT:y=bin/mount bin/umount) \
	$(CONFIG_UTIL_LINUX_NSENTER:y=usr/bin/nsenter) \
	$(CONFIG_UTIL_LINUX_PARTX:y=usr/sbin/partx) \
	$(CONFIG_UTIL_LINUX_PRLIMIT:y=usr/bin/prlimit) \
	$(CONFIG_UTIL_LINUX_SCRIPT:y=usr/bin/script usr/bin/scriptreplay) \
	$(CONFIG_UTIL_LINUX_SFDISK:y=sbin/sfdisk) \
	$(CONFIG_UTIL_LINUX_SWAPON:y=sbin/swapon sbin/swapoff) \
	$(CONFIG_UTIL_LINUX_TASKSET:y=usr/bin/taskset) \
	$(CONFIG_UTIL_LINUX_UCLAMPSET:y=usr/bin/uclampset) \
	$(CONFIG_UTIL_LINUX_UNSHARE:y=usr/bin/unshare) \
	$(CONFIG_UTIL_LINUX_UUIDGEN:y=usr/bin/uuidgen) \
	$(CONFIG_UTIL_LINUX_WIPEFS:y=sbin/wipefs) \
	$(CONFIG_UTIL_LINUX_ZRAMCTL:y=sbin/zramctl))
# Libraries by the name of header and pkg-config file; each after those that it is linked with: libtool links them once
# more as they are installed.
UTIL_LINUX_libs := $(strip \
	$(CONFIG_UTIL_LINUX_LIBUUID:y=uuid) \
	$(CONFIG_UTIL_LINUX_LIBBLKID:y=blkid) \
	$(CONFIG_UTIL_LINUX_LIBMOUNT:y=mount) \
	$(CONFIG_UTIL_LINUX_LIBSMARTCOLS:y=smartcols) \
	$(CONFIG_UTIL_LINUX_LIBFDISK:y=fdisk))
UTIL_LINUX_headers := $(foreach l,$(UTIL_LINUX_libs),$(if $(filter uuid blkid,$l),,lib)$l)
UTIL_LINUX_SYSROOT_FILES := $(foreach l,$(UTIL_LINUX_libs),usr/lib/lib$l.* usr/lib/pkgconfig/$l.pc \
	usr/include/$(filter $l lib$l,$(UTIL_LINUX_headers)))
# Configured once as a whole, then no more is made of it than was chosen.
# $(call UTIL_LINUX_programs,DIRECTORY): the names of those there
UTIL_LINUX_programs = $(notdir $(filter $1/%,$(UTIL_LINUX_TARGET_FILES)))
UTIL_LINUX_MAKE_OPTS := bin_PROGRAMS="$(call UTIL_LINUX_programs,bin)" sbin_PROGRAMS="$(call UTIL_LINUX_programs,sbin)" \
	usrbin_exec_PROGRAMS="$(call UTIL_LINUX_programs,usr/bin)" usrsbin_exec_PROGRAMS="$(call UTIL_LINUX_programs,usr/sbin)" \
	usrlib_exec_LTLIBRARIES="$(UTIL_LINUX_libs:%=lib%.la)"

UTIL_LINUX_REPLACES := $(strip \
	$(CONFIG_UTIL_LINUX_BLKDISCARD:y=BLKDISCARD) \
	$(CONFIG_UTIL_LINUX_BLKID:y=BLKID) \
	$(CONFIG_UTIL_LINUX_CHRT:y=CHRT) \
	$(CONFIG_UTIL_LINUX_DMESG:y=DMESG) \
	$(CONFIG_UTIL_LINUX_FALLOCATE:y=FALLOCATE) \
	$(CONFIG_UTIL_LINUX_FDISK:y=FDISK) \
	$(CONFIG_UTIL_LINUX_FLOCK:y=FLOCK) \
	$(CONFIG_UTIL_LINUX_FSTRIM:y=FSTRIM) \
	$(CONFIG_UTIL_LINUX_IONICE:y=IONICE) \
	$(CONFIG_UTIL_LINUX_LOSETUP:y=LOSETUP) \
	$(CONFIG_UTIL_LINUX_MOUNT:y=MOUNT UMOUNT) \
	$(CONFIG_UTIL_LINUX_NSENTER:y=NSENTER) \
	$(CONFIG_UTIL_LINUX_SCRIPT:y=SCRIPT SCRIPTREPLAY) \
	$(CONFIG_UTIL_LINUX_SWAPON:y=SWAPON SWAPOFF) \
	$(CONFIG_UTIL_LINUX_TASKSET:y=TASKSET) \
	$(CONFIG_UTIL_LINUX_UNSHARE:y=UNSHARE))
