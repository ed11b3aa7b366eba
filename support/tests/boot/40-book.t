#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The book of a board, on the build that another test left (or a new one): its commands alone give the same
# initramfs, and its QEMU command boots that. The kernel is the engine's.
#
#   40-book.t [BOARD]
# shellcheck disable=SC2016,SC1003 # text for the guest and of the book
set -u
. support/tests/board.sh
# shellcheck source=support/tests/machine.sh
. support/tests/machine.sh
# shellcheck source=support/tests/book.sh
. support/tests/book.sh

export XDG_CACHE_HOME="$CHECK_O/cache"
name=default
if [ -n "${1-}" ]; then
	name=$1
	ok "$name: configured" board "$name" "$name"_defconfig
fi
book=$CHECK_O/$name/book/book.txt
hand=$SCRATCH/hand

ok 'make book' board "$name" book
ok 'the page is there' test -s "$CHECK_O/$name/book/index.html"

# The commands, less the chapter that builds the kernel, on what the book says that they need of the tree.
mkdir "$hand"
book_commands "$book" linux >"$hand/commands.sh"
ok 'what it needs of the tree' book_tree "$book" "$SCRATCH/top"

by_hand() {
	(cd "$hand" && env -i PATH=/usr/bin:/bin TOP="$SCRATCH/top" DL="$XDG_CACHE_HOME/whittle/dl" sh -e ./commands.sh) </dev/null
}
ok 'its commands, in a clean directory, without the engine' by_hand
initramfs=$(cd "$CHECK_O/$name/images" && echo initramfs*)
ok 'the same initramfs, byte for byte' cmp "$CHECK_O/$name/images/$initramfs" "$hand/system/images/$initramfs"

# QEMU as the book calls it; commands are typed once the greeting is there.
awk '!f && $1 ~ /^~~~+$/ && $2 == "text" && $3 == "book-boot" { f = $1; next } f && $0 == f { exit } f' "$book" >"$SCRATCH/boot.sh"
like 'the book tells how to boot it' "$(cat "$SCRATCH/boot.sh")" "^$(of "$name" arch.qemu) "
kernel=$(sed -n 's,.*-kernel "\$WORK/images/\([^"]*\)".*,\1,p' "$SCRATCH/boot.sh")
ok 'which of its files boots' cp "$CHECK_O/$name/images/$kernel" "$hand/system/images"
mkfifo "$SCRATCH/keys"
WORK="$hand/system" timeout 300 sh "$SCRATCH/boot.sh" <"$SCRATCH/keys" >"$SCRATCH/console" 2>&1 &
qemu=$!
exec 3>"$SCRATCH/keys"
# console_says TEXT: until it has, or QEMU has ended, two minutes at most
console_says() {
	n=0
	while [ "$n" -lt 1200 ] && grep -qs '^State:[^Z]*$' "/proc/$qemu/status" && ! grep -qF "$1" "$SCRATCH/console"; do
		sleep 0.1
		n=$((n + 1))
	done
}
greeting=$(sed -n 's/^CONFIG_ROOTFS_GREETING="\(.*\)"$/\1/p' "$CHECK_O/$name/.config")
console_says "$greeting"
printf 'echo 6 times 7 is $((6 * 7))\nexit\n' >&3
console_says 'reboot: Power down'
# Some machines cannot turn themselves off: there, the kernel says so.
console_says 'Unable to poweroff system'
stays=$(grep -c 'Unable to poweroff system' "$SCRATCH/console")
[ "$stays" = 0 ] || kill "$qemu"
status=0
wait "$qemu" || status=$?
[ "$stays" = 0 ] || status=0
exec 3>&-
is 'the guest ends' "$status" 0
like 'it had a shell' "$(tr -d '\r' <"$SCRATCH/console")" '^6 times 7 is 42$'
# What it wants of this machine is what bootstrap installs for the board.
sed -n '/^apt-get install /,/^~~~/{/^~~~/!p;}' "$book" | tr -d '\\' | tr -s ' ' '\n' | sed '1,2d' >"$SCRATCH/wanted"
for package in $(of "$name" packages.apt); do
	[ "$(of "$name" arch.host | grep -cw "$(uname -m)")" = 0 ] || case $package in gcc* | gdb*) continue ;; esac
	ok "Debian's package $package" grep -qx "$package" "$SCRATCH/wanted"
done
done_testing
