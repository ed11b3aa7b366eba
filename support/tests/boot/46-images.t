#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# An ext4 boots on the default kernel: what is in it, what is kept, and commands as ever.
# shellcheck disable=SC2016 # text for the guest's shell stands in single quotes
set -u
# shellcheck source=support/tests/board.sh
. support/tests/board.sh

if [ ! -f "$CHECK_O/default/images/vmlinux" ]; then
	board default qemu-x86_64_defconfig >/dev/null && board default >/dev/null
fi
kernel=$CHECK_O/default/images/vmlinux
mkdir -p "$CHECK_O/ext4"
cat >"$CHECK_O/ext4/table" <<'END'
nod /var/disk 0660 0 6 b 8 240
pipe /var/fifo 0600 3000000 3000001
perm /sbin/console 4755 1000 100
END
cat >"$CHECK_O/ext4/.config" <<END
CONFIG_BOARD_QEMU_X86_64=y
# CONFIG_PACKAGE_LINUX is not set
CONFIG_ROOTFS_DEVICE_TABLE="$CHECK_O/ext4/table"
CONFIG_PACKAGE_IMAGE_EXT4=y
END
ok 'an ext4 is built' board ext4
image=$CHECK_O/ext4/images/rootfs.ext4
programs=$CHECK_O/ext4/build/e2fsprogs-host/image/host/usr/bin
ok 'e2fsck finds nothing' "$programs/e2fsck" -fn "$image"

# run COMMAND [VARIABLE...]: in the guest; sets out and status.
run() {
	run_command=$1
	shift
	status=0
	out=$(board ext4 -s qemu-run KERNEL="$kernel" TIMEOUT=300 BOOT=ext4 RUN="$run_command" "$@" 2>"$SCRATCH/err" </dev/null) || status=$?
}
mkdir "$SCRATCH/share"
cp "$CHECK_O/ext4/images/rootfs.manifest" support/tests/readback.sh "$SCRATCH/share"
was=$(sha256sum <"$image")
run 'sh /tmp/share/readback.sh /tmp/share/rootfs.manifest; grep " / " /proc/mounts | cut -d " " -f 3,4 | cut -c 1-7; ls /.whittle/mark; cat /dev/vdb 2>/dev/null | head -c 1; echo lost >/root/file' \
	SHARE="$SCRATCH/share:/tmp/share"
is 'the guest has just what the manifest has, and cannot read the disk of runqemu' "$out" \
	"compared $(wc -l <"$CHECK_O/ext4/images/rootfs.manifest") paths
ext4 rw
/.whittle/mark"
is 'all is well' "$status" 0
is 'the file stays as it was' "$(sha256sum <"$image")" "$was"
run 'cat /root/file; exit 3'
is 'what was written is lost, and the exit status is that of the command' "$out $status" ' 2'
run 'echo kept >/root/file' KEEP=y
run 'cat /root/file'
is 'KEEP=y keeps it' "$out" kept
ok 'e2fsck finds nothing after that' "$programs/e2fsck" -fn "$image"
cp "$CHECK_O/ext4/build/image-ext4/image/images/rootfs.ext4" "$image"
done_testing
