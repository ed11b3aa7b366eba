#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# writedisk: which disks it writes to and which never, and that it reads back what it wrote. The disks are files, which a
# tree like sysfs describes.
set -eu
# shellcheck source=support/tests/tap.sh
. support/tests/tap.sh
top=$PWD
writedisk=$(cd "$(dirname "$TOOLBIN/writedisk")" && pwd)/writedisk
cd "$SCRATCH"

usb=sys/devices/pci0000:00/usb1/1-1/host6
sata=sys/devices/pci0000:00/ata1/host0

# disk NAME BUS REMOVABLE KIB MAJOR:MINOR: a disk in sysfs, without partitions.
disk() {
	mkdir -p "$2/block/$1/device" "$2/block/$1/holders" sys/block dev
	ln -s "../../$2/block/$1" "sys/block/$1"
	echo "$3" >"sys/block/$1/removable"
	echo 0 >"sys/block/$1/ro"
	echo $(($4 * 2)) >"sys/block/$1/size"
	echo "$5" >"sys/block/$1/dev"
	echo 'ACME    ' >"sys/block/$1/device/vendor"
	echo "Disk $1" >"sys/block/$1/device/model"
	truncate -s "$4K" "dev/$1"
}
# part DISK NAME MAJOR:MINOR: a partition of it.
part() {
	mkdir -p "sys/block/$1/$2/holders"
	echo 1 >"sys/block/$1/$2/partition"
	echo "$3" >"sys/block/$1/$2/dev"
	ln -s "$1/$2" "sys/block/$2"
	truncate -s 1K "dev/$2"
}
# on DEVICE [OPTION]...: write the image there.
on() {
	device=$1
	shift
	"$writedisk" --sysfs sys --mounts mounts --swaps swaps "$@" image "dev/$device" </dev/null
}
# refused NAME DEVICE MESSAGE: not even when it was said to be right.
refused() {
	cp --sparse=always "dev/$2" before
	fails 1 "$1" on "$2" --yes
	said '... is told' "^writedisk: .*$3"
	ok '... and nothing is written' cmp "dev/$2" before
}

disk sda $sata 0 9000 8:0
part sda sda1 8:1
part sda sda2 8:2
disk sdb $usb 1 9000 8:16
part sdb sdb1 8:17
disk sdc $usb 0 9000 8:32
disk sdd $usb 1 3000 8:48
disk mmcblk0 sys/devices/platform/mmc_host/mmc0 0 9000 179:0
: >swaps
echo '22 1 8:1 / / rw - ext4 /dev/sda1 rw' >mounts
# more than one piece, and an end that fills none
head -c 5000001 /dev/urandom >image

fails 1 'without a terminal and without --yes' on sdb
said 'the disk is shown' '^dev/sdb: ACME Disk sdb, 8.8 MiB, removable, plugged in$'
said '... and its partitions' 'a partition sdb1$'
said '... and what would happen' 'all that is on the disk will be lost$'
said '... and the remedy' 'YES=1 of make'
is 'nothing was written' "$(tr -d '\0' <dev/sdb | wc -c)" 0

ok 'a stick' on sdb --yes
said 'it says what was written' "^dev/sdb: 5000001 bytes written and verified, sha256 $(sha256sum <image | cut -d ' ' -f 1)$"
ok '... and it was' cmp -n 5000001 image dev/sdb
is '... and no more' "$(stat -c %s dev/sdb)" $((9000 * 1024))
ok 'a disk on USB that is not removable' on sdc --yes
ok 'a memory card' on mmcblk0 --yes
if command -v script >/dev/null; then
	cat >answer <<-END
		printf '%s\n' "\$1" | script -qec "'$writedisk' --sysfs sys --mounts mounts --swaps swaps image dev/sdb" /dev/null
	END
	truncate -s 0 dev/sdb
	truncate -s 9000K dev/sdb
	fails 1 'another answer than yes' sh answer y
	is 'nothing was written' "$(tr -d '\0' <dev/sdb | wc -c)" 0
	ok 'the answer yes' sh answer yes
	ok '... and it was written' cmp -n 5000001 image dev/sdb
else
	skip 'the question' 'no script(1) here'
fi

refused 'the disk of the system' sda 'the system that runs is on it (sda1)'
refused 'a partition' sdb1 'is a partition: give the whole disk'
refused 'a disk that is too small' sdd '2.9 MiB, but image has 4.8 MiB: it does not fit'
echo '22 1 8:99 / / rw - ext4 /dev/elsewhere rw' >mounts
refused 'a disk that cannot be removed' sda 'neither removable, nor on USB'
echo '30 1 8:17 / /mnt/stick rw,relatime shared:1 - vfat /dev/sdb1 rw' >>mounts
refused 'a disk with a mounted partition' sdb 'sdb1 is mounted on /mnt/stick: unmount it first'
# As btrfs has it: a number that no device has.
echo '30 1 0:44 /sub / rw - btrfs /dev/sdb1 rw' >mounts
refused 'a root whose file system is on several disks' sdb 'the system that runs is on it (sdb1)'
: >mounts
printf '%s\n' 'Filename Type Size' '/dev/sdb1 partition 1000' >swaps
refused 'a disk that is swapped to' sdb 'sdb1 is used for swapping'
: >swaps
# LVM, on a crypt device, on a partition
for dm in dm-0 dm-1; do
	disk $dm sys/devices/virtual 0 9000 253:${dm#dm-}
done
ln -s ../../dm-0 sys/block/sdb/sdb1/holders/dm-0
ln -s ../../dm-1 sys/block/dm-0/holders/dm-1
refused 'a disk that a volume is made of' sdb 'dm-0 is made of it'
echo '22 1 253:1 / / rw - ext4 /dev/mapper/vg-root rw' >mounts
refused 'a disk that the volume of the system is made of' sdb 'the system that runs is on it (dm-1)'
: >mounts
rm sys/block/sdb/sdb1/holders/dm-0
echo 1 >sys/block/sdb/ro
refused 'a read-only disk' sdb 'it is read-only'
echo 0 >sys/block/sdb/ro
echo 0 >sys/block/sdb/size
refused 'a reader without a medium' sdb 'no medium'
echo 18000 >sys/block/sdb/size

fails 1 'no list of mounts' "$writedisk" --sysfs sys --mounts none --swaps swaps --yes image dev/sdb
said '... is told' 'cannot tell what is mounted'
truncate -s 9000K dev/sdz
refused 'a file that is no disk' sdz 'has no such disk'
fails 1 'a file, by the real sysfs' "$writedisk" --yes image dev/sdb
said '... is told' 'dev/sdb is no disk'
printf 'QFI\373 and more' >image
refused 'a qcow2 image' sdb 'a qcow2 image, for virtual machines'
: >image
refused 'an empty image' sdb 'is empty'
rm image
fails 1 'no image' on sdb --yes
said '... is told' 'cannot read the image image: No such file'
fails 2 'no device' "$writedisk" image
cd "$top"
done_testing
