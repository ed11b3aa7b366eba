#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Disks and ISOs: what is in them, that they are the same to the byte, and what does not fit. The kernel is a file that says so.
# shellcheck disable=SC2016 # text for make and for other shells stands in single quotes
set -u
. support/tests/engine.sh
PATH=$PATH:/usr/sbin:/sbin
need='mkfs.vfat fsck.vfat mmd sfdisk syslinux xorriso qemu-img'
for program in $need; do
	command -v "$program" >/dev/null || {
		skip 'disks' "there is no $program: scripts/bootstrap check installs it"
		done_testing
	}
done
arch=$(sed -n 's/.*select ARCH_//p' board/qemu-x86_64/Kconfig | tr '[:upper:]' '[:lower:]')
file=support/arch/$arch.arch
image=$(sed -n 's/^arch.image *= *//p' "$file")
efi=BOOT$(sed -n 's/^arch.efi *= *//p' "$file" | tr '[:lower:]' '[:upper:]').EFI

# A kernel that takes any configuration.
tree=$SCRATCH/linux
mkdir -p "$tree/scripts" "$tree/arch"
: >"$tree/Kconfig"
{
	printf 'allnoconfig tinyconfig: ; @: >$(O)/$(or $(KCONFIG_CONFIG),.config)\nolddefconfig: ; @:\n'
	printf 'vmlinux %s: ; @: >$(O)/vmlinux; : >$(O)/System.map; mkdir -p $(O)/%s; seq 200000 >$(O)/%s\n' \
		"$(basename "$image")" "$(dirname "$image")" "$image"
} >"$tree/Makefile"
more() {
	printf '%s\n' CONFIG_LINUX_BASE_TINYCONFIG=y CONFIG_PACKAGE_IMAGE_DISK=y CONFIG_PACKAGE_IMAGE_ISO=y \
		CONFIG_IMAGE_DISK_MEMORY=y CONFIG_IMAGE_DISK_ESP_MIB=40 "$@" >"$SCRATCH/config.more"
	choose
	sed -i '/PACKAGE_LINUX/d' "$OUT/.config"
}
build() { whittle LINUX_DIR="$tree"; }
images=$OUT/images
# inside IMAGE: the paths of its files, in one line.
inside() {
	mdir -/ -b -i "$1" :: | sed -n 's,^::/\(.*[^/]\)$,\1,p' | LC_ALL=C sort | paste -s -d ' ' -
}
# esp: the EFI system partition of the disk.
esp() { dd if="$images/disk.img" of="$SCRATCH/esp" bs=1M skip=1 count=40 status=none; }
# same NAME FILE...: they are as in $SCRATCH/first.
same() {
	name=$1
	shift
	for one; do ok "$one $name" cmp "$images/$one" "$SCRATCH/first/$one"; done
}

