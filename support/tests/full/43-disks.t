#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Disks and ISOs: each loader, by UEFI and by BIOS, from each root file system; what is kept, and a cut while it is written.
set -u
# shellcheck source=support/tests/board.sh
. support/tests/board.sh
PATH=$PATH:/usr/sbin:/sbin

for program in mkfs.vfat fsck.vfat mcopy sfdisk syslinux xorriso; do
	command -v "$program" >/dev/null || lacking=$program
done
[ -r /usr/share/ovmf/OVMF.fd ] || lacking='firmware of UEFI'
[ -r /usr/lib/systemd/boot/efi/linuxx64.efi.stub ] || lacking=systemd-boot
if [ -n "${lacking-}" ]; then
	skip 'disks and ISOs' "there is no $lacking: scripts/bootstrap installs it"
	done_testing
	exit
fi
images=$CHECK_O/disks/images
# disks LINE...: a configuration with these lines.
disks() {
	mkdir -p "$CHECK_O/disks"
	{
		cat board/qemu-x86_64/defconfig
		# no timer is late, however busy this machine is
		printf '%s\n' 'CONFIG_IMAGES_APPEND="no_timer_check"' CONFIG_PACKAGE_IMAGE_DISK=y CONFIG_PACKAGE_LINUX=y "$@"
	} >"$CHECK_O/disks/.config"
	# DISKS_KERNEL=DIR: a kernel that is there
	board disks ${DISKS_KERNEL:+LINUX_DIR="$DISKS_KERNEL"} images
}
# run IMAGE FIRMWARE COMMAND [VARIABLE...]: in the guest; sets out.
run() {
	run_boot=$1 run_firmware=$2 run_command=$3
	shift 3
	run_start=$(date +%s)
	out=$(board disks -s ${DISKS_KERNEL:+LINUX_DIR="$DISKS_KERNEL"} qemu-run TIMEOUT=300 BOOT="$run_boot" \
		FIRMWARE="$run_firmware" RUN="$run_command" "$@" 2>"$SCRATCH/err" </dev/null) || :
	echo "# $run_boot by $run_firmware: a boot and a command took $(($(date +%s) - run_start)) s"
}
# boots NAME IMAGE ROOT: by both kinds of firmware; ROOT is the type of its root file system. The file stays as it was.
boots() {
	was=$(sha256sum "$images"/disk.img "$images"/whittle.iso 2>/dev/null)
	for firmware in uefi bios; do
		# shellcheck disable=SC2016 # text for the guest's shell
		run "$2" "$firmware" '[ -d /sys/firmware/efi ] && echo uefi || echo bios; grep -o "^[^ ]* / [^ ]*" /proc/mounts | tail -n 1 | cut -d " " -f 3; exit 3'
		is "$1: $2 boots by $firmware" "$(echo "$out" | paste -s -d ' ' -)" "$firmware $3"
		like '... with the exit status of the command' "$(cat "$SCRATCH/err")" 'Error 3'
	done
	is '... and stays as it was' "$(sha256sum "$images"/disk.img "$images"/whittle.iso 2>/dev/null)" "$was"
}

ok 'a unified kernel image, squashfs, an ISO' disks CONFIG_PACKAGE_IMAGE_ISO=y CONFIG_IMAGES_EFI_UKI=y CONFIG_IMAGE_DISK_SQUASHFS=y \
	CONFIG_IMAGE_DISK_KEEP=y
ok 'the partition table is sound' sfdisk --verify "$images/disk.img"
boots 'a unified kernel image' disk squashfs
boots 'a unified kernel image' iso rootfs
# The root is read-only, and has a partition that keeps /var.
run disk uefi 'touch /etc/x 2>/dev/null || echo read-only; ls -A /var | paste -s -d " " -; echo one >/var/log; sync' KEEP=y
like 'a partition keeps /var' "$out" '^read-only$'
like '... and begins with what the root has there' "$out" '\.kept'
run disk bios 'cat /var/log; grep -c " /var ext4 " /proc/mounts'
is '... and the next boot has it' "$(echo "$out" | paste -s -d ' ' -)" 'one 1'
run iso:usb uefi 'echo up'
is 'the ISO boots from a stick by UEFI' "$out" up
run iso:usb bios 'echo up'
is '... and by BIOS' "$out" up

ok 'systemd-boot, erofs' disks CONFIG_IMAGES_EFI_MENU=y CONFIG_IMAGE_DISK_EROFS=y
boots systemd-boot disk erofs

if [ -z "${DISKS_KERNEL-}" ]; then
	ok 'the kernel itself, ext4' disks CONFIG_IMAGES_EFI_STUB=y CONFIG_IMAGE_DISK_EXT4=y
	boots 'the kernel itself' disk ext4
else
	ok 'a unified kernel image, ext4' disks CONFIG_IMAGES_EFI_UKI=y CONFIG_IMAGE_DISK_EXT4=y
fi

# What is kept.
run disk bios 'echo one >/root/kept; sync' KEEP=y
run disk uefi 'cat /root/kept; echo two >>/root/kept; sync' KEEP=y
is 'what one boot kept, the next has' "$out" one
run disk uefi 'cat /root/kept; echo lost >>/root/kept'
is '... and again' "$(echo "$out" | paste -s -d ' ' -)" 'one two'
run disk uefi 'cat /root/kept'
is 'without KEEP nothing is kept' "$(echo "$out" | paste -s -d ' ' -)" 'one two'

# A cut: the machine is gone while it writes.
setsid make O="$CHECK_O/disks" TOOLDIR="${TOOLBIN%/bin}" -s ${DISKS_KERNEL:+LINUX_DIR="$DISKS_KERNEL"} qemu-run TIMEOUT=300 \
	BOOT=disk FIRMWARE=bios KEEP=y RUN='while :; do dd if=/dev/zero of=/root/big bs=64k count=8; sync; echo written; done 2>/dev/null' \
	>"$SCRATCH/cut" 2>/dev/null </dev/null &
cut=$!
written() { [ "$(grep -c written "$SCRATCH/cut")" -ge 3 ]; }
ok 'a guest writes and writes' within 400 written
kill -9 "-$cut"
wait "$cut" 2>/dev/null
run disk uefi 'cat /root/kept; ls /root/big' KEEP=y
is 'after a cut while it wrote, it boots with what it had' "$(echo "$out" | paste -s -d ' ' -)" 'one two /root/big'
done_testing
