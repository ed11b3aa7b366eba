#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Launchers in front of the kernel's compiler: servers of the test's own, one of which dies in the middle; kernels by each
# are compared object by object. As root all of it is in a network of its own, which icecc needs.
set -u
if [ -z "${LAUNCHERS_ALONE-}" ] && [ "$(id -u)" = 0 ] && unshare --net --mount true 2>/dev/null; then
	LAUNCHERS_ALONE=y exec unshare --net --mount sh "$0" "$@"
fi
# shellcheck source=support/tests/tap.sh
. support/tests/tap.sh
# shellcheck source=support/tests/nginx.sh
. support/tests/nginx.sh

PATH=$PATH:/usr/sbin:/sbin
for program in distcc distccd ccache redis-server nginx gcc; do
	command -v "$program" >/dev/null || { skip 'launchers' "there is no $program: scripts/bootstrap check-scale installs it" && done_testing; }
done
unset MAKEFLAGS MAKELEVEL LINUX_DIR EXTERNAL O V
chmod 755 "$SCRATCH"
[ -z "${LAUNCHERS_ALONE-}" ] || {
	ip link set lo up
	ip address add 10.9.8.1/32 dev lo
	mount -t tmpfs tmpfs /run
}
launch=$TOOLBIN/launch
gcc=$(PATH=/usr/local/bin:/usr/bin:/bin command -v gcc)
port=$((23000 + $$ % 1000 * 8))
daemons=
# a group each: they have children
ended() {
	for pid in $daemons; do kill -KILL "-$pid" 2>/dev/null; done
	kill "${nginx:-}" 2>/dev/null
	chmod -R u+rwX "$SCRATCH"
	rm -rf "$SCRATCH"
}

# daemon NAME COMMAND...: run it; NAME is its process, and leads a group
daemon() {
	daemon_name=$1
	shift
	setsid "$@" >"$SCRATCH/$daemon_name.log" 2>&1 </dev/null &
	eval "$daemon_name=$!"
	daemons="$daemons $!"
}
# listening PORT: somebody does
listening() { grep -q ": [0-9A-F]*:$(printf %04X "$1") 0*:0000 0A " /proc/net/tcp; }
# distccd_at NAME PORT DIRECTORY: one that looks for compilers in DIRECTORY first
distccd_at() {
	daemon "$1" env DISTCCD_PATH="$3:/usr/local/bin:/usr/bin:/bin" PATH="$3:/usr/local/bin:/usr/bin:/bin:/usr/sbin" \
		distccd --no-detach --daemon --port "$2" --listen 127.0.0.1 --allow 127.0.0.1 --jobs 2 --log-stderr --log-level info
}
mkdir -p "$SCRATCH/none" "$SCRATCH/cross" "$SCRATCH/older"
nginx_start 'location / { dav_methods PUT DELETE; create_full_put_path on; }'
trap ended EXIT
distccd_at one $port "$SCRATCH/none"
distccd_at two $((port + 1)) "$SCRATCH/none"
daemon redis redis-server --port $((port + 2)) --bind 127.0.0.1 --save '' --dir "$SCRATCH"
ok 'distccd listens' within 20 listening $port
ok 'another one' within 20 listening $((port + 1))
ok 'Redis listens' within 20 listening $((port + 2))

# ---- one file ----

cd "$SCRATCH" || exit 1
mkdir src
cat >src/file.c <<'END'
#include "file.h"
int twice(int x);
int twice(int x) { return TIMES_TWO(x) + SQUARE(x + 1) + x; }
END
printf '#define TIMES_TWO(x) ((x) * 2)\n#define SQUARE(x) ((x) * (x))\n' >src/file.h
printf '\t.globl here\nhere:\n' >src/start.S
echo data >src/data
printf 'asm(".section .data; .incbin \\"%s\\"");\n' "$SCRATCH/src/data" >src/data.c
# shellcheck disable=SC2016 # of the kernel
printf '#warning read this\nint warned;\n' >src/warned.c
printf 'int wrong(void) { return nothing; }\n' >src/wrong.c

