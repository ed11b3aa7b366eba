#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Images of the root filesystem: what the archive has that they are made of, when they are made anew, and what is refused.
# shellcheck disable=SC2016 # text for other shells stands in single quotes
set -u
. support/tests/engine.sh

simple liba
pkg image-one <<'END'
IMAGE_ONE_TYPE   := image
IMAGE_ONE_IMAGES := one.img
IMAGE_ONE_BOOT   := kernel ro
IMAGE_ONE_label   = $(call image-text,CONFIG_IMAGE_ONE_LABEL,8)
define IMAGE_ONE_BUILD
echo "$(IMAGE_ONE_label) $$SOURCE_DATE_EPOCH $$uuid" >one.img
cat "$$ROOTFS/rootfs.tar" >>one.img
endef
END
cat >>"$EXT/package/image-one/Kconfig" <<'END'
config IMAGE_ONE_LABEL
	string "Label"
	default "first"
	depends on PACKAGE_IMAGE_ONE
	help
	  For a test.
END
sed -i '1i # Menu: Images' "$EXT/package/image-one/Kconfig"
pkg image-two <<'END'
IMAGE_TWO_TYPE    := image
IMAGE_TWO_DEPENDS := image-one
IMAGE_TWO_IMAGES  := two.img two.img.cmdline
IMAGE_TWO_BOOT    := kernel rw
define IMAGE_TWO_BUILD
echo "$$uuid" >two.img
cat $(call image-dir,image-one)/one.img >>two.img
echo 'root="/dev/two three"' >two.img.cmdline
endef
END
over=$SCRATCH/over
mkdir -p "$over/usr/bin"
echo tool >"$over/usr/bin/tool"
ln "$over/usr/bin/tool" "$over/usr/bin/again"
echo grün >"$over/grün"
long=$(printf '%0120d' 7)
mkdir "$over/$long"
echo long >"$over/$long/$long"
ln -s "$long/$long" "$over/link"
cat >"$SCRATCH/table" <<'END'
perm /usr/bin/tool 4755 1000 100
nod /dev/disk 0660 0 6 b 8 240
pipe /run/fifo 0600 3000000 3000001
cap /usr/bin/tool cap_net_raw,cap_checkpoint_restore+ep
END
settings() {
	printf '%s\n' "CONFIG_ROOTFS_OVERLAY=\"$over\"" "CONFIG_ROOTFS_DEVICE_TABLE=\"$SCRATCH/table\"" "$@" >"$SCRATCH/config.more"
}
settings
choose liba image-one image-two image-tar
images=$OUT/images

ok 'a first build' whittle
said 'the images are listed with their sizes' ' KiB  one\.img$'
said 'and their sum' ' KiB  total$'
is 'each is made once' "$(steps | tr , '\n' | grep -c 'BUILD image-')" 3
ok 'the archive is made again' whittle image-tar-rebuild all
like 'menu Images has the one that says so' "$(cat "$OUT/kconfig/images.in")" 'package/image-one/Kconfig'
unlike 'menu Packages has not' "$(cat "$OUT/kconfig/packages.in")" 'package/image-one/Kconfig'

# The archive, read by a program that did not write it.
tar --numeric-owner -tvf "$images/rootfs.tar" >"$SCRATCH/listing"
listed() { sed -n "s| *\([0-9]*,*[0-9]*\) 1980-01-01 00:00 $1\$| \1|p" "$SCRATCH/listing"; }
is 'set-user-id and the owner' "$(listed usr/bin/again | tr -s ' ')" '-rwsr-xr-x 1000/100 5'
is 'a hard link' "$(listed 'usr/bin/tool link to usr/bin/again' | tr -s ' ')" 'hrwsr-xr-x 1000/100 0'
is 'a device' "$(listed dev/disk | tr -s ' ')" 'brw-rw---- 0/6 8,240'
is 'a pipe, and owners that the header has no room for' "$(listed run/fifo | tr -s ' ')" 'prw------- 3000000/3000001 0'
is 'the root directory' "$(listed ./ | tr -s ' ')" 'drwxr-xr-x 0/0 0'
is 'a long name' "$(tar -xOf "$images/rootfs.tar" "$long/$long")" long
is 'a name that is not ASCII' "$(tar -xOf "$images/rootfs.tar" grün)" grün
is 'a long link' "$(listed "link -> $long/$long" | tr -s ' ')" 'lrwxrwxrwx 0/0 0'
hex=$(grep -abo 'SCHILY.xattr.security.capability=' "$images/rootfs.tar" | head -n 1 | cut -d : -f 1)
is 'capabilities, as the kernel reads them' "$(tail -c +$((hex + 34)) "$images/rootfs.tar" | head -c 20 | od -An -v -tx1 | tr -d ' \n')" \
	0100000200200000000000000001000000000000
like 'the manifest has them, too' "$(grep '^/usr/bin/again ' "$images/rootfs.manifest")" ' over cap_net_raw,cap_checkpoint_restore+ep$'
is 'it has as many paths as the manifest' "$(wc -l <"$SCRATCH/listing")" "$(wc -l <"$images/rootfs.manifest")"

