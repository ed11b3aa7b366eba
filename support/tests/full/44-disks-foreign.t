#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# A disk of each architecture beside this machine's that has firmware of UEFI: the kernel itself is what it starts.
set -u
# shellcheck source=support/tests/board.sh
. support/tests/board.sh
export XDG_CACHE_HOME="$CHECK_O/cache"
PATH=$PATH:/usr/sbin:/sbin

for file in support/arch/*.arch; do
	arch=${file##*/}
	arch=${arch%.arch}
	if [ "$arch" = "$(uname -m)" ] || ! grep -q "^arch.efi " "$file"; then
		continue
	fi
	lacking=$(board_lacks "qemu-$arch")
	firmware=
	sed -n "s,^machine\\..*\\.uefi *= ,,p" "$file" | tr " " "\\n" >"$SCRATCH/paths"
	while read -r path; do
		[ ! -r "$path" ] || firmware=${firmware:-$path}
	done <"$SCRATCH/paths"
	for program in mkfs.vfat mcopy sfdisk; do
		command -v "$program" >/dev/null || lacking="there is no $program"
	done
	[ -n "$firmware" ] || lacking='there is no firmware of UEFI for it'
	if [ -n "$lacking" ]; then
		skip "$arch" "$lacking: scripts/bootstrap installs it"
		continue
	fi
	name=disks-$arch
	rm -rf "${CHECK_O:?}/$name"
	mkdir -p "$CHECK_O/$name"
	{
		cat "board/qemu-$arch/defconfig"
		printf '%s\n' CONFIG_PACKAGE_IMAGE_DISK=y CONFIG_IMAGES_EFI_STUB=y CONFIG_IMAGE_DISK_EXT4=y
	} >"$CHECK_O/$name/.config"
	start=$(date +%s)
	ok "$arch: a disk" board "$name" images
	echo "# $arch: built in $(($(date +%s) - start)) s, $(stat -c %s "$CHECK_O/$name/images/disk.img") bytes"
	is "$arch: each setting of its kernel takes effect" "$(grep 'did not take effect' "$SCRATCH/.tap.out")" ''
	ok "$arch: the partition table is sound" sfdisk --verify "$CHECK_O/$name/images/disk.img"
	was=$(sha256sum "$CHECK_O/$name/images/disk.img")
	start=$(date +%s%N)
	out=$(board "$name" -s qemu-run TIMEOUT=300 BOOT=disk FIRMWARE=uefi \
		RUN='[ -d /sys/firmware/efi ] && echo uefi; grep -o "^[^ ]* / [^ ]*" /proc/mounts | tail -n 1 | cut -d " " -f 3; exit 3' 2>"$SCRATCH/err" </dev/null) || :
	echo "# $arch: a boot by UEFI and a command took $((($(date +%s%N) - start) / 1000000)) ms"
	is "$arch: it boots" "$(echo "$out" | paste -s -d ' ' -)" 'uefi ext4'
	[ -n "$out" ] || tap_note 'its errors' "$(tail -n 30 "$SCRATCH/err")"
	like "$arch: with the exit status of the command" "$(cat "$SCRATCH/err")" 'Error 3'
	is "$arch: and stays as it was" "$(sha256sum "$CHECK_O/$name/images/disk.img")" "$was"
done
done_testing
