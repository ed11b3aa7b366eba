#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# A board of a foreign architecture, built from sources beside the default board, and what its guest does.
# shellcheck disable=SC2016 # text for other shells stands in single quotes
set -u
. support/tests/board.sh
. support/tests/machine.sh
export XDG_CACHE_HOME="$CHECK_O/cache"
name=qemu-aarch64

if [ -z "$(command -v aarch64-linux-gnu-gcc)" ] || [ -z "$(command -v qemu-system-aarch64)" ]; then
	skip "$name" 'there is no aarch64-linux-gnu-gcc or no qemu-system-aarch64: scripts/bootstrap check installs them'
	done_testing
fi
rm -rf "${CHECK_O:?}/$name"
built "$name"
runs "$name"
shell_runs "$name"
debugs "$name"
guest "$name" 'uname -m'
is 'it is that architecture' "$out" aarch64
is 'each program in the image is for it' "$(cd "$CHECK_O/$name/build" && find ./*/image/target -type f -perm -u+x -exec sh -c '
	[ "$(head -c 4 "$1" | tail -c 3)" != ELF ] || od -An -tu2 -j18 -N2 "$1"' - {} \; | tr -d ' ' | sort -u)" 183

# The same bytes in another place, and out of the cache; x86-64 and this one do not meet there.
sums() { (cd "$CHECK_O/$1/images" && sha256sum -- *); }
want=$(sums "$name")
ok 'again, in another directory' board second "${name}_defconfig"
ok 'its images' board second
is 'nothing is compiled' "$(grep -c '^  BUILD' "$SCRATCH/.tap.out")" 0
is 'the same bytes' "$(sums second)" "$want"
rm -rf "$CHECK_O/second"

# A program of another architecture in an overlay.
mkdir -p "$SCRATCH/overlay/usr/bin"
echo 'int main(void) { return 0; }' | gcc -static -x c -o "$SCRATCH/overlay/usr/bin/foreign" -
cp "$CHECK_O/$name/.config" "$SCRATCH/config"
ok 'an overlay' board "$name" set OPTIONS="ROOTFS_OVERLAY=$SCRATCH/overlay"
fails 2 'a static program for this machine in it' board "$name"
said 'it is named' '/usr/bin/foreign'
cp "$SCRATCH/config" "$CHECK_O/$name/.config"
# A compiler that makes programs for another architecture.
ok 'the compiler of this machine' board "$name" set OPTIONS=TOOLCHAIN_CC=gcc
fails 2 'it makes no programs for the board' board "$name"
said 'both are named' 'makes programs for .* but the board.s architecture is aarch64'
cp "$SCRATCH/config" "$CHECK_O/$name/.config"
ok 'as it was' board "$name"
is 'the same images' "$(sums "$name")" "$want"
done_testing
