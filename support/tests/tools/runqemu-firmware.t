#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# runqemu without a guest: images that firmware boots.
set -u
arch=$(sed -n 's/.*select ARCH_//p' board/qemu-x86_64/Kconfig | tr '[:upper:]' '[:lower:]')
description=$PWD/support/arch/$arch.arch
# shellcheck source=support/tests/fakeqemu.sh
. support/tests/fakeqemu.sh

truncate -s 1M 'a disk.img'
: >firmware.fd
# The same architecture, with firmware of UEFI that is there, and with one that is not.
sed "s,^\(machine.q35.uefi *= *\).*,\1$SCRATCH/none.fd $SCRATCH/firmware.fd," "$description" >there.arch
sed "s,^\(machine.q35.uefi *= *\).*,\1$SCRATCH/none.fd $SCRATCH/nor.fd," "$description" >none.arch
dry() {
	"$runqemu" --dry-run --accel tcg --kernel bzImage --guest-init --arch ./there.arch "$@"
}
by() {
	dry --boot 'a disk.img' --firmware "$@"
}

line=$(by auto -- true)
like 'UEFI, where there is one' "$line" " -bios $SCRATCH/firmware.fd"
unlike '... boots no kernel of ours' "$line" ' -kernel '
unlike '... with no arguments' "$line" ' -append '
unlike '... and no initramfs' "$line" ' -initrd '
like 'the machine has firmware' "$line" ' -machine q35'
like 'it boots the image first' "$line" ' -device virtio-blk-pci,drive=disk0,bootindex=0 '
like 'what is written is lost' "$line" "if=none,id=disk0,format=raw,snapshot=on,file=$SCRATCH/a disk.img"
like 'the session is on a disk' "$line" ' virtio-blk-pci,drive=agent,serial=whittle'
unlike 'with --keep' "$(by auto --keep -- true)" 'snapshot=on'
unlike 'BIOS is what QEMU has' "$(by bios -- true)" ' -bios '
sed "s,^machine.q35.uefi .*,&\nmachine.q35.uefi-option = kernel," there.arch >kernel.arch
like "firmware that other firmware starts" "$("$runqemu" --dry-run --accel tcg --kernel bzImage --guest-init --arch ./kernel.arch --boot "a disk.img" --firmware uefi -- true)" " -kernel $SCRATCH/firmware.fd"
sed "s,^\\(machine.q35.uefi-option = \\).*,\\1rom," kernel.arch >rom.arch
fails 125 "an option that QEMU has not" "$runqemu" --dry-run --kernel bzImage --arch ./rom.arch -- true
said "... is told" "rom.arch: machine.q35.uefi-option is bios or kernel, not .rom."
like 'a stick' "$(by bios --boot-as usb -- true)" ' -device qemu-xhci,id=port0 -device usb-storage,bus=port0.0,removable=on,drive=disk0,bootindex=0 '
like 'a CD' "$(by bios --boot-as cd -- true)" ' -device virtio-scsi-pci,id=port0 -device scsi-cd,bus=port0.0,drive=disk0,bootindex=0 '
like 'an NVMe disk' "$(by bios --boot-as nvme -- true)" ' -device nvme,serial=disk0,drive=disk0,bootindex=0 '
like 'more disks come behind it' "$(truncate -s 1M b; by bios --disk b -- true)" 'drive=disk0,bootindex=0 .*drive=disk1 '

fails 125 'firmware that is not there' "$runqemu" --dry-run --accel tcg --kernel bzImage --guest-init --arch ./none.arch \
	--boot 'a disk.img' --firmware uefi -- true
said '... is told, with the remedy' "^runqemu: this machine has no firmware of UEFI for none, such as $SCRATCH/none.fd: install it (on Debian, apt-get install [a-z]"
said '... and the other way' 'or boot by BIOS: --firmware bios (FIRMWARE=bios of make)$'
fails 125 'a machine without firmware' dry --boot 'a disk.img' --firmware uefi --machine pc -- true
said '... is told' '^runqemu: the machine pc of there has no UEFI that boots an image$'
fails 2 'firmware without an image' dry --firmware bios -- true
said '... is told' 'firmware goes with --boot FILE (BOOT= of make)'
fails 2 'other firmware' by coreboot -- true
said '... is told' 'takes one of auto, bios, uefi, not .coreboot.'
fails 2 'arguments of the kernel' by bios --append quiet -- true
said '... are those of the image' 'leave out --append (APPEND= of make)'
fails 2 'another kind of disk, without firmware' dry --boot 'a disk.img' --boot-as cd -- true
said '... is told' 'boot-as goes with --firmware'
fails 125 'no such image' dry --boot gone --firmware bios -- true
said '... is told' 'cannot use the disk gone: No such file'
done_testing
