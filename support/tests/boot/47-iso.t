#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# An ISO with the default kernel boots by BIOS: commands and their status as ever, and the file stays as it was.
set -u
# shellcheck source=support/tests/board.sh
. support/tests/board.sh

for program in xorriso syslinux mkfs.vfat; do
	PATH=$PATH:/usr/sbin command -v "$program" >/dev/null || {
		skip 'an ISO' "there is no $program: scripts/bootstrap installs it"
		done_testing
		exit
	}
done
if [ ! -f "$CHECK_O/default/images/bzImage" ]; then
	board default qemu-x86_64_defconfig >/dev/null && board default >/dev/null
fi
arch=$(sed -n 's/^CONFIG_ARCH="\(.*\)"/\1/p' "$CHECK_O/default/.config")
prebuilt "$SCRATCH/linux" "$CHECK_O/default/images" "$arch"
mkdir -p "$CHECK_O/iso"
{
	cat board/qemu-x86_64/defconfig
	printf '%s\n' CONFIG_LINUX_BASE_TINYCONFIG=y '# CONFIG_LINUX_BOARD_FRAGMENT is not set' CONFIG_PACKAGE_IMAGE_ISO=y \
		CONFIG_IMAGES_EFI_NONE=y 'CONFIG_IMAGES_APPEND="no_timer_check"'
} >"$CHECK_O/iso/.config"
iso() { board iso LINUX_DIR="$SCRATCH/linux" "$@"; }
# run COMMAND [VARIABLE...]: in the guest; sets out.
run() {
	run_command=$1
	shift
	out=$(iso -s qemu-run TIMEOUT=300 BOOT=iso RUN="$run_command" "$@" 2>"$SCRATCH/err" </dev/null) || :
}

ok 'an ISO is built' iso images
was=$(sha256sum <"$CHECK_O/iso/images/whittle.iso")
start=$(date +%s)
run 'cat /proc/cmdline; ls /.whittle/mark; exit 7'
echo "# a boot and a command took $(($(date +%s) - start)) s"
like 'it boots by BIOS, with its own arguments' "$out" 'BOOT_IMAGE=vmlinuz .*console=ttyS0 no_timer_check'
like '... and runqemu has its files there' "$out" '/.whittle/mark'
like 'the exit status is that of the command' "$(cat "$SCRATCH/err")" 'Error 7'
is 'the ISO stays as it was' "$(sha256sum <"$CHECK_O/iso/images/whittle.iso")" "$was"
fails 2 'arguments for the kernel' iso -s qemu-run BOOT=iso RUN=true APPEND=quiet
said '... are those of the image' 'the kernel.s arguments are those of the image: leave out --append'
fails 2 'UEFI' iso -s qemu-run BOOT=iso FIRMWARE=yes RUN=true
said '... or BIOS' 'FIRMWARE=yes: bios or uefi is expected'
done_testing