# begin LAUNCHER OPTION...: anew
begin() {
	options="--by $1 --program $(command -v "$1")"
	shift
	options="$options $*"
	# shellcheck disable=SC2086 # words
	"$launch" begin --cc "$gcc" --dir state $options "$TOOLBIN"
}
# cc ARGUMENT...: the compiler by way of the launcher
cc() { state/bin/gcc -nostdinc -O2 "$@"; }
# told: the line at the end
told() {
	# shellcheck disable=SC2086 # words
	"$launch" end --cc "$gcc" --dir state $options
}
# same NAME FILE OPTION...: the object, the list of headers and the messages are those of the compiler
same() {
	same_name=$1 same_file=$2
	shift 2
	"$gcc" -nostdinc -O2 "$@" -Wp,-MMD,want.d -c -o out.o "src/$same_file" 2>want.err
	want=$?
	mv out.o want.o 2>/dev/null
	cc "$@" -Wp,-MMD,got.d -c -o out.o "src/$same_file" 2>got.err
	is "$same_name: exit status" "$?" "$want"
	if [ "$want" = 0 ]; then ok "$same_name: bytes" cmp want.o out.o; else rm -f out.o; fi
	ok "$same_name: headers" cmp want.d got.d
	sed -i '/^launch: /d' got.err
	is "$same_name: messages" "$(cat got.err)" "$(cat want.err)"
}
all() {
	same 'a file' file.c
	same 'with debug information' file.c -g
	same 'that the assembler completes' data.c
	same 'assembler' start.S
	same 'a warning' warned.c
	same 'an error' wrong.c
}

ok 'distcc' begin distcc --server 127.0.0.1:$port --server 127.0.0.1:$((port + 1))/3
all
ok 'a program of the build' state/bin/gcc -O2 -c -o out.o src/file.c
is 'it is counted' "$(told)" "distcc compiled 1 of 7 files: 1 by 127.0.0.1:$port; here: 2 messages of the compiler, \
1 debug information, 1 .incbin, 1 assembler, 1 programs of the build"
is 'both servers may be used' "$(sort state/servers | paste -s -d ' ' -)" "127.0.0.1:$port 127.0.0.1:$((port + 1))/3"

ok 'no server is there' begin distcc --server 127.0.0.1:$((port + 7)) --server 127.0.0.1:$((port + 6))
cc -c -o out.o src/file.c 2>first
cc -c -o out.o src/file.c 2>second
like 'each is named' "$(cat first)" "^launch: distcc 127.0.0.1:$((port + 6)) is not used: it cannot be reached: .*Connection refused"
like 'it goes on here' "$(cat first)" '^launch: distcc has no server: all is compiled on this machine$'
is 'that is told once' "$(cat second)" ''
is 'and counted' "$(told)" 'distcc compiled 0 of 2 files; here: 2 no server'

refused=$((port + 3))
if command -v aarch64-linux-gnu-gcc >/dev/null; then
	ln -s "$(command -v aarch64-linux-gnu-gcc)" cross/gcc
	distccd_at three $refused "$SCRATCH/cross"
	ok 'a server with a compiler for another machine' within 20 listening $refused
	begin distcc --server 127.0.0.1:$refused --server 127.0.0.1:$port
	cc -m64 -c -o out.o src/file.c 2>first
	like 'is refused by name' "$(cat first)" "^launch: distcc 127.0.0.1:$refused is refused: its gcc does not compile what $gcc compiles: "
	is 'the other one is used' "$(told)" "distcc compiled 1 of 1 files: 1 by 127.0.0.1:$port"
else
	skip 'a compiler for another machine' 'there is no aarch64-linux-gnu-gcc'
fi
older=$(for v in 11 13 10 14 9; do command -v gcc-$v; done | grep -vx "$(readlink -f "$gcc")" | head -n 1)
if [ -n "$older" ]; then
	ln -s "$older" older/gcc
	distccd_at four $((port + 4)) "$SCRATCH/older"
	ok 'a server with another version of gcc' within 20 listening $((port + 4))
	begin distcc --server 127.0.0.1:$((port + 4)) --server 127.0.0.1:$port
	cc -c -o out.o src/file.c 2>first
	like 'is refused by name' "$(cat first)" "^launch: distcc 127.0.0.1:$((port + 4)) is refused: its gcc gives other bytes: \
there it is GCC: (.*$("$older" -dumpfullversion), here GCC: (.*$("$gcc" -dumpfullversion)"
	is 'the other one is used' "$(cat state/servers)" "127.0.0.1:$port"
