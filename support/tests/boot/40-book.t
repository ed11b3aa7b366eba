#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The book of the default board, on the build that 10-qemu-x86_64.t left (or a new one): its commands alone give
# the same initramfs, and its QEMU command boots that. The kernel is the engine's.
set -u
. support/tests/board.sh
# shellcheck source=support/tests/book.sh
. support/tests/book.sh

export XDG_CACHE_HOME="$CHECK_O/cache"
book=$CHECK_O/default/book/book.txt
hand=$SCRATCH/hand

ok 'make book' board default book
ok 'the page is there' test -s "$CHECK_O/default/book/index.html"

# The commands, less the chapter that builds the kernel, on what the book says that they need of the tree.
mkdir "$hand"
book_commands "$book" linux >"$hand/commands.sh"
ok 'what it needs of the tree' book_tree "$book" "$SCRATCH/top"

by_hand() {
	(cd "$hand" && env -i PATH=/usr/bin:/bin TOP="$SCRATCH/top" DL="$XDG_CACHE_HOME/whittle/dl" sh -e ./commands.sh) </dev/null
}
ok 'its commands, in a clean directory, without the engine' by_hand
initramfs=$(cd "$CHECK_O/default/images" && echo initramfs*)
ok 'the same initramfs, byte for byte' cmp "$CHECK_O/default/images/$initramfs" "$hand/system/images/$initramfs"

# QEMU as the book calls it; commands are typed once the greeting is there.
cp "$CHECK_O/default/images/bzImage" "$hand/system/images"
awk '!f && $1 ~ /^~~~+$/ && $2 == "text" && $3 == "book-boot" { f = $1; next } f && $0 == f { exit } f' "$book" >"$SCRATCH/boot.sh"
like 'the book tells how to boot it' "$(cat "$SCRATCH/boot.sh")" '^qemu-system-x86_64 '
mkfifo "$SCRATCH/keys"
WORK="$hand/system" timeout 300 sh "$SCRATCH/boot.sh" <"$SCRATCH/keys" >"$SCRATCH/console" 2>&1 &
qemu=$!
exec 3>"$SCRATCH/keys"
n=0
greeting=$(sed -n 's/^CONFIG_ROOTFS_GREETING="\(.*\)"$/\1/p' "$CHECK_O/default/.config")
while [ "$n" -lt 1200 ] && kill -0 "$qemu" 2>/dev/null && ! grep -qF "$greeting" "$SCRATCH/console"; do
	sleep 0.1
	n=$((n + 1))
done
# shellcheck disable=SC2016 # for the guest
printf 'echo 6 times 7 is $((6 * 7))\nexit\n' >&3
ok 'the guest ends' wait "$qemu"
exec 3>&-
like 'it had a shell' "$(tr -d '\r' <"$SCRATCH/console")" '^6 times 7 is 42$'
done_testing
