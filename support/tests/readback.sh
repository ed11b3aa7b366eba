# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
# For a guest: compare the root file system that it runs from with the manifest that it was made from.
#
#   sh readback.sh MANIFEST
#
# Prints a line for each difference, and last "compared N paths".

manifest=$1
root=/tmp/root
mkdir -p "$root"
# Without what is mounted on its directories.
mount -o bind / "$root"

# kind FILE: its type, as the manifest calls it.
kind() {
	if [ -L "$1" ]; then
		echo slink
	elif [ -d "$1" ]; then
		echo dir
	elif [ -f "$1" ]; then
		echo file
	elif [ -c "$1" ]; then
		echo char
	elif [ -b "$1" ]; then
		echo block
	elif [ -p "$1" ]; then
		echo pipe
	fi
}

# what FILE TYPE: its size and the seventh word of the manifest.
what() {
	case $2 in
	file) echo "$(stat -c %s "$1") $(sha256sum <"$1" | cut -d ' ' -f 1)" ;;
	slink) echo "0 $(readlink "$1")" ;;
	char | block) echo "0 $(($(stat -c 0x%t "$1"))):$(($(stat -c 0x%T "$1")))" ;;
	*) echo 0 - ;;
	esac
}

count=0
while read -r path type mode uid gid size what _; do
	count=$((count + 1))
	file=$root$path
	if [ "$type" = link ]; then
		[ "$(stat -c %i "$file")" = "$(stat -c %i "$root$what")" ] || echo "$path is no hard link to $what"
		continue
	fi
	is="$(kind "$file") $(stat -c '%a %u %g' "$file") $(what "$file" "$type")"
	[ "$is" = "$type $(printf %o "0$mode") $uid $gid $size $what" ] || echo "$path: $is, but $type $mode $uid $gid $size $what"
done <"$manifest"
echo "compared $count paths"
umount "$root"