else
	skip 'another version of gcc' 'there is none: scripts/bootstrap check-scale installs gcc-11 where there is one'
fi

distccd_at five $((port + 5)) "$SCRATCH/none"
ok 'a server' within 20 listening $((port + 5))
ok 'that is the first' begin distcc --server 127.0.0.1:$((port + 5)) --server 127.0.0.1:$port
cc -c -o out.o src/file.c 2>first
# shellcheck disable=SC2154 # five
kill -KILL "-$five"
cc -c -o out.o src/file.c 2>>first
cc -c -o out.o src/file.c 2>>first
is 'it dies, which is told once' "$(cat first)" "launch: distcc 127.0.0.1:$((port + 5)) failed: \
nonblocking connect to 127.0.0.1:$((port + 5)) failed: Connection refused; others and this machine do its work"
is 'the other one does it' "$(told)" "distcc compiled 3 of 3 files: 2 by 127.0.0.1:$port, 1 by 127.0.0.1:$((port + 5))"

# begin_ccache OPTION...: with the store of this test
begin_ccache() { begin ccache --store "$SCRATCH/store" --limit 100 --identity x "$@"; }
ok 'ccache' begin_ccache
all
all
is 'it had what it could' "$(told)" 'ccache had 3 of 10 files; 2 with .incbin it does not keep; not asked: 2 assembler'
# Only the column of a statement differs: the text without macros is the same.
ok 'afresh' begin_ccache
same 'with debug information, once more' file.c -g
sed -i 's/TIMES_TWO/TIMES_TWICE/' src/file.c src/file.h
same 'with macros of other names' file.c -g
is 'it is another one' "$(told)" 'ccache had 1 of 2 files'
same 'without debug information' file.c
is 'it is the same' "$(told)" 'ccache had 2 of 3 files'
for remote in "$nginx_base/ccache" "redis://127.0.0.1:$((port + 2))"; do
	begin_ccache --remote "$remote"
	rm -rf store
	cc -DX -O1 -Wp,-MMD,got.d -c -o out.o src/file.c
	rm -rf store
	same "from $remote" file.c -DX -O1
	is 'it was there' "$(told)" "ccache had 1 of 2 files, 1 of them in $remote"
done
begin_ccache --remote "http://127.0.0.1:$((port + 7))/x"
cc -c -o out.o src/file.c 2>first
is 'a store that is not there' "$(cat first)" \
	"launch: ccache's remote store http://127.0.0.1:$((port + 7))/x is not used: it does not give back what is put there"
cd "$TOP" || exit 1

# ---- a kernel ----

out=$SCRATCH/out
mkdir -p "$out" "$SCRATCH/cache"
cat >"$SCRATCH/fragment" <<'END'
CONFIG_PRINTK=y
CONFIG_BUG=y
CONFIG_DEBUG_BUGVERBOSE=y
CONFIG_IKCONFIG=y
END
cat >"$out/.config" <<END
CONFIG_BOARD_QEMU_X86_64=y
CONFIG_TOOLCHAIN_NONE=y
# CONFIG_CACHE is not set
CONFIG_CACHE_DIR="$SCRATCH/cache"
CONFIG_DL_DIR="${XDG_CACHE_HOME:-$HOME/.cache}/whittle/dl"
CONFIG_LINUX_BASE_TINYCONFIG=y
# CONFIG_LINUX_BOARD_FRAGMENT is not set
CONFIG_LINUX_FRAGMENTS="$SCRATCH/fragment"
END
whittle() { make O="$out" TOOLDIR="${TOOLBIN%/bin}" "$@"; }
build=$out/build/linux
# made: what all compilations left, and by which commands; programs of the build are left out
made() {
	(cd "$build/build" && find . \( -path ./scripts -o -path ./tools \) -prune -o \
		\( -name '*.o' -o -name '*.ko' -o -name '.*.cmd' -o -name vmlinux -o -name bzImage \) -print |
		LC_ALL=C sort | xargs sha256sum)
}
# by OPTIONS: the kernel by another launcher, in an empty directory
by() {
	ok "choose: $1" whittle -s set OPTIONS="$1"
	ok 'nothing is to be done for that' whittle explain PKG=linux
	said 'it is told' 'nothing to do'
	whittle linux >"$SCRATCH/said" 2>&1
	unlike 'no step runs' "$(cat "$SCRATCH/said")" '^  \(CONFIGURE\|BUILD\|INSTALL\)'
	rm -rf "$build/build" "$build/done/configure" "$build/done/build" "$build/done/install" "$build/stamp"
}
# compared NAME: it is the kernel of the compiler alone
compared() {
	made >"$SCRATCH/made"
	diff "$SCRATCH/alone" "$SCRATCH/made" >"$SCRATCH/difference"
	is "$1: $(wc -l <"$SCRATCH/made") files are the same" "$(head -n 20 "$SCRATCH/difference")" ''
	sed -n 's/^  LAUNCH  */# /p' "$SCRATCH/said"
}
counted() { grep -c "$1" "$build/launch/count"; }
at_least() { [ "$(counted "$1" 2>/dev/null)" -ge "$2" ] 2>/dev/null; }

