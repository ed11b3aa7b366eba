#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# scripts/breakpoints: whether there is what BREAK names, and what gdb is to do for it. A small
# program stands in the kernel's place, and objects in that of modules.
set -u
# shellcheck source=support/tests/tap.sh
. support/tests/tap.sh

ok '--help' scripts/breakpoints --help
said 'gives the usage' '^usage: breakpoints GDB IMAGES BUILDS TARGETS PLACE'
fails 2 'nothing to look up' scripts/breakpoints gdb images build target
if ! command -v gdb >/dev/null; then
	skip 'places' 'there is no gdb: scripts/bootstrap debug installs it'
	done_testing
fi

images=$SCRATCH/images
modules=$SCRATCH/target/lib/modules/6.12.95/kernel
mkdir -p "$images" "$SCRATCH/build" "$modules"
cat >"$SCRATCH/kernel.c" <<'END2'
static __attribute__((noinline, used)) int helper(int n) { return n + 1; }
int do_sys_openat2(int n)
{
	return helper(n);
}
int main(void) { return do_sys_openat2(1); }
END2
# shellcheck disable=SC2016 # for awk
kernel() { # OPTION...: compile it anew
	(cd "$SCRATCH" && "${CC:-gcc}" -O1 "$@" -o images/vmlinux kernel.c && nm images/vmlinux | sort >images/System.map)
}
printf 'static int unused;\nint dummy_xmit(void) { return unused; }\n__attribute__((section(".init.text"))) int dummy_init(void) { return dummy_xmit(); }\n' >"$SCRATCH/dummy.c"
printf 'int dummy_xmit(void);\nint other_init(void) { return dummy_xmit(); }\n' >"$SCRATCH/other.c"
for name in dummy other; do "${CC:-gcc}" -c -o "$modules/$name.ko" "$SCRATCH/$name.c"; done
: >"$images/kernel.config"
# places PLACE...: what gdb is told for them
places() { scripts/breakpoints gdb "$images" "$SCRATCH/build $SCRATCH/own" "$SCRATCH/target $SCRATCH/more" "$@"; }

kernel
is 'functions' "$(places main do_sys_openat2 helper)" 'hbreak main
hbreak do_sys_openat2
hbreak helper
continue'
is 'an address' "$(places '*0x401000')" 'hbreak *0x401000
continue'
is 'one behind a function' "$(places '*do_sys_openat2+4')" 'hbreak *do_sys_openat2+4
continue'
fails 1 'a function that is not there' places main nosuchfunction
said 'is named' '^BREAK=nosuchfunction: Function "nosuchfunction" not defined\.$'
is 'and no command given' "$(places main nosuchfunction 2>/dev/null)" ''
fails 1 'the beginning of one' places do_sys_open
said 'has the whole beside it' '^  -> similar functions: do_sys_openat2$'
fails 1 'several with a comma' places main,helper
said 'are told how' "^  -> separate several places by spaces: BREAK='main helper'"
fails 1 'a line, without debug information' places kernel.c:4
said 'is told what it takes' "^  -> this kernel has only the names of functions; 'Debug information' (menu Kernel, Debugging) adds lines"

kernel -g
is 'a line' "$(places kernel.c:4)" 'hbreak kernel.c:4
continue'
is 'a function of a file' "$(places kernel.c:helper)" 'hbreak kernel.c:helper
continue'
fails 1 'a line beyond the end' places kernel.c:4000
said 'is named' '^BREAK=kernel.c:4000: [NL].*line.*4000'
fails 1 'a file that is not there' places nowhere.c:1
said 'is named' '^BREAK=nowhere.c:1: No source file named nowhere.c'

fails 1 'a function in a module, in a kernel that gdb does not know enough of' places dummy_xmit
said 'is told' '^BREAK=dummy_xmit: it is in the module dummy; '
echo CONFIG_GDB_SCRIPTS=y >"$images/kernel.config"
fails 1 'or whose modules were not built here' places dummy_xmit
said 'is told' 'gdb can stop there only if the module was built here, not taken from the cache,$'
mkdir -p "$SCRATCH/build/drivers/net"
cp "$modules/dummy.ko" "$SCRATCH/build/drivers/net"
ok 'in one that it does' places dummy_xmit main
said 'it is told when that stops' '^  dummy_xmit is in the module dummy: gdb stops there when the module is loaded$'
# shellcheck disable=SC2016 # a variable of gdb
is 'symbols of modules are loaded first' "$(places dummy_xmit main 2>/dev/null)" 'if $begins
  thbreak start_kernel
  continue
end
module-symbols
set breakpoint pending on
hbreak main
hbreak dummy_xmit
continue'
mkdir -p "$SCRATCH/own" "$SCRATCH/more/lib"
echo 'int mine(void) { return 1; }' >"$SCRATCH/mine.c"
"${CC:-gcc}" -c -o "$SCRATCH/more/lib/mine.ko" "$SCRATCH/mine.c"
fails 1 'a function in the module of a package that was not built here' places mine
said 'is told' '^BREAK=mine: it is in the module mine; '
cp "$SCRATCH/more/lib/mine.ko" "$SCRATCH/own"
ok 'in one that was' places mine
said 'it is told, too, when that stops' '^  mine is in the module mine: gdb stops there when the module is loaded$'
fails 1 'a function that a module begins with' places dummy_init
said 'is none that gdb can find' '^BREAK=dummy_init: it is in .init.text of the module dummy, '
said 'but there is another' 'BREAK=do_one_initcall'
# shellcheck disable=SC2016 # it is not to be expanded
fails 1 'text that a shell would run' places '$(touch '"$SCRATCH/ran"')' '`'
ok 'is not run' test ! -e "$SCRATCH/ran"
done_testing
