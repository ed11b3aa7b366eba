#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# A file system is made, used, checked, changed, damaged and repaired.
# shellcheck source=support/tests/tap.sh
. /test/tap.sh
disk=/dev/vda

ok 'mke2fs makes one' mke2fs -q -F -t ext4 -L first "$disk" 32m
mkdir mnt
ok 'the kernel mounts it' mount -t ext4 "$disk" mnt
seq 20000 >mnt/numbers
mkdir mnt/dir
sum=$(sha256sum <mnt/numbers)
ok 'chattr takes' chattr +i mnt/numbers
like 'lsattr shows it' "$(lsattr mnt/numbers)" '^----i'
fails 1 'the file cannot be removed' rm -f mnt/numbers
chattr -i mnt/numbers
ok 'unmounted' umount mnt
ok 'e2fsck finds nothing' e2fsck -f -n "$disk"

ok 'tune2fs gives it another name and another maximum of mounts' tune2fs -L second -c 7 "$disk"
ok 'dumpe2fs' dumpe2fs -h "$disk"
said 'tells its name' '^Filesystem volume name: *second$'
said 'tells the maximum' '^Maximum mount count: *7$'
blocks() {
	dumpe2fs -h "$disk" 2>/dev/null | sed -n 's/^Block count: *//p'
}
before=$(blocks)
ok 'e2fsck writes that it has checked it' e2fsck -f -p "$disk"
ok 'resize2fs makes it larger' resize2fs "$disk" 48m
ok 'it is' [ "$((before * 3))" -eq "$(($(blocks) * 2))" ]

# The directory's inode is cleared behind its back.
ok 'debugfs damages it' debugfs -w -R 'clri dir' "$disk"
fails 4 'e2fsck finds the damage' e2fsck -f -n "$disk"
fails 1 'e2fsck repairs it' e2fsck -f -y "$disk"
ok 'nothing is left to repair' e2fsck -f -n "$disk"
mount -t ext4 "$disk" mnt
is 'the file is whole' "$(sha256sum <mnt/numbers)" "$sum"
fails 1 'the directory is gone' test -d mnt/dir
umount mnt
done_testing