start=$(date +%s)
ok 'the compiler alone' whittle linux
echo "# it took $(($(date +%s) - start)) s"
made >"$SCRATCH/alone"
ok 'that is a kernel' test "$(grep -c '\.o$' "$SCRATCH/alone")" -gt 200
cat "$build/build.sh" >"$SCRATCH/script"

by "LAUNCHER_DISTCC=y LAUNCHER_SERVERS=\"127.0.0.1:$port 127.0.0.1:$((port + 1)) 127.0.0.1:$refused\""
start=$(date +%s)
whittle -j4 linux >"$SCRATCH/said" 2>&1 &
pid=$!
ok 'both servers compile' within 600 at_least "^by 127.0.0.1:$((port + 1))" 10
# shellcheck disable=SC2154 # two
kill -KILL "-$two"
wait "$pid"
is 'one dies, and the kernel is built' "$?" 0
echo "# it took $(($(date +%s) - start)) s"
compared distcc
ok 'its script has no launcher' cmp "$SCRATCH/script" "$build/build.sh"
is 'the failure is told once' "$(grep -c "launch: distcc 127.0.0.1:$((port + 1)) failed: " "$SCRATCH/said")" 1
[ ! -e "$SCRATCH/cross/gcc" ] || is 'the other compiler is told once' "$(grep -c "^launch: distcc 127.0.0.1:$refused is refused: " "$SCRATCH/said")" 1
ok 'most files went away' test "$(counted '^by ')" -gt 200
ok '.incbin is counted' at_least '^here .incbin$' 1
ok 'the assembler is counted' at_least '^here assembler$' 10

remote=$nginx_base/kernel
by "LAUNCHER_CCACHE=y LAUNCHER_CCACHE_REMOTE=\"$remote\""
whittle linux >"$SCRATCH/said" 2>&1
is 'ccache, which has nothing' "$?" 0
compared ccache
rm -rf "$build/build" "$build/done/configure" "$build/done/build" "$build/done/install" "$build/stamp" "$SCRATCH/cache/ccache"
start=$(date +%s)
whittle linux >"$SCRATCH/said" 2>&1
is 'ccache, from the store for several machines' "$?" 0
echo "# it took $(($(date +%s) - start)) s"
compared 'ccache once more'
like 'it had nearly all' "$(cat "$SCRATCH/said")" "^  LAUNCH    linux: ccache had [0-9]* of [0-9]* files, [1-9][0-9][0-9] of them in $remote"

# ---- errors ----

ok 'distcc without servers' whittle -s set OPTIONS='LAUNCHER_DISTCC=y LAUNCHER_SERVERS=""'
fails 2 'it is told' whittle linux
said 'with the remedy' '\*\*\* no server of distcc is named: make set OPTIONS='
ok 'a server that is none' whittle -s set OPTIONS='LAUNCHER_SERVERS="a;b"'
rm "$build/stamp"
fails 2 'it is told' whittle linux
said 'by name' "^launch: --server 'a;b': expected HOST or HOST:PORT"
ok 'a compiler by its path' whittle -s set OPTIONS="TOOLCHAIN_CC=\"$gcc\" LAUNCHER_SERVERS=\"a\""
fails 2 'it is told' whittle linux
said 'with the remedy' 'but .*/gcc is a path: link it into /usr/local/bin, or choose'
if [ -n "${LAUNCHERS_ALONE-}" ]; then
	mkdir /run/upper /run/work
	ok 'a launcher that is missing' whittle -s set OPTIONS='TOOLCHAIN_CC="" LAUNCHER_CCACHE=y'
	# shellcheck disable=SC2016 # of the other shell
	fails 2 'it is told' unshare --mount sh -c 'mount -t overlay -o lowerdir=/usr/bin,upperdir=/run/upper,workdir=/run/work overlay /usr/bin &&
		rm /usr/bin/ccache && exec make O="$1" TOOLDIR="$2" linux' sh "$out" "${TOOLBIN%/bin}"
	said 'by name, with the remedy' '\*\*\* ccache, which the kernel is to be compiled with, is not to be found in .*: scripts/bootstrap installs it; or choose'
