#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Goals, packages and variables that there are not: what was meant is told, and nothing is done.
set -u
. support/tests/engine.sh

simple thing
simple other
simple disabled
choose thing
ok 'a build' whittle

# goal GOAL MEANT: it fails, and tells what was meant.
goal() {
	fails 2 "make $1" whittle "$1"
	said "meant is $2" "there is no goal '$1': did you mean '$2'?"
}
goal menuconfg menuconfig
goal qemurun qemu-run
goal initramfs-lst initramfs-list
goal chekc check
goal thign thing
goal thing-rebiuld thing-rebuild
goal other-unpak other-unpack
goal qemu-x86_64_defconfg qemu-x86_64_defconfig
goal run qemu-run
goal boot qemu-run
goal tests check
goal mrproper distclean
fails 2 'a goal about the kernel, where none is enabled' whittle bzImage
said 'make help' "there is no goal 'bzImage': 'make help' tells what there is"
fails 2 'a goal that is near to none' whittle nonsense
said 'make help' "there is no goal 'nonsense': 'make help' tells what there is"
unlike 'nothing is guessed' "$(cat "$SCRATCH/.tap.out")" 'did you mean'

for g in other other-unpack other-rebuild other-menuconfig; do
	fails 2 "make $g, which is not enabled" whittle "$g"
	said 'that and what to do is said' \
		"other is a package, but not enabled: 'make menuconfig', or 'make set OPTIONS=PACKAGE_OTHER=y'"
done
ok 'what it says' whittle set OPTIONS=PACKAGE_OTHER=y
ok 'enables it' whittle other
ok 'dirclean is for all packages' whittle other-dirclean

# variable NAME MEANT: refused, with what was meant.
variable() {
	fails 2 "$1=" whittle "$1=x" thing
	said "meant is $2" " $1= means nothing to Whittle: did you mean $2=?"
}
variable PORT PORTS
variable ports PORTS
variable CPU CPUS
variable DISKS DISK
variable TIMEOUTS TIMEOUT
variable EXTRENAL EXTERNAL
variable KERNELL KERNEL
variable OPTION OPTIONS
variable THNIG_DIR THING_DIR
variable THING_DRI THING_DIR
variable THING_DIRS THING_DIR
variable KDIR LINUX_DIR
variable MEM MEMORY
variable SMP CPUS
ok 'one that another make hands on, with ours' whittle MEM=512 MEMORY=512 thing
# idle VARIABLE GOALS GOAL...: refused with these goals, which do not read it, and the goals that do are named.
idle() {
	idle_variable=$1 idle_goals=$2
	shift 2
	fails 2 "make $* $idle_variable=" whittle "$@" "$idle_variable=x"
	said "it is for $idle_goals" " $idle_variable= is for $idle_goals: 'make ${idle_goals%%,*} $idle_variable=...'"
}
idle OPTIONS set
idle RUN 'qemu-run, shell, debug, qemu-debug, record, bisect, series, matrix, row, coverage, kcov' thing
idle BASE series thing
idle RESTART 'bisect, series, matrix, coverage' thing
idle PKG 'explain, size, checkrecipe' images
idle ARCHES 'matrix, row, check-packages, PKG-test' thing
idle DEST 'source, source-all' list-defconfigs
ok 'among several goals' whittle thing-dirclean explain PKG=thing
ok 'an empty one is as none' whittle RUN= thing
fails 2 'without a goal that wants recipes' whittle PORT=2222:22 list-defconfigs
said 'it is refused, too' 'did you mean PORTS='
fails 2 'ARCH of another architecture' whittle ARCH=m68k thing
said 'the board has one' 'the board qemu-x86_64 is for x86_64'
ok 'variables of others are theirs' whittle CC=gcc CFLAGS=-O3 ARCH=x86 DESTDIR=/x PREFIX=/usr SHELL=/bin/sh JOBS=3 thing
ok 'and of recipes' whittle THING_DL=x THING_CPE=y THING_VERSION=1 CONFIG_QEMU_CPUS=1 thing
ok 'the environment may have what it likes' env PORT=1 THING_DRI=2 make O="$OUT" TOOLDIR="${TOOLBIN%/bin}" thing

fails 2 'the size of what there is not' whittle size PKG=thign
said 'what was meant' "nothing in it is from 'thign': did you mean 'thing'?"
fails 2 'the size of what is not enabled' whittle size PKG=disabled
said 'how to enable it' "disabled is a package, but not enabled"
done_testing
