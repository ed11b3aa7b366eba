# SPDX-License-Identifier: GPL-2.0-or-later
UTIL_LINUX_VERSION  := 2.41.5
UTIL_LINUX_SITE     := https://cdn.kernel.org/pub/linux/utils/util-linux/v2.41
UTIL_LINUX_SOURCE   := util-linux-$(UTIL_LINUX_VERSION).tar.xz
UTIL_LINUX_POOL     := u/util-linux/util-linux_$(UTIL_LINUX_VERSION).orig.tar.xz
UTIL_LINUX_HOMEPAGE := https://github.com/util-linux/util-linux
UTIL_LINUX_CPE      := kernel:util-linux
UTIL_LINUX_LICENSE       := GPL-2.0-or-later AND GPL-2.0-only AND LGPL-2.1-or-later AND BSD-2-Clause AND BSD-3-Clause AND BSD-4-Clause-UC AND MIT
UTIL_LINUX_LICENSE_FILES := README.licensing COPYING $(addprefix Documentation/licenses/COPYING.,GPL-2.0-only LGPL-2.1-or-later BSD-2-Clause BSD-3-Clause BSD-4-Clause-UC MIT)

UTIL_LINUX_TYPE      := autotools
UTIL_LINUX_CONF_OPTS  = --libdir=/usr/lib --disable-nls --disable-rpath --disable-asciidoc --disable-poman --disable-bash-completion --disable-liblastlog2 \
	--disable-pylibmount --without-python --without-systemd --without-udev --without-ncurses --without-ncursesw --without-tinfo \
	--disable-makeinstall-chown --disable-makeinstall-setuid $(if $(LINK_DYNAMIC),--with-sysroot="$$SYSROOT")

# OPTION:PATH
UTIL_LINUX_programs := BLKDISCARD:sbin/blkdiscard BLKID:sbin/blkid BLKZONE:sbin/blkzone CHRT:usr/bin/chrt CHOOM:usr/bin/choom \
	CORESCHED:usr/bin/coresched DMESG:bin/dmesg FALLOCATE:usr/bin/fallocate FDISK:sbin/fdisk FINCORE:usr/bin/fincore FINDMNT:bin/findmnt \
	FLOCK:usr/bin/flock FSTRIM:sbin/fstrim IONICE:usr/bin/ionice LOSETUP:sbin/losetup LSBLK:bin/lsblk LSCPU:usr/bin/lscpu LSFD:bin/lsfd \
	LSIPC:usr/bin/lsipc LSIRQ:usr/bin/lsirq LSLOCKS:usr/bin/lslocks LSMEM:usr/bin/lsmem LSNS:usr/bin/lsns MOUNT:bin/mount MOUNT:bin/umount \
	NSENTER:usr/bin/nsenter PARTX:usr/sbin/partx PRLIMIT:usr/bin/prlimit SCRIPT:usr/bin/script SCRIPT:usr/bin/scriptreplay SFDISK:sbin/sfdisk \
	SWAPON:sbin/swapon SWAPON:sbin/swapoff TASKSET:usr/bin/taskset UCLAMPSET:usr/bin/uclampset UNSHARE:usr/bin/unshare \
	UUIDGEN:usr/bin/uuidgen WIPEFS:sbin/wipefs ZRAMCTL:sbin/zramctl
# OPTION:NAME of header and pkg-config file; each after those that it is linked with: libtool links them once more as they are installed.
UTIL_LINUX_libraries := LIBUUID:uuid LIBBLKID:blkid LIBMOUNT:mount LIBSMARTCOLS:smartcols LIBFDISK:fdisk

UTIL_LINUX_chosen = $(strip $(foreach r,$1,$(if $(CONFIG_UTIL_LINUX_$(firstword $(subst :, ,$r))),$(lastword $(subst :, ,$r)))))
UTIL_LINUX_libs   = $(call UTIL_LINUX_chosen,$(UTIL_LINUX_libraries))

UTIL_LINUX_TARGET_FILES  = $(call UTIL_LINUX_chosen,$(UTIL_LINUX_programs))
UTIL_LINUX_SYSROOT_FILES = $(foreach l,$(UTIL_LINUX_libs),usr/lib/lib$l.* usr/lib/pkgconfig/$l.pc usr/include/$(if $(filter uuid blkid,$l),,lib)$l)
# Configured once as a whole, then no more is made of it than was chosen.
UTIL_LINUX_MAKE_OPTS = bin_PROGRAMS="$(notdir $(filter bin/%,$(UTIL_LINUX_TARGET_FILES)))" sbin_PROGRAMS="$(notdir $(filter sbin/%,$(UTIL_LINUX_TARGET_FILES)))" \
	usrbin_exec_PROGRAMS="$(notdir $(filter usr/bin/%,$(UTIL_LINUX_TARGET_FILES)))" \
	usrsbin_exec_PROGRAMS="$(notdir $(filter usr/sbin/%,$(UTIL_LINUX_TARGET_FILES)))" usrlib_exec_LTLIBRARIES="$(patsubst %,lib%.la,$(UTIL_LINUX_libs))"

UTIL_LINUX_REPLACES := $(foreach a,BLKDISCARD BLKID CHRT DMESG FALLOCATE FDISK FLOCK FSTRIM IONICE LOSETUP MOUNT NSENTER SCRIPT SWAPON TASKSET UNSHARE,\
	$(if $(CONFIG_UTIL_LINUX_$a),$a)) $(if $(CONFIG_UTIL_LINUX_MOUNT),UMOUNT) $(if $(CONFIG_UTIL_LINUX_SCRIPT),SCRIPTREPLAY) $(if $(CONFIG_UTIL_LINUX_SWAPON),SWAPOFF)
