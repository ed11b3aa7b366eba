#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# ext4.sh FILE UUID LABEL SIZE ROOM: write the root filesystem as an ext4 of SIZE MiB; if that is 0, of as many as leave ROOM
# MiB free. The size follows from the content alone.
set -eu
file=$1 uuid=$2 label=$3 size=$4 room=$5

# What files and names take, and how many inodes: KiB, number.
content=$(awk '
	{ blocks += $2 == "link" ? 0 : int(($6 + 4095) / 4096); dirs += $2 == "dir" }
	END { print (blocks + dirs * 2) * 4, NR }' "$ROOTFS/rootfs.manifest")
kib=${content% *} inodes=${content#* }

# make MIB: make it of that size. mke2fs says no more than that a block or an inode could not be had.
make() {
	rm -f "$file"
	truncate -s "$1M" "$file"
	mke2fs -q -F -t ext4 -m 0 -U "$uuid" -L "$label" -E "hash_seed=$uuid,lazy_itable_init=0,lazy_journal_init=0" \
		-N $((inodes * 5 / 4 + $1 * 64 + 16)) -d "$ROOTFS/rootfs.tar" "$file" >mke2fs.log 2>&1
}
# free: MiB that are free in it.
free() {
	dumpe2fs -h "$file" 2>/dev/null | sed -n 's/^Free blocks: *//p' | awk '{ print int($1 / 256) }'
}
# full: the reason why it was not made is its size.
full() {
	grep -q -e 'Could not allocate' -e 'No space left' -e 'No free space' -e 'too small' -e 'file system is full' mke2fs.log
}

# fit: make the smallest that leaves room MiB free, up to a few MiB; sets mib.
fit() {
	mib=$((kib / 1024 + kib / 16384 + inodes / 2048 + room + 6))
	while :; do
		if make "$mib"; then
			has=$(free)
			[ "$has" -lt "$room" ] || return 0
			mib=$((mib + room - has))
		elif full; then
			mib=$((mib + mib / 16 + 4))
		else
			return 1
		fi
	done
}

if [ "$size" -eq 0 ]; then
	fit || { cat mke2fs.log >&2; exit 1; }
elif ! make "$size"; then
	cat mke2fs.log >&2
	full || exit 1
	room=0
	fit || exit 1
	echo "image-ext4: the root filesystem does not fit into $size MiB: it needs about $mib" \
		"(IMAGE_EXT4_SIZE in menu Images; 0 is as much as is needed)" >&9
	exit 1
fi
