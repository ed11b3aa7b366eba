#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Every image of the root filesystem: checked by the programs of its format, booted, compared with the manifest by the guest,
# and made again elsewhere with the same bytes.
# shellcheck disable=SC2016 # text for the guest's shell stands in single quotes
set -u
# shellcheck source=support/tests/board.sh
. support/tests/board.sh
. support/tests/content.sh

if ! command -v veritysetup >/dev/null && [ ! -x /usr/sbin/veritysetup ]; then
	skip 'images' 'there is no veritysetup: scripts/bootstrap installs it'
	done_testing
	exit
fi
DIR=$CHECK_O/images
mkdir -p "$DIR/over/usr/bin"
echo tool >"$DIR/over/usr/bin/tool"
ln -f "$DIR/over/usr/bin/tool" "$DIR/over/usr/bin/again"
cat >"$DIR/table" <<'END'
nod /var/disk 0660 0 6 b 8 240
pipe /var/fifo 0600 3000000 3000001
perm /usr/bin/tool 4755 1000 100
cap /usr/bin/tool cap_net_raw+ep
END
configure() {
	mkdir -p "$1"
	cat board/qemu-x86_64/defconfig - >"$1/.config" <<-END
		CONFIG_ROOTFS_OVERLAY="$DIR/over"
		CONFIG_ROOTFS_DEVICE_TABLE="$DIR/table"
		CONFIG_PACKAGE_OVERLAY_ROOT=y
		CONFIG_PACKAGE_IMAGE_EROFS=y
		CONFIG_PACKAGE_IMAGE_EXT4=y
		CONFIG_PACKAGE_IMAGE_SQUASHFS=y
		CONFIG_PACKAGE_IMAGE_TAR=y
		CONFIG_PACKAGE_IMAGE_VERITY=y
		${2-}
	END
}
configure "$DIR"
ok 'all are built' board images
images=$DIR/images
host() { # PACKAGE PROGRAM ARGUMENT...: a program that was built for this machine
	host_program=$DIR/build/$1-host/image/host/usr/bin/$2
	shift 2
	"$host_program" "$@"
}

ok 'e2fsck finds nothing' host e2fsprogs e2fsck -fn "$images/rootfs.ext4"
ok 'fsck.erofs finds nothing' host erofs-utils fsck.erofs "$images/rootfs.erofs"
ok 'unsquashfs reads all' host squashfs-tools unsquashfs -quiet -no-progress -cat "$images/rootfs.squashfs" init
like 'the capabilities are in the ext4' "$(host e2fsprogs debugfs -R 'ea_list /usr/bin/tool' "$images/rootfs.ext4" 2>/dev/null)" \
	'security.capability (20) = 01 00 00 02 00 20 00 00'
for format in erofs ext4 squashfs tar; do
	like "$format: the kernel has what it needs" "$(grep -c -e '^CONFIG_EROFS_FS=y' -e '^CONFIG_EXT4_FS=y' -e '^CONFIG_SQUASHFS=y' \
		-e '^CONFIG_OVERLAY_FS=y' -e '^CONFIG_DM_INIT=y' "$images/kernel.config")" '^5$'
done

# run FORMAT COMMAND [VARIABLE...]: in the guest; sets out and status.
run() {
	run_format=$1 run_command=$2
	shift 2
	status=0
	out=$(board images -s qemu-run TIMEOUT=300 BOOT="$run_format" RUN="$run_command" "$@" 2>"$SCRATCH/err" </dev/null) || status=$?
}
mkdir "$SCRATCH/share"
cp "$images/rootfs.manifest" support/tests/readback.sh "$SCRATCH/share"
paths=$(wc -l <"$images/rootfs.manifest")
for format in ext4 squashfs erofs verity; do
	was=$(sha256sum <"$images/rootfs.$format")
	start=$(date +%s%N)
	run "$format" 'grep -o "^[^ ]* / [^ ]*" /proc/mounts | tail -n 1; echo written >/etc/written && cat /etc/written'
	echo "# $format: a boot and a command took $((($(date +%s%N) - start) / 1000000)) ms"
	is "$format: with a layer in memory, all can be written to" "$out $status" 'overlay / overlay
