#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# make matrix: two pinned kernels, a directory that is none, and another architecture, in tables.
set -u
. support/tests/board.sh
export XDG_CACHE_HOME="$CHECK_O/cache"

rm -rf "$CHECK_O/matrix"
ok 'a configuration' board matrix qemu-x86_64_defconfig
start=$(date +%s)
ok 'make matrix, which LINUX_DIR is nothing to' board matrix matrix LINUX_DIR="$SCRATCH" KERNELS='6.1.176 6.12.95' RUN='uname -r'
echo "# it took $(($(date +%s) - start)) s"
said 'the table: what its columns are' '^kernel  *kernel (KiB)  *initramfs (KiB)  *build (s)  *boot (ms)  *result$'
said 'one kernel' '^6\.1\.176  *[0-9][0-9]*  *[0-9][0-9]*  *\([0-9][0-9]*\|cached\)  *[0-9][0-9]*  ok$'
said 'the other' '^6\.12\.95  *[0-9][0-9]*  *[0-9][0-9]*  *\([0-9][0-9]*\|cached\)  *[0-9][0-9]*  ok$'
for v in 6.1.176 6.12.95; do
	is "$v: it is cached if it was" "$(grep -c "^$v .* cached " "$SCRATCH/.tap.out")" "$(grep -c "^  CACHE *linux $v " "$CHECK_O/matrix/matrix/$v/build.log")"
done
for v in 6.1.176 6.12.95; do
	is "$v: the log has what its guest said" "$(cat "$CHECK_O/matrix/matrix/$v/run.log")" "$v"
done

mkdir "$SCRATCH/none"
start=$(date +%s)
fails 2 'a command that fails in one of them, and a directory that is no kernel' \
	board matrix matrix KERNELS="6.1.176 6.12.95 $SCRATCH/none" RUN='uname -r | grep -q "^6\.12"'
echo "# it took $(($(date +%s) - start)) s"
said 'the one' '^6\.1\.176  *[0-9][0-9]*  *[0-9][0-9]*  *cached  *[0-9][0-9]*  command failed: .*/matrix/6\.1\.176/run\.log$'
said 'the other' '^6\.12\.95  *[0-9][0-9]*  *[0-9][0-9]*  *cached  *[0-9][0-9]*  ok$'
said 'the directory' "^$SCRATCH/none  *-  *-  *-  *-  not built: .*/matrix/none-[0-9a-f]*/build\.log$"
ok 'nothing is compiled again' sh -c "! grep -q '^  BUILD' '$CHECK_O/matrix/matrix/6.1.176/build.log'"
# Another architecture, and one that nobody has. The cache is the same.
if command -v aarch64-linux-gnu-gcc >/dev/null && command -v qemu-system-aarch64 >/dev/null && [ -d board/qemu-aarch64 ]; then
	start=$(date +%s)
	fails 2 'two architectures, and one that is none' \
		board matrix matrix ARCHES='x86_64 aarch64 z80' KERNELS=6.12.95 RUN='uname -m'
	echo "# it took $(($(date +%s) - start)) s"
	said 'the configured one' '^qemu-x86_64  *6\.12\.95  *[0-9][0-9]*  *[0-9][0-9]*  *cached  *[0-9][0-9]*  ok$'
	said 'the other' '^qemu-aarch64  *6\.12\.95  *[0-9][0-9]*  *[0-9][0-9]*  *\([0-9][0-9]*\|cached\)  *[0-9][0-9]*  ok$'
	said 'the one that is none' '^qemu-z80  *6\.12\.95  *-  *-  *-  *-  there is no board qemu-z80$'
	is 'the guest was of that architecture' "$(cat "$CHECK_O/matrix/matrix/qemu-aarch64/6.12.95/run.log")" aarch64
else
	skip 'another architecture' 'there is no aarch64-linux-gnu-gcc, qemu-system-aarch64 or board qemu-aarch64 here'
fi
[ "$tap_failed" != 0 ] || rm -rf "$CHECK_O/matrix"
done_testing