more CONFIG_IMAGES_EFI_UKI=y CONFIG_IMAGE_DISK_QCOW2=y CONFIG_IMAGE_DISK_VMDK=y
ok 'a disk and an ISO' build
said 'they are listed with their sizes' '[0-9] KiB  disk.img'
ok 'the partition table is sound' sfdisk --verify "$images/disk.img"
said 'it has one partition' 'Using 1 out of 128 partitions'
sfdisk -d "$images/disk.img" >"$SCRATCH/table"
like '... the one for firmware' "$(cat "$SCRATCH/table")" 'start= *2048, size= *81920, type=C12A7328-F81F-11D2-BA4B-00A0C93EC93B, uuid=[-0-9A-F]*, name="esp", attrs="LegacyBIOSBootable"'
esp
ok 'its file system is sound' fsck.vfat -n "$SCRATCH/esp"
is 'it has what UEFI and syslinux start' "$(inside "$SCRATCH/esp")" "EFI/BOOT/$efi initramfs syslinux.cfg vmlinuz"
mcopy -n -i "$SCRATCH/esp" ::vmlinuz ::initramfs ::syslinux.cfg "::EFI/BOOT/$efi" "$SCRATCH"
ok 'the kernel is the kernel' cmp "$SCRATCH/vmlinuz" "$images/$(basename "$image")"
ok 'the initramfs is the initramfs' cmp "$SCRATCH/initramfs" "$images/initramfs.cpio.gz"
like 'the kernel gets a console' "$(cat "$SCRATCH/syslinux.cfg")" 'APPEND .*console=tty'
for part in linux="$SCRATCH/vmlinuz" initrd="$SCRATCH/initramfs"; do
	objcopy -O binary --only-section=".${part%%=*}" "$SCRATCH/$efi" "$SCRATCH/part"
	ok "the unified image has .${part%%=*}" cmp -n "$(wc -c <"${part#*=}")" "$SCRATCH/part" "${part#*=}"
done
for form in qcow2 vmdk; do
	ok "the $form is the disk" qemu-img compare -f raw -F $form "$images/disk.img" "$images/disk.$form"
done
ok 'the ISO can be read' xorriso -indev "$images/whittle.iso" -check_media --
unlike '... all of it' "$(cat "$SCRATCH/.tap.out")" ' - unreadable'
xorriso -indev "$images/whittle.iso" -report_el_torito plain >"$SCRATCH/torito" 2>/dev/null
like 'it boots by BIOS' "$(cat "$SCRATCH/torito")" 'El Torito boot img :  *1  BIOS  y'
like '... and by UEFI' "$(cat "$SCRATCH/torito")" 'El Torito boot img :  *2  UEFI  y'
like '... and as a disk' "$(sfdisk -d "$images/whittle.iso" 2>&1)" 'type=ef'
fails 2 'nothing is written to no disk' whittle LINUX_DIR="$tree" write
said '... the variable is named' 'DEVICE=/dev/sdX names the disk to write to'
truncate -s 100M "$SCRATCH/stick"
fails 2 'a file is no disk' whittle LINUX_DIR="$tree" write DEVICE="$SCRATCH/stick" YES=1
said '... is told' 'stick is no disk: a device such as /dev/sdb is expected'
like 'the disk is what would be written' "$(whittle LINUX_DIR="$tree" -n write DEVICE=/dev/none)" 'writedisk  -- .*/images/disk.img. ./dev/none'
like 'or the ISO' "$(whittle LINUX_DIR="$tree" -n write DEVICE=/dev/none FILE=whittle.iso YES=1)" 'writedisk --yes -- .*/images/whittle.iso. ./dev/none'
like 'BOOT=iso is a CD' "$(whittle LINUX_DIR="$tree" -n qemu-run BOOT=iso)" '--boot [^ ]*/images/whittle.iso  *--firmware auto *--boot-as cd '
like '... or a stick' "$(whittle LINUX_DIR="$tree" -n qemu-run BOOT=iso:usb FIRMWARE=bios)" '--firmware bios *--boot-as usb '
fails 2 'anything else' whittle LINUX_DIR="$tree" qemu-run BOOT=iso:floppy
said '... is told' 'BOOT=iso:floppy: behind : is virtio, nvme, usb or cd'
ok 'a second make' build
said 'does nothing' 'Nothing to be done'

mkdir "$SCRATCH/first"
cp "$images"/disk.* "$images/whittle.iso" "$SCRATCH/first"
made='disk.img disk.qcow2 disk.vmdk whittle.iso'
rm -rf "$OUT/build" "$images"
(umask 077 && TZ=Asia/Tokyo build) >/dev/null 2>&1
# shellcheck disable=SC2086 # words
same 'is the same with another umask and time zone' $made
mv "$OUT" "$SCRATCH/elsewhere"
mkdir "$OUT"
cp "$SCRATCH/elsewhere/.config" "$OUT"
OUT=$SCRATCH/elsewhere
rm -rf "$OUT/build" "$OUT/images"
ok 'in another directory' build
images=$OUT/images
# shellcheck disable=SC2086
same 'is the same there' $made

more CONFIG_IMAGES_EFI_MENU=y 'CONFIG_IMAGES_APPEND="quiet"' CONFIG_IMAGES_MENU_SECONDS=3
ok 'a menu in place of that' build
esp
is 'has a loader and its files' "$(inside "$SCRATCH/esp")" "EFI/BOOT/$efi initramfs loader/entries/whittle.conf loader/loader.conf syslinux.cfg vmlinuz"
mcopy -n -i "$SCRATCH/esp" ::loader/entries/whittle.conf ::loader/loader.conf "$SCRATCH"
like '... the arguments' "$(cat "$SCRATCH/whittle.conf")" '^options .*console=tty.* quiet$'
like '... the seconds' "$(cat "$SCRATCH/loader.conf")" '^timeout 3$'
is 'the qcow2 is gone' "$(ls "$images"/disk.*)" "$images/disk.img"
# A partition that keeps a directory.
more CONFIG_IMAGES_EFI_NONE=y CONFIG_IMAGE_DISK_KEEP=y CONFIG_IMAGE_DISK_KEEP_MIB=9 'CONFIG_KEEP_PARTITION_DIR="/srv/data"'
ok 'a partition to keep /srv/data' build
like '... is the last one' "$(sfdisk -d "$images/disk.img")" 'start= *83968, size= *18432, type=0FC63DAF-[-0-9A-F]*, uuid=[-0-9A-F]*, name="keep"'
dd if="$images/disk.img" of="$SCRATCH/keep" bs=1M skip=41 count=9 status=none
ok '... and sound' "$OUT/build/e2fsprogs-host/image/host/usr/bin/e2fsck" -fn "$SCRATCH/keep"
like '... and mounted at boot' "$(cat "$OUT/build/keep-partition/image/target/etc/init.d/S10keep")" '^kept=/srv/data$'
cp "$images/disk.img" "$SCRATCH/first/keep.img"
rm -rf "$OUT/build/image-disk" "$images"
ok '... and once more' build
ok '... the same' cmp "$images/disk.img" "$SCRATCH/first/keep.img"
# The script itself, with mounts that only say so.
mkdir -p "$SCRATCH/at/block/sdz1" "$SCRATCH/at/block/sdz2" "$SCRATCH/at/mnt" "$SCRATCH/at/data" "$SCRATCH/fake"
echo PARTNAME=esp >"$SCRATCH/at/block/sdz1/uevent"
echo PARTNAME=keep >"$SCRATCH/at/block/sdz2/uevent"
echo first >"$SCRATCH/at/data/file"
sed "s,/sys/class/block,$SCRATCH/at/block,; s,/mnt,$SCRATCH/at/mnt,g; s,^kept=.*,kept=$SCRATCH/at/data," \
	"$OUT/build/keep-partition/image/target/etc/init.d/S10keep" >"$SCRATCH/S10keep"
for program in mount umount; do
	printf '#!/bin/sh\necho %s "$*" >>%s\n[ ! -e %s.fails ]\n' $program "$SCRATCH/mounts" "$SCRATCH/$program" >"$SCRATCH/fake/$program"
	chmod +x "$SCRATCH/fake/$program"
done
# keeps: the script, with a new list of mounts.
keeps() {
	: >"$SCRATCH/mounts"
	PATH=$SCRATCH/fake:$PATH sh "$SCRATCH/S10keep" start
}
twice="mount -t ext4 /dev/sdz2 $SCRATCH/at/mnt
umount $SCRATCH/at/mnt
mount -t ext4 /dev/sdz2 $SCRATCH/at/data"
ok 'the first boot' keeps
is '... mounts it, and in its place' "$(cat "$SCRATCH/mounts")" "$twice"
is '... with what the root has there' "$(cat "$SCRATCH/at/mnt/file")" first
echo second >"$SCRATCH/at/mnt/file"
ok 'the second boot' keeps
is '... leaves what is there' "$(cat "$SCRATCH/at/mnt/file")" second
rm "$SCRATCH/at/mnt/.kept"
printf '#!/bin/sh\nexit 1\n' >"$SCRATCH/fake/cp"
chmod +x "$SCRATCH/fake/cp"
fails 1 'no room' keeps
said '... is told' "S10keep: /dev/sdz2 has no room for what is in $SCRATCH/at/data: make it larger (IMAGE_DISK_KEEP_MIB"
is '... and what the root has there is not hidden' "$(cat "$SCRATCH/mounts")" "$(echo "$twice" | head -n 2)"
ok '... and the next boot tries again' test ! -e "$SCRATCH/at/mnt/.kept"
: >"$SCRATCH/mount.fails"
fails 1 'a partition that cannot be mounted' keeps
said '... is told' "S10keep: /dev/sdz2 cannot be mounted: what is written to $SCRATCH/at/data is lost"
more CONFIG_IMAGES_EFI_NONE=y CONFIG_IMAGE_DISK_KEEP=y 'CONFIG_KEEP_PARTITION_DIR="/system"'
ok '/system is not /sys' build
for bad in var / /dev/x; do
	more CONFIG_IMAGES_EFI_NONE=y CONFIG_IMAGE_DISK_KEEP=y "CONFIG_KEEP_PARTITION_DIR=\"$bad\""
	fails 2 "$bad cannot be kept" build
	said '... is told' "CONFIG_KEEP_PARTITION_DIR=\"$bad\" cannot be kept: an absolute path such as /var is expected"
done
more CONFIG_IMAGES_EFI_NONE=y
ok 'only BIOS' build
esp
is 'has nothing for UEFI' "$(inside "$SCRATCH/esp")" "initramfs syslinux.cfg vmlinuz"
more CONFIG_IMAGES_EFI_UKI=y CONFIG_IMAGE_DISK_QCOW2=y CONFIG_IMAGE_DISK_VMDK=y
ok 'as before' build
# shellcheck disable=SC2086
same 'is as it was' $made

more CONFIG_IMAGES_EFI_UKI=y 'CONFIG_IMAGES_LABEL="TWELVE-BYTES"'
fails 2 'a label that is too long' build
said '... is told' 'CONFIG_IMAGES_LABEL="TWELVE-BYTES" is longer than the 11 bytes'
sed -i 's/seq 200000/seq 6000000/' "$tree/Makefile"
more CONFIG_IMAGES_EFI_UKI=y
fails 2 'a kernel that does not fit' build
said '... is told, with what is needed' 'the EFI system partition of 40 MiB is too small: it needs [0-9]* MiB'
done_testing