written 0'
	run "$format" 'sh /tmp/share/readback.sh /tmp/share/rootfs.manifest; touch /etc/x 2>/dev/null || echo read-only' \
		SHARE="$SCRATCH/share:/tmp/share" APPEND=init=/init
	is "$format: without it, the guest has just what the manifest has, and cannot write" "$out" "compared $paths paths
read-only"
	is "$format: the file stays as it was" "$(sha256sum <"$images/rootfs.$format")" "$was"
done
run verity 'cat /sys/block/dm-0/dm/name; exit 4'
is 'the root is the device of dm-verity; the exit status is that of the command' "$out $(grep -o 'Error [0-9]*' "$SCRATCH/err" | head -n 1)" 'rootfs Error 4'

# One block of the data is another one.
cp "$images/rootfs.verity" "$SCRATCH/good"
at=$(grep -abo -m 1 . "$images/rootfs.verity" | head -n 1 | cut -d : -f 1)
printf 'whittle' | dd of="$images/rootfs.verity" bs=1 seek=$((at + 8192)) conv=notrunc 2>/dev/null
run verity 'find / -xdev -type f -exec cat {} + >/dev/null'
unlike 'a changed block is noticed' "$status" '^0$'
cp "$SCRATCH/good" "$images/rootfs.verity"

# A guest that ends while it writes.
run ext4 'dd if=/dev/zero of=/root/big bs=64k count=100 2>/dev/null & sleep 1; echo half >/root/half; echo b >/proc/sysrq-trigger; sleep 60' \
	KEEP=y 'APPEND=rw init=/init'
run ext4 'echo up' KEEP=y 'APPEND=rw init=/init'
is 'after a guest that ended in the middle of writing, it boots' "$out" up
ok 'and is whole' host e2fsprogs e2fsck -fp "$images/rootfs.ext4"
cp "$DIR/build/image-ext4/image/images/rootfs.ext4" "$images/rootfs.ext4"

# The same bytes: made again where they are.
for format in ext4 squashfs erofs verity tar; do
	was=$(sha256sum <"$images/rootfs.$format")
	ok "$format: it is made again" board images "image-$format-rebuild" images
	is "$format: with the same bytes" "$(sha256sum <"$images/rootfs.$format")" "$was"
done

# The same bytes: elsewhere, with another umask, one job; without the kernel, which is as it is.
other=$CHECK_O/images-again/a/deeper/place
rm -rf "$CHECK_O/images-again"
configure "$other" '# CONFIG_PACKAGE_LINUX is not set'
ok 'they are made elsewhere' sh -c 'umask 077; exec make -j1 O="$1" TOOLDIR="$2"' sh "$other" "${TOOLBIN%/bin}"
for format in ext4 squashfs erofs verity tar; do
	is "$format: the same bytes" "$(sha256sum <"$other/images/rootfs.$format")" "$(sha256sum <"$images/rootfs.$format")"
done
rm -rf "$CHECK_O/images-again"

# 100 MB of content.
content "$SCRATCH/big"
configure "$other" "CONFIG_IMAGE_EXT4_SIZE=64
# CONFIG_PACKAGE_LINUX is not set"
sed -i "s,^CONFIG_ROOTFS_OVERLAY=.*,CONFIG_ROOTFS_OVERLAY=\"$SCRATCH/big\"," "$other/.config"
: >"$DIR/table"
fails 2 'more than the size asked for' make O="$other" TOOLDIR="${TOOLBIN%/bin}" -k
said 'says how much is needed' 'image-ext4: the root filesystem does not fit into 64 MiB: it needs about 1[0-9][0-9] (IMAGE_EXT4_SIZE'
sed -i 's,^CONFIG_IMAGE_EXT4_SIZE=.*,CONFIG_IMAGE_EXT4_SIZE=0,' "$other/.config"
ok 'as much as is needed' make O="$other" TOOLDIR="${TOOLBIN%/bin}"
sed -n 's/^  BUILD  *\(image-[^ ]*\) *\(.*\)/# 100 MB: \1 \2/p' "$SCRATCH/.tap.out"
ok 'e2fsck finds nothing in that' host e2fsprogs e2fsck -fn "$other/images/rootfs.ext4"
rm -rf "$CHECK_O/images-again"
done_testing
