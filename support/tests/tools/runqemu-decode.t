#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# runqemu: the trace of a kernel that failed, with files and lines. A script stands in for QEMU, and
# a small program for vmlinux.
# shellcheck disable=SC2016 # text for other shells stands in single quotes
set -u
top=$PWD
. support/tests/fakeqemu.sh

if [ "$(uname -m)" != x86_64 ]; then
	echo '1..0 # SKIP the kernel of this test is for x86-64'
	exit 0
fi
mkdir tree tree/init
cat >tree/init/main.c <<'END'
const char linux_banner[] = "Linux version 6.12.95 (a@b) #1 SMP\n";
volatile int word;
void broken(void) { word = 1; /* broken */ }
void _start(void) { broken(); }
END
gcc -g -ffreestanding -nostdlib -static -no-pie -fno-stack-protector -o vmlinux tree/init/main.c || exit 1
gcc -ffreestanding -nostdlib -static -no-pie -fno-stack-protector -o plain tree/init/main.c || exit 1
size=0x$(nm -S vmlinux | awk '$4 == "broken" { sub("^0*", "", $2); print $2 }')
# oops NAME RELEASE: a kernel of that release that reports an oops, and goes on.
oops() {
	fake "$1" <<-END
		echo "\${mark}ready" >&5
		printf '%s\r\n' seen '[    1.0] BUG: kernel NULL pointer dereference, address: 0' \\
			'[    1.0] CPU: 0 UID: 0 PID: 1 Comm: sh Not tainted $2 #1' '[    1.0] RIP: 0010:broken+0x0/$size' >&4
		echo "\${mark}end" >&6
		echo "\${mark}status 0" >&5
		exec sleep 60
	END
}
oops own 6.12.95
oops other 6.12.94
fails 120 'an oops' with own --kernel vmlinux -- true
said 'the title of its report' '^== BUG: unable to handle kernel NULL pointer dereference in broken ==$'
said 'where it is' '^  *broken at init/main.c:3$'
said 'the line itself' '^  *3  void broken(void) { word = 1; /\* broken \*/ }$'
like 'the reason is the last line all the same' "$(tail -n 1 .tap.out)" '^runqemu: the command ended with status 0, but the kernel'
# warns NAME LINE...: a kernel that warns, then prints LINEs, and goes on.
warns() {
	name=$1
	shift
	fake "$name" <<-END
		echo "\${mark}ready" >&5
		printf '%s\r\n' seen '[    1.0] ------------[ cut here ]------------' \
			'[    1.0] WARNING: CPU: 0 PID: 1 at init/main.c:4 _start+0x0/0x10' \
			'[    1.0] CPU: 0 UID: 0 PID: 1 Comm: sh Not tainted 6.12.95 #1' '[    1.0] RIP: 0010:broken+0x0/$size' $* >&4
		echo "\${mark}end" >&6
		echo "\${mark}status 0" >&5
		exec sleep 60
	END
}
silent() { unlike "$1" "$(cat .tap.out)" "$2"; }
warns warned
ok 'a warning' with warned --kernel vmlinux -- true
silent 'is not shown again' '^==\| at init/'
ok '--decode' with warned --kernel vmlinux --decode -- true
said '... shows it' '^== WARNING in .* ==$'
said '... and where it is' '^  *broken at init/main.c:3$'
warns worse "'[    2.0] BUG: kernel NULL pointer dereference, address: 0' '[    2.0] RIP: 0010:broken+0x0/$size'"
fails 120 'an oops after a warning' with worse --kernel vmlinux -- true
is 'both are there' "$(sed -n 's/^== \([A-Z]*\).*/\1/p' .tap.out | paste -s -d ' ' -)" 'WARNING BUG'
mv tree elsewhere
fails 120 'sources that are elsewhere' with own --kernel vmlinux --source elsewhere -- true
said 'are found' '^  *3  void broken'
fails 120 'the console was shown already' with own --kernel vmlinux --source elsewhere --show-log -- true
said 'it is decoded all the same' '^  *broken at init/main.c:3$'
for how in '--no-decode' '--kernel plain'; do
	# shellcheck disable=SC2046,SC2086 # words
	fails 120 "$how" with own $([ "$how" = --no-decode ] && echo --kernel vmlinux) $how -- true
	silent 'nothing is decoded' '^==\| at init/'
done
said 'without debug information, what to switch on' '^(no files and lines .*CONFIG_DEBUG_INFO_DWARF_TOOLCHAIN_DEFAULT adds)$'
fails 120 'another kernel' with other --kernel vmlinux -- true
silent 'is not decoded' '^==\| at init/\|no files and lines'
fails 2 'a map without a place' with own --map x -- true
said 'is an error' "^runqemu: --map takes FROM=TO, not 'x'"
cd "$top" || exit 1
done_testing