fi
ok 'as it was' whittle -s set OPTIONS='TOOLCHAIN_CC="" LAUNCHER_NONE=y'

# ---- icecc ----

missing=
for program in icecc iceccd icecc-scheduler ip; do command -v "$program" >/dev/null || missing=$program; done
[ -n "${LAUNCHERS_ALONE-}" ] || missing='root and a network of its own'
[ -z "$missing" ] || { skip 'icecc' "it needs $missing" && done_testing; }
# Its daemons leave root for this user.
mkdir -p /run/icecc "$SCRATCH/ice"
chown icecc /run/icecc "$SCRATCH/ice"
export ICECC_TESTS=1
# A machine that is busy gets no files. Here one is all of them: it says that it is idle.
echo 'cpu 0 0 0 0' >"$SCRATCH/stat"
# shellcheck disable=SC2016 # of the other shell
daemon idle sh -c 'n=0; while sleep 0.2; do n=$((n + 20)); echo "cpu 0 0 0 $n 0 0 0 0 0 0" >"$1"; done' sh "$SCRATCH/stat"
mount --bind "$SCRATCH/stat" /proc/stat
daemon scheduler icecc-scheduler -p $((port + 4000)) -n whittle -u icecc -v
# iceccd_at NAME PORT OPTION...: a daemon with a socket of its own, or the one of this machine
iceccd_at() {
	mkdir -p "$SCRATCH/ice/$1"
	chown icecc "$SCRATCH/ice/$1"
	socket=$SCRATCH/ice/$1/socket
	[ "$1" != client ] || socket=/run/icecc/iceccd.socket
	name=$1 at=$2
	shift 2
	daemon "$name" env ICECC_TEST_SOCKET="$socket" iceccd -s 10.9.8.1:$((port + 4000)) -p "$at" -n whittle -N "$name" \
		-b "$SCRATCH/ice/$name" -u icecc -m 2 -vv "$@"
}
iceccd_at client $((port + 4010)) --no-remote
iceccd_at left $((port + 4011))
iceccd_at right $((port + 4012))
ok 'the daemons know the scheduler' within 60 sh -c "[ \$(cat '$SCRATCH'/client.log '$SCRATCH'/left.log '$SCRATCH'/right.log | grep -c 'Connected to scheduler') = 3 ]"

cd "$SCRATCH" || exit 1
ok 'icecc, without a scheduler' begin icecc --scheduler 127.0.0.1:$((port + 7))
cc -c -o out.o src/file.c 2>first
like 'it is told' "$(cat first)" "^launch: icecc: the scheduler at 127.0.0.1:$((port + 7)) cannot be asked for its servers: Connection refused"
ok 'icecc' begin icecc --scheduler 10.9.8.1:$((port + 4000))
all
is 'its servers passed' "$(sort state/servers | paste -s -d ' ' -)" "10.9.8.1:$((port + 4011)) 10.9.8.1:$((port + 4012))"
cd "$TOP" || exit 1
by "LAUNCHER_ICECC=y LAUNCHER_SCHEDULER=\"10.9.8.1:$((port + 4000))\""
start=$(date +%s)
make O="$out" TOOLDIR="${TOOLBIN%/bin}" -j4 linux >"$SCRATCH/said" 2>&1 &
pid=$!
ok 'both servers compile' within 900 at_least "^by 10.9.8.1:$((port + 4012))" 10
# shellcheck disable=SC2154 # right
kill -KILL "-$right"
wait "$pid"
is 'one dies, and the kernel is built' "$?" 0
echo "# it took $(($(date +%s) - start)) s"
compared icecc
done_testing
