# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
# For tests that build and boot a real system. CHECK_O is where; a test that finds a finished
# build of another there starts from it.

# shellcheck source=support/tests/tap.sh
. support/tests/tap.sh

CHECK_O=${CHECK_O:-output/check}
unset MAKEFLAGS MAKELEVEL EXTERNAL SOURCE_DATE_EPOCH O V
mkdir -p "$CHECK_O"
CHECK_O=$(cd "$CHECK_O" && pwd)

# board NAME ARGUMENT...: make in a directory of that name, with the tools that are built.
board() {
	board_name=$1
	shift
	make O="$CHECK_O/$board_name" TOOLDIR="${TOOLBIN%/bin}" "$@"
}

# guest NAME COMMAND: run it in the guest of that build; sets out, err and status.
# shellcheck disable=SC2034 # the tests read them
guest() {
	status=0
	board "$1" -s qemu-run RUN="$2" >"$SCRATCH/guest.out" 2>"$SCRATCH/guest.err" </dev/null || status=$?
	out=$(cat "$SCRATCH/guest.out")
	err=$(cat "$SCRATCH/guest.err")
}

# counted NAME BOARD: how many lines the kernel's build logs, notes tell on a machine that has not built
# it, from a record of the board. A kernel out of the cache has no log.
counted() {
	counted_told=$(sed -n 's,^linux/allnoconfig=,,p' "board/$2/lines" 2>/dev/null)
	[ -f "$CHECK_O/$1/build/linux/build.log" ] || return 0
	counted_lines=$(wc -l <"$CHECK_O/$1/build/linux/build.log")
	echo "# the kernel's build logs $counted_lines lines, and the record of $2 says ${counted_told:-nothing}"
	[ -n "$counted_told" ] || return 0
	ok "$2: the record is within a tenth of that" \
		test $((counted_lines * 9)) -lt $((${counted_told:-0} * 10)) -a $((counted_lines * 11)) -gt $((${counted_told:-0} * 10))
}

# board_lacks BOARD: which program for its architecture is missing on this machine; nothing if all are there.
board_lacks() (
	O=$CHECK_O
	# shellcheck source=support/make/arch.sh
	. support/make/arch.sh
	lacks_arch=$(board_arch "$1")
	for program in "$(arch_gcc "$lacks_arch")" "$(arch_get "$lacks_arch" arch.qemu)"; do
		command -v "$program" >/dev/null || { echo "there is no $program: scripts/bootstrap check-full installs it" && return; }
	done
)

# small NAME [LINE...]: a configuration whose kernel is as small as one that boots and runs a command, for a test that
# builds several; with these lines.
small() {
	small_name=$1
	shift
	mkdir -p "$CHECK_O/$small_name"
	for option in 64BIT SMP NR_CPUS=2 X86_MPPARSE HYPERVISOR_GUEST PARAVIRT PVH BLK_DEV_INITRD RD_GZIP BINFMT_ELF BINFMT_SCRIPT \
		MULTIUSER FUTEX EPOLL POSIX_TIMERS SIGNALFD TIMERFD EVENTFD FILE_LOCKING SHMEM PRINTK BUG IKCONFIG IKCONFIG_PROC \
		TTY SERIAL_8250 SERIAL_8250_CONSOLE PROC_FS SYSFS TMPFS DEVTMPFS VIRTIO_MENU VIRTIO_MMIO VIRTIO_MMIO_CMDLINE_DEVICES; do
		case $option in *=*) echo "CONFIG_$option" ;; *) echo "CONFIG_$option=y" ;; esac
	done >"$CHECK_O/$small_name/small.config"
	{
		cat board/qemu-x86_64/defconfig
		echo 'CONFIG_LINUX_BASE_TINYCONFIG=y'
		echo '# CONFIG_LINUX_BOARD_FRAGMENT is not set'
		echo "CONFIG_LINUX_FRAGMENTS=\"$CHECK_O/$small_name/small.config\""
		[ "$#" = 0 ] || printf '%s\n' "$@"
	} >"$CHECK_O/$small_name/.config"
}

# prebuilt DIR IMAGES ARCH: a kernel's tree in DIR that takes any configuration, and whose build is a copy of the kernel in IMAGES:
# for a test that needs a kernel, but no other one than there is.
# shellcheck disable=SC2016 # text for make
prebuilt() {
	prebuilt_image=$(sed -n 's/^arch.image *= *//p' "support/arch/$3.arch")
	mkdir -p "$1/scripts" "$1/arch"
	: >"$1/Kconfig"
	{
		printf 'allnoconfig tinyconfig: ; @: >$(O)/$(or $(KCONFIG_CONFIG),.config)\nolddefconfig: ; @:\nvmlinux %s: ; @' \
			"$(basename "$prebuilt_image")"
		printf 'mkdir -p $(O)/%s; cp %s/kernel.config $(O)/.config; cp %s/vmlinux $(O)/vmlinux; : >$(O)/System.map; ' \
			"$(dirname "$prebuilt_image")" "$2" "$2"
		printf 'cp %s/%s $(O)/%s\n' "$2" "$(basename "$prebuilt_image")" "$prebuilt_image"
	} >"$1/Makefile"
}
