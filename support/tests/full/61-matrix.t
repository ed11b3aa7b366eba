#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# make matrix: two pinned kernels, a directory that is none, and three architectures, in tables.
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
# said_in LOG: what a guest said; the first one on a machine is also told whether KVM works.
said_in() {
	grep -v '^runqemu: ' "$1"
}
for v in 6.1.176 6.12.95; do
	is "$v: the log has what its guest said" "$(said_in "$CHECK_O/matrix/matrix/$v/run.log")" "$v"
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
# Three architectures, and one that nobody has. The cache is the same.
kernels='6.1.176 6.12.95'
tested=x86_64
for arch in aarch64 s390x; do
	cross=$(sed -n 's/^arch.cross *= *//p' "support/arch/$arch.arch")
	qemu=$(sed -n 's/^arch.qemu *= *//p' "support/arch/$arch.arch")
	if command -v "${cross}gcc" >/dev/null && command -v "$qemu" >/dev/null; then
		tested="$tested $arch"
	else
		skip "$arch" "there is no ${cross}gcc or no $qemu: scripts/bootstrap check-full installs them"
	fi
done
start=$(date +%s)
fails 2 "architectures: $tested, and one that is none" \
	board matrix matrix ARCHES="$tested z80" KERNELS="$kernels" RUN='uname -rm'
echo "# it took $(($(date +%s) - start)) s"
table=$(grep -e '^board ' -e '^qemu-' "$SCRATCH/.tap.out")
printf '%s\n' "$table" | sed 's/^/# /'
like 'the table: what its columns are' "$table" '^board  *kernel  *kernel (KiB)  *initramfs (KiB)  *build (s)  *boot (ms)  *result$'
for arch in $tested; do
	for v in $kernels; do
		like "$arch $v: sizes, times, and that it is well" "$table" \
			"^qemu-$arch  *$(echo "$v" | sed 's/\./\\./g')  *[0-9][0-9]*  *[0-9][0-9]*  *\([0-9][0-9]*\|cached\)  *[0-9][0-9]*  ok\$"
		place=$CHECK_O/matrix/matrix/qemu-$arch/$v
		[ "$arch" != x86_64 ] || place=$CHECK_O/matrix/matrix/$v
		is "$arch $v: its guest was of that kind" "$(said_in "$place/run.log")" "$v $arch"
		is "$arch $v: each setting of the board takes effect" "$(grep 'did not take effect' "$place/build.log")" ''
	done
done
for v in $kernels; do
	like "none $v: is told" "$table" "^qemu-z80  *$v  *-  *-  *-  *-  there is no board qemu-z80\$"
done
rm -rf "$CHECK_O/matrix/matrix"
fails 2 'all that again, from the cache' board matrix matrix ARCHES="$tested z80" KERNELS="$kernels" RUN=true
is 'nothing is built for it' "$(grep '^qemu-' "$SCRATCH/.tap.out" | grep -v z80 | grep -vc ' cached  *[0-9][0-9]*  ok$')" 0
[ "$tap_failed" != 0 ] || rm -rf "$CHECK_O/matrix"
done_testing
