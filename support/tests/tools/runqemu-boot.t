#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# runqemu without a guest: an image that has the root file system.
set -u
# shellcheck source=support/tests/fakeqemu.sh
. support/tests/fakeqemu.sh

head -c 65536 /dev/zero >root.img
dry() {
	"$runqemu" --dry-run --accel tcg --kernel bzImage --guest-init --boot root.img "$@"
}
line=$(dry --disk bzImage:ro -- true)
like 'it is the first disk, and what is written to it is lost' "$line" \
	"-drive if=none,id=disk0,format=raw,snapshot=on,file=$PWD/root.img -device virtio-blk-[a-z]*,drive=disk0 .*disk1"
like 'the files of runqemu are on the last one' "$line" 'file.filename=/proc/self/fd/[0-9]* -device virtio-blk-[a-z]*,drive=agent,serial=whittle'
unlike 'there is no initramfs' "$line" '-initrd'
like 'the kernel gets its root' "$line" ' root=/dev/vda'
unlike 'another one may be given' "$(dry --append root=/dev/dm-0 -- true)" ' root=/dev/vda'
like 'with --keep it is a disk like others' "$(dry --keep -- true)" '-blockdev driver=raw,node-name=disk0,read-only=off'
chmod 444 root.img
ok 'it need not be writable' dry -- true
mkdir images
cp bzImage images
head -c 512 /dev/zero >images/initramfs.cpio
unlike 'nor is the initramfs of --images taken' "$("$runqemu" --dry-run --accel tcg --images images --guest-init --boot root.img -- true)" '-initrd'

fails 125 'a file that is not there' "$runqemu" --accel tcg --kernel bzImage --guest-init --boot none.img -- true
said 'is told' 'cannot use the disk none.img: No such file or directory'
fails 2 '--keep alone' "$runqemu" --kernel bzImage --keep -- true
said 'is told' '--keep goes with --boot FILE'
fails 2 'an initramfs, too' dry --initramfs images/initramfs.cpio -- true
said 'is told' '--boot has the root file system: leave out --initramfs'
fails 125 'a command in an image that does not know of sessions' "$runqemu" --accel tcg --kernel bzImage --boot root.img -- true
said 'is told' 'needs one whose init ends in /sbin/console, and --guest-init'
done_testing
