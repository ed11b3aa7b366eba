#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# decode: where in the sources the traces of a log are. A small program at a kernel's addresses is
# the kernel here, and an object file a module.
set -eu
# shellcheck source=support/tests/tap.sh
. support/tests/tap.sh

work=$SCRATCH/work
mkdir -p "$work/tree/init" "$work/tree/mm" "$work/ko/sub" "$work/build"
cat >"$work/tree/mm/list.h" <<'END'
extern volatile int word;
static inline __attribute__((always_inline)) void check(int *p)
{
	word = *p; /* reads */
}
END
cat >"$work/tree/init/main.c" <<'END'
#include "../mm/list.h"
const char linux_banner[] = "Linux version 6.12.95 (a@b) (gcc 12) #1 SMP Thu Jan 1\n";
volatile int word;
__attribute__((noinline)) void broken(int *p)
{
	check(p); /* is broken */
	word = 2;
}
void _start(void)
{
	broken((int *)&word); /* calls */
	word = 3;
}
END
cat >"$work/module.c" <<'END'
extern volatile int word;
__attribute__((noinline)) void other(void) { word = 1; }
__attribute__((noinline)) void probe(int *p)
{
	word = *p; /* probes */
	word = 4;
}
END
ADDRESS=10000000
# kernel NAME OPTION...: link tree/ as build/NAME, with that address of its code.
kernel() {
	name=$1
	shift
	(cd "$work/build" && gcc -O2 -fno-pic -ffreestanding -fno-asynchronous-unwind-tables -fno-stack-protector -nostdlib -static -no-pie \
		-Wl,-Ttext-segment=0x$ADDRESS,--build-id "$@" -o "$name" ../tree/init/main.c) || exit 1
}
kernel vmlinux -g
kernel plain
cp "$work/build/vmlinux" "$work/build/stripped" && strip "$work/build/stripped"
gcc -g -O2 -fno-pic -ffreestanding -fno-asynchronous-unwind-tables -fno-stack-protector -c -o "$work/ko/sub/my-module.ko" "$work/module.c"

