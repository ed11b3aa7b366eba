#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# A tree becomes an image; the image is listed, unpacked and mounted.
# shellcheck source=support/tests/tap.sh
. /test/tap.sh

mkdir -p tree/dir
seq 5000 >tree/numbers
echo small >tree/dir/small
ln -s dir/small tree/link
chmod 4750 tree/dir/small
head -c 65536 /dev/zero >tree/zeros
mkdir mnt

for compressor in gzip xz lz4; do
	ok "$compressor: mksquashfs" mksquashfs tree "$compressor.sqfs" -comp "$compressor" -quiet -no-progress
	ok "$compressor: it is smaller" [ "$(stat -c %s "$compressor.sqfs")" -lt 60000 ]
	like "$compressor: unsquashfs lists it" "$(unsquashfs -lls "$compressor.sqfs")" '^-rwsr-x--- root/root .* squashfs-root/dir/small'
	ok "$compressor: unsquashfs unpacks it" unsquashfs -no-progress -d "$compressor" "$compressor.sqfs"
	ok "$compressor: what comes out is what went in" diff -r tree "$compressor"
	ok "$compressor: the kernel mounts it" mount -t squashfs -o loop,ro "$compressor.sqfs" mnt
	ok "$compressor: it has the same" diff -r tree mnt
	umount mnt
done
is 'sqfscat prints a file' "$(sqfscat gzip.sqfs dir/small)" small
head -c 1000 xz.sqfs >half.sqfs
fails 1 'an image that is cut short' unsquashfs -no-progress -d half half.sqfs
done_testing
