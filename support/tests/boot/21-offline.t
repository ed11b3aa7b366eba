#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Without a network: front ends of Kconfig, sources and tools come from a mirror that make source left, as docs/sources.md says.
set -u
# shellcheck source=support/tests/board.sh
. support/tests/board.sh

if [ ! -f "$CHECK_O/default/.config" ]; then
	skip 'offline' "there is no build in $CHECK_O/default: 10-qemu-x86_64.t makes it"
	done_testing
	exit
fi
if ! unshare -rn true 2>/dev/null; then
	skip 'offline' 'no namespace without a network can be made here'
	done_testing
	exit
fi
ok 'a mirror' board default source DEST="$SCRATCH/mirror"
ok 'it has the kernel' test -s "$(echo "$SCRATCH"/mirror/linux/linux*.tar.xz)"

# A machine that has nothing but the tree and the mirror, and no front ends.
export XDG_CACHE_HOME="$SCRATCH/cache"
O=$SCRATCH/out
alone() { unshare -rn timeout 900 make O="$O" KCONFIG_FRONTENDS=own "$@"; }
fails 2 'no network, no mirror' alone CONFIG_OFFLINE=y qemu-x86_64_defconfig
said 'the file is named' 'linux/linux-'
unlike 'and no server is asked' "$(cat "$SCRATCH/.tap.out")" 'Could not resolve host'
ok 'the mirror on the command line' alone CONFIG_MIRROR="file://$SCRATCH/mirror" CONFIG_OFFLINE=y qemu-x86_64_defconfig
ok 'it is a configuration' grep -q '^CONFIG_BOARD_QEMU_X86_64=y' "$O/.config"
ok 'little is kept of the kernel' test "$(du -sk "$O/kconfig" | cut -f 1)" -lt 20000
ok 'the mirror, to be kept' alone set OPTIONS="MIRROR=\"file://$SCRATCH/mirror\" OFFLINE=y"
# the front ends from nothing once more, by what .config says
rm -rf "$O/kconfig" "$SCRATCH/cache"
ok 'the mirror in .config' alone olddefconfig
ok 'it stays there' grep -q "^CONFIG_MIRROR=\"file://$SCRATCH/mirror\"" "$O/.config"
ok 'sources' alone source
ok 'are there' test -s "$(echo "$XDG_CACHE_HOME"/whittle/dl/busybox/*)"
# the front ends are kept for the next
rm -rf "$O/kconfig"
ok 'another time' alone olddefconfig
unlike 'no front end is built' "$(cat "$SCRATCH/.tap.out")" 'building the front ends'
done_testing
