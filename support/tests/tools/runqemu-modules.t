#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# runqemu without a guest: a kernel whose drivers are modules, as distributions have them.
# shellcheck disable=SC2016 # text for other shells stands in single quotes
set -u
# shellcheck source=support/tests/fakeqemu.sh
. support/tests/fakeqemu.sh

# A bzImage with its release at 0x300, and another one.
image() {
	head -c 514 /dev/zero
	printf HdrS
	head -c 8 /dev/zero
	printf '\0\001'
	head -c 240 /dev/zero
	printf '%s (builder) #1' "$1"
	head -c 100 /dev/zero
}
release=6.1.0-9-test
modules=x/lib/modules/$release
mkdir -p x/boot "$modules/kernel"
image "$release" >"x/boot/vmlinuz-$release"
kernel=x/boot/vmlinuz-$release
{
	printf 'CONFIG_%s=y\n' X86_64 PCI
	printf 'CONFIG_%s=m\n' VIRTIO_PCI VIRTIO_CONSOLE VIRTIO_BLK NET_9P_VIRTIO 9P_FS OVERLAY_FS
} >"x/boot/config-$release"
for name in virtio virtio_ring virtio_pci virtio_console virtio-blk 9pnet 9pnet_virtio 9p overlay other; do
	echo "module $name" >"$modules/kernel/$name.ko"
done
gzip "$modules/kernel/9p.ko"
xz "$modules/kernel/9pnet.ko"
dry() {
	"$runqemu" --dry-run --accel tcg --kernel "$kernel" --initramfs initramfs "$@"
}
fails 125 'without the index of its modules' dry --modules x -- true
said 'is told how to make it' "^runqemu: x/lib/modules/$release has no modules.dep: 'depmod -b x $release' makes one"
fails 125 'modules of another kernel' dry --modules "$SCRATCH/tmp" -- true
said 'is told which' "has no modules for the kernel $release: neither modules.dep nor lib/modules/$release"
fails 125 'a directory that is not there' dry --modules nowhere -- true
said 'is told' 'cannot read the modules in nowhere: No such file'
unlike 'without modules, nothing is known of them' "$(dry -- true)" 'virtserialport'
cat >"$modules/modules.dep" <<'END2'
kernel/virtio.ko:
kernel/virtio_ring.ko:
kernel/virtio_pci.ko: kernel/virtio.ko kernel/virtio_ring.ko
kernel/virtio_console.ko: kernel/virtio.ko kernel/virtio_ring.ko
kernel/virtio-blk.ko: kernel/virtio.ko kernel/virtio_ring.ko
kernel/9pnet.ko.xz:
kernel/9pnet_virtio.ko: kernel/9pnet.ko.xz kernel/virtio.ko
kernel/9p.ko.gz: kernel/9pnet.ko.xz
kernel/overlay.ko:
kernel/other.ko:
END2
like 'with them, it has their drivers' "$(dry -- true)" ' virtserialport,'
like 'all modules are a directory of the guest' "$(dry -- true)" "readonly=on,path=$SCRATCH/$modules -device virtio-9p-pci,"

# The files in front of the initramfs, in a script's place for QEMU.
fake layer <<'END2'
cat /proc/self/fd/10 >layer.img
echo "${mark}ready" >&5
printf '%s\n' "${mark}ready" "${mark}end" >&6
echo "${mark}status 0" >&5
exec sleep 60
END2
# loaded OPTION...: the modules, in their order, as they are unpacked.
loaded() {
	"$runqemu" --accel tcg --kernel "$kernel" --initramfs initramfs --qemu ./layer "$@" -- true || echo failed
	tr '\0' '\n' <layer.img | sed -n 's/^module //p' | paste -s -d ' ' -
}
is 'what is needed is loaded first, in its order' "$(loaded)" 'virtio_ring virtio virtio_pci virtio_console 9pnet 9pnet_virtio 9p'
truncate -s 1M disk
is 'and for a disk' "$(loaded --disk disk)" 'virtio_ring virtio virtio_pci virtio_console virtio-blk 9pnet 9pnet_virtio 9p'
is 'and for a root' "$(loaded --root / | sed 's/.* //')" overlay
ok 'by insmod' grep -qa 'insmod "$module"' layer.img
own=$kernel kernel=bzImage
is 'for other images there are none' "$(loaded)" ''
kernel=$own
echo garbage | head -c 4 >"$modules/kernel/9p.ko.gz"
printf '\037\213garbage' >"$modules/kernel/9p.ko.gz"
fails 125 'a damaged module' "$runqemu" --accel tcg --kernel "$kernel" --initramfs initramfs --qemu ./layer -- true
said 'is told' "cannot read the module $SCRATCH/$modules/kernel/9p.ko.gz: "
echo 'module 9p' | gzip >"$modules/kernel/9p.ko.gz"
# As Fedora has it: all in the directory of the modules.
cp "$kernel" "$modules/vmlinuz"
mv "x/boot/config-$release" "$modules/config"
like 'a kernel among its modules' "$("$runqemu" --dry-run --accel tcg --kernel "$modules/vmlinuz" -- true)" ' virtserialport,'

done_testing