# Bytes.
first=$(head -n 1 "$images/one.img")
like 'label, time and a UUID' "$first" '^first 315532800 [0-9a-f]\{8\}-[0-9a-f]\{4\}-8[0-9a-f]\{3\}-8[0-9a-f]\{3\}-[0-9a-f]\{12\}$'
like 'each image has a UUID of its own' "$(head -n 1 "$images/two.img" | grep -c "${first##* }")" '^0$'
sums() { (cd "$images" && sha256sum one.img two.img rootfs.tar); }
was=$(sums)
ok 'a second make' whittle
said 'does nothing' 'Nothing to be done'
mkdir "$SCRATCH/elsewhere"
# In another directory, with another umask, later, one after the other.
here=$OUT
OUT=$SCRATCH/elsewhere/out
mkdir "$OUT"
choose liba image-one image-two image-tar
(umask 077 && whittle -j1) >"$SCRATCH/elsewhere.log" 2>&1
OUT=$here
is 'the same bytes elsewhere, with another umask, one job' "$(cd "$SCRATCH/elsewhere/out/images" && sha256sum one.img two.img rootfs.tar)" "$was"

echo other >"$over/grün"
ok 'a file changes' whittle explain
said 'explain tells of the image' '^image-one: '
ok 'it is built' whittle
is 'each image is made anew, once' "$(steps)" \
	'BUILD image-one,BUILD image-tar,BUILD image-two,CONFIGURE image-one,CONFIGURE image-tar,CONFIGURE image-two,INSTALL image-one,INSTALL image-tar,INSTALL image-two,INSTALL initramfs,INSTALL rootfs'
like 'the UUID is another' "$(head -n 1 "$images/one.img" | grep -c "${first##* }")" '^0$'
echo grün >"$over/grün"
ok 'it changes back' whittle
is 'so do the bytes' "$(sums)" "$was"

settings 'CONFIG_IMAGE_ONE_LABEL="second"'
choose liba image-one image-two image-tar
ok 'an option of one image' whittle
is 'makes that one anew, and what is made of it' "$(steps)" \
	'BUILD image-one,BUILD image-two,CONFIGURE image-one,CONFIGURE image-two,INSTALL image-one,INSTALL image-two'

# Running.
line=$(whittle -n qemu-run BOOT=one)
like 'BOOT boots the image' "$line" "--boot $OUT/images/one.img .*--append 'ro devtmpfs.mount=0 init=/init'"
unlike 'in place of the initramfs' "$line" '--initramfs'
unlike 'what the guest writes is lost' "$line" '--keep'
like 'KEEP=y keeps it' "$(whittle -n qemu-run BOOT=one KEEP=y)" 'one.img --keep'
like 'an image may have parameters for the kernel' "$(whittle -n qemu-run BOOT=two)" '--append "$(cat .*/two.img.cmdline)" --append .rw '
like 'BOOT=initramfs is as none' "$(whittle -n qemu-run BOOT=initramfs)" '--initramfs'
fails 2 'an image that is not chosen' whittle qemu-run BOOT=ext4
said 'what there is' 'BOOT=ext4: what there is to boot is initramfs one two'
fails 2 'KEEP that is neither y nor n' whittle qemu-run BOOT=one KEEP=yes
said 'is told' 'KEEP=yes: y or n is expected'
fails 2 'KEEP=y without an image' whittle -n qemu-run KEEP=y
said '... is told that nothing is kept' 'KEEP=y is for BOOT=NAME: nothing is kept of an initramfs'
fails 2 'KEEP=y with the initramfs by name' whittle -n qemu-run BOOT=initramfs KEEP=y
ok 'KEEP=n is true of it' whittle -n qemu-run KEEP=n
fails 2 'FIRMWARE without an image' whittle -n qemu-run FIRMWARE=bios
said '... is told what it is for' 'FIRMWARE=bios is for BOOT=NAME, such as BOOT=disk'

fails 2 'INITRAMFS_EXTRA with an image' whittle qemu-run BOOT=one INITRAMFS_EXTRA="$over"
said 'is told' 'INITRAMFS_EXTRA adds to an initramfs, and BOOT=one has none'
fails 2 'a book of them' whittle book
said 'is told' 'the book does not know of images for disks'

# What cannot be.
settings 'CONFIG_IMAGE_ONE_LABEL="far-too-long"'
choose liba image-one
fails 2 'a label that is too long' whittle
said 'is told before anything is built' 'CONFIG_IMAGE_ONE_LABEL="far-too-long" is longer than the 8 bytes'
settings
choose liba
fails 2 'capabilities without an image that can hold them' whittle
said 'are told' '/usr/bin/again has capabilities, which an initramfs cannot hold'
echo 'cap /usr/bin/tool cap_nonsense+ep' >"$SCRATCH/table"
choose liba image-one
fails 2 'a capability that there is not' whittle
said 'is told with its line' "table:1: the CAPABILITIES are 'cap_nonsense+ep': names are those"
echo 'sock /run/socket 0600 0 0' >"$SCRATCH/table"
fails 2 'a socket' whittle
said 'is told' '/run/socket (from table) is a socket'
: >"$SCRATCH/table"
choose liba
ok 'without images' whittle
is 'there is no archive' "$(find "$OUT/build/rootfs/image" -name rootfs.tar)" ''
is 'and nothing of images in the root filesystem' "$(grep -c -e '/.whittle' -e S00runqemu "$images/rootfs.manifest")" 0
done_testing