# place SYMBOL FILE: "START SIZE" in hexadecimal, SIZE as the kernel counts it.
place() { nm -S "$2" | awk -v name="$1" '$4 == name { print $1, $2 }'; }
# shellcheck disable=SC2046 # two words
set -- $(place broken "$work/build/vmlinux") $(place _start "$work/build/vmlinux") $(place probe "$work/ko/sub/my-module.ko")
broken=$1 broken_size=0x$(printf %s "$2" | sed 's/^0*//')
start_size=0x$(printf %s "$4" | sed 's/^0*//')
probe_size=0x$(printf %s "$6" | sed 's/^0*//')
# the call in _start returns to: its address by objdump, less where _start begins
returns=$(objdump -d --no-show-raw-insn "$work/build/vmlinux" | awk '
	/<_start>:$/ { here = 1; next } here && call { sub(":", ""); print $1; exit } here && /call|bl |jal|brasl/ { call = 1 }')
offset=$(printf '0x%x' $((0x$returns - 0x$3)))
address=$(printf '%08x' $((0x$broken + 1)))

decode() { "$TOOLBIN/decode" --vmlinux "$work/build/vmlinux" --modules "$work/ko" --source "$work/tree" "$@"; }
# silent NAME PATTERN: the last command did not print it.
silent() { unlike "$1" "$(cat "$SCRATCH/.tap.out")" "$2"; }
banner='[    0.000000] Linux version 6.12.95 (a@b) (gcc 12) #1 SMP Thu Jan 1'
cat >"$work/log" <<END
$banner
[    0.500000] calling  broken+0x0/$broken_size @ 1
[    1.000000] BUG: kernel NULL pointer dereference, address: 0000000000000000
[    1.000001] #PF: supervisor read access in kernel mode
[    1.000002] CPU: 0 UID: 0 PID: 1 Comm: init Not tainted 6.12.95 #1
[    1.000003] RIP: 0010:broken+0x0/$broken_size
[    1.000004] RAX: 0000000000000000 RBX: 0000000000000000
[    1.000005] Call Trace:
[    1.000006]  <TASK>
[    1.000007]  ? probe+0x1/$probe_size [my_module]
[    1.000008]  _start+$offset/$start_size
[    1.000009]  </TASK>
END

ok 'a log' decode "$work/log"
said 'its title' '^== BUG: unable to handle kernel NULL pointer dereference in broken ==$'
said 'the line of the kernel, without its time' '^RIP: 0010:broken'
said 'a function that is inlined, in a file of the tree' '^  *check at mm/list.h:4 (inlined)$'
said 'the line of its source' '^  *4  word = \*p; /\* reads \*/$'
said 'the function that has it' '^  *broken at init/main.c:6$'
said 'and its line' '^  *6  check(p); /\* is broken \*/$'
said 'the line of a call, not of what follows' '^  *_start at init/main.c:11$'
said 'a module' ' at .*/module.c:5$'
said 'its line' '5  word = \*p; /\* probes \*/'
silent 'registers are left out' 'RAX'
silent 'initcalls are no trace' 'calling'
is 'that is all' "$(grep -c '^==' "$SCRATCH/.tap.out") $(grep -c ' at .*:[0-9]' "$SCRATCH/.tap.out")" '1 4'
same() { # NAME COMMAND: what it prints for standard input
	is "$1" "$(eval "$2" 2>&1)" "$(decode "$work/log" 2>&1)"
}
# shellcheck disable=SC2016 # for eval
same 'standard input' 'decode <"$work/log"'
# shellcheck disable=SC2016
same 'lines that end as on a terminal' 'sed "s/\$/\r/" "$work/log" | decode'

# shellcheck disable=SC2016
for front in '[Sat Nov 28 13:19:50 2026] ' '[Sun Nov  1 03:19:50 2026] ' 'Nov 28 13:19:50 host kernel: ' 'Nov  1 13:19:50 host kernel: [    1.000000] ' \
	'2026-11-28T13:19:50.123456+00:00 host kernel: ' 'kern  :warn  : [    1.000000] ' 'user  :notice: ' 'local0:emerg : '; do
	sed "s,^\[[^]]*\] ,$front," "$work/log" >"$work/kept"
	same "lines that begin with '$front'" 'decode "$work/kept"'
	sed 's/6\.12\.95/6.12.94/' "$work/kept" >"$work/other"
	fails 1 '... of another kernel' decode "$work/other"
done

# Addresses alone: where the kernel is, or moved.
printf '%s\nCall Trace:\n 0x%s\n' "$banner" "$address" >"$work/alone"
ok 'an address alone' decode "$work/alone"
said 'is a place' ' at mm/list.h:4\| at init/main.c:[0-9]'
moved=$(printf '%x' $((0x$broken + 0x1000000)))
printf '%s\nRIP: 0010:0x%s\nKernel Offset: 0x1000000 from 0x1\n' "$(sed -n 1,5p "$work/log")" "$(printf '%016x' "0x$moved")" >"$work/moved"
ok 'a kernel that was moved, as its panic tells' decode "$work/moved"
said 'has the same place' '^  *broken at init/main.c:6$'
printf '%s\nRIP: 0010:0x%s\n [<%s>] broken+0x0/%s\n' "$(sed -n 1,5p "$work/log")" "$(printf '%016x' "0x$moved")" \
	"$(printf '%016x' "0x$moved")" "$broken_size" >"$work/moved"
ok 'as a line with both tells' decode "$work/moved"
is 'both have it' "$(grep -c '^  *broken at init/main.c:6$' "$SCRATCH/.tap.out")" 2

# What is missing.
ok 'no module' decode --modules /dev/null "$work/log"
ok 'a module that is nowhere' "$TOOLBIN/decode" --vmlinux "$work/build/vmlinux" "$work/log"
said 'is said' 'module my_module: there is no my_module.ko in the places of --modules'
sed "s,probe+0x1/$probe_size,probe+0x1/0xfff," "$work/log" >"$work/changed"
ok 'a module that was changed' decode "$work/changed"
said 'is said, too' 'module my_module: its file is of another build'
silent 'and not decoded' 'module\.c'
ok 'no debug information' "$TOOLBIN/decode" --vmlinux "$work/build/plain" --modules "$work/ko" "$work/log"
said 'the functions are known' '^  *broken$'
said 'and what to switch on' 'plain has no debug information.*CONFIG_DEBUG_INFO'
fails 1 'no symbols' "$TOOLBIN/decode" --vmlinux "$work/build/stripped" "$work/log"
said 'is an error' 'stripped: cannot read it as the kernel: it has no symbols'
fails 1 'no ELF file' "$TOOLBIN/decode" --vmlinux "$work/log" "$work/log"
fails 1 'no vmlinux' "$TOOLBIN/decode" --vmlinux "$work/none" "$work/log"
said 'names it' 'none: cannot read it as the kernel: No such file'
fails 1 'no log' decode "$work/none"
ok 'sources that are elsewhere' decode --source "$work/none" "$work/log"
said 'have their lines' '^  *broken at init/main.c:6$'
said 'and how to name them' 'no such source file, or line: name the kernel.s tree by --source'
ok 'a log without a trace' decode /dev/null
said 'has none' 'there is no trace in the log'

# Another kernel.
sed 's/6\.12\.95/6.12.94/' "$work/log" >"$work/other"
fails 1 'a log of another kernel' decode "$work/other"
said 'names both' 'is of another kernel than .*vmlinux, which is "Linux version 6.12.95 .* says "Linux version 6.12.94.*; --vmlinux (VMLINUX= of make) names another$'
sed '1d; s/6\.12\.95 #1/6.12.95 #2/' "$work/log" >"$work/other"
fails 1 'another build, by the number in a trace' decode "$work/other"
said 'says what it says' 'log says "CPU: 0 .* 6.12.95 #2"'
sed '1d; /CPU:/d; s,/0x[0-9a-f]*,/0xfff,' "$work/log" >"$work/other"
fails 1 'another one by its functions' decode --modules /dev/null "$work/other"
said 'says so' 'places are in no function of .*vmlinux, or in one of another size'
id=$(readelf -n "$work/build/vmlinux" | sed -n 's/.*Build ID: //p')
sed "1d; s/#1\$/#7 $id/" "$work/log" >"$work/same"
ok 'the build ID decides' decode "$work/same"
sed "1d; s/#1\$/#1 $(echo "$id" | tr 0123 4567)/" "$work/log" >"$work/other"
fails 1 'also if it is another' decode "$work/other"
sed "s/#1\$/#1 $(echo "$id" | tr 0123 4567)/" "$work/log" >"$work/other"
fails 1 'and if the banner is the same, as of two builds of one release' decode "$work/other"
said 'says what it says' "log says \"CPU: 0 .* 6.12.95 #1 $(echo "$id" | tr 0123 4567)\""
sed "s,_start+\(.*\)/0x[0-9a-f]*,_start+\1/0xfff," "$work/log" >"$work/other"
ok 'one function that is other' decode "$work/other"
said 'is told' 'decode: 1 of 3 places are in no function of .*vmlinux, or in one of another size: is the log of another build?$'

# A log that is cut off anywhere.
size=$(wc -c <"$work/log")
cut=0 bad=''
while [ "$cut" -lt "$size" ]; do
	head -c "$cut" "$work/log" | decode >"$SCRATCH/part" 2>&1 || bad="$bad $cut"
	cut=$((cut + 23))
done
is 'a log that is cut off is decoded as far as it goes' "$bad" ''
head -c $((size - 30)) "$work/log" | decode >"$SCRATCH/part" 2>&1
like 'what is there' "$(cat "$SCRATCH/part")" ' at init/main.c:6'

printf '[    1.0] \033[2JBUG: KASAN: use-after-free in broken\033+0x0/%s\n' "$broken_size" >"$work/hostile"
decode "$work/hostile" >"$SCRATCH/part" 2>&1 || :
is 'control characters are escaped' "$(tr -d '\n\t -~' <"$SCRATCH/part" | wc -c)" 0

# What a guest can put into its log: lines without an end, and modules without number. Time grows with its size alone.
zeros() { head -c "$1" /dev/zero | tr '\0' 0; }
{ echo "$banner" && zeros 4000000 && printf '+\n' && cat "$work/log"; } >"$work/long"
ok 'a line of 4 MB before a trace' timeout 60 "$TOOLBIN/decode" --vmlinux "$work/build/vmlinux" --modules "$work/ko" "$work/long"
said 'the trace is there' '^  *_start at .*init/main.c:11$'
{ printf 'BUG: ' && zeros 6000000 | sed 's/0/0 /g' && echo; } >"$work/long"
ok 'one of 12 MB that is a report' timeout 60 "$TOOLBIN/decode" --titles "$work/long"
like 'it has a title, not longer than any' "$(cut -c 1-130 "$SCRATCH/.tap.out")" '^BUG: [NUM ]*$'
{ echo "$banner" && echo 'Call Trace:' && seq -f ' f+0x1/0x2 [m%.0f]' 100000; } >"$work/long"
ok 'a trace with 100000 modules' timeout 60 "$TOOLBIN/decode" --vmlinux "$work/build/vmlinux" "$work/long"
is 'of the first thousand it says that they are missing' "$(grep -c '^decode: module m' "$SCRATCH/.tap.out")" 1000

# What a trace of kcov-run covers.
size=$((broken_size))
{
	echo "Linux version 6.12.95 (a@b) (gcc 12) #1 SMP Thu Jan 1"
	echo '# a command'
	for at in $(seq 1 "$size"); do printf '0x%x 1\n' $((0x$broken + at)); done
} >"$work/trace"
ok 'a trace of addresses' decode --covered "$work/trace"
said 'its files' '^init/main.c$'
said 'functions and lines' '^  broken 6-8$\|^  broken [0-9 -]*$'
said 'what is inlined' '^  check 4$'
said 'a summary' '^decode: [0-9]* lines of 2 functions in 2 files$'
is 'files are in order' "$(grep -v '^ ' "$SCRATCH/.tap.out" | head -n 2 | paste -sd ' ' -)" 'init/main.c mm/list.h'
only() { # NAME WANT PATTERN...: files of the trace
	name=$1 want=$2
	shift 2
	for pattern; do set -- "$@" --only "$pattern" && shift; done
	is "$name" "$(decode --covered "$@" "$work/trace" 2>/dev/null | grep -v '^ ' | paste -sd ' ' -)" "$want"
}
only 'a file alone' 'mm/list.h' mm/list.h
only 'a pattern' 'init/main.c' 'init/*.c'
only 'a directory' 'mm/list.h' mm/
only 'two' 'init/main.c mm/list.h' init 'm?/*'
only 'all directories' 'init/main.c' '**.c'
only 'none' '' 'main.c'
echo 0x1 1 >>"$work/trace"
ok 'an address in no function' decode --covered "$work/trace"
said 'is counted' "^decode: 1 of $((size + 1)) places are not in .*vmlinux"
sed 's/6\.12\.95/6.12.94/' "$work/trace" >"$work/other"
fails 1 'a trace of another kernel' decode --covered "$work/other"
said 'is refused' 'is of another kernel than .*vmlinux'
ok 'a trace without addresses' decode --covered /dev/null
said 'is told' 'there is no address in the trace'

ok 'titles need no vmlinux' "$TOOLBIN/decode" --titles "$work/log"
is 'a line each' "$(cat "$SCRATCH/.tap.out")" 'BUG: unable to handle kernel NULL pointer dereference in broken'
fails 2 'a map without a place' decode --map x "$work/log"
fails 2 'two logs' decode "$work/log" "$work/log"
ok '--help' "$TOOLBIN/decode" --help
said 'gives the usage' '^usage: decode'
done_testing
