#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# gdb in modules, one of the kernel's and one of a package: names, lines and arguments are right, although the
# package's has functions in several sections, beside modules of these names from another build, and after it was loaded anew.
# shellcheck disable=SC2016 # text for other shells stands in single quotes
set -u
. support/tests/board.sh
export XDG_CACHE_HOME="$CHECK_O/cache"
ext=$CHECK_O/module-debug-ext
src=$CHECK_O/module-debug-probe
in_board() { board module-debug EXTERNAL="$ext" "$@"; }
if ! command -v gdb >/dev/null; then
	skip 'gdb' 'there is no gdb: scripts/bootstrap debug installs it'
	done_testing
fi
rm -rf "$CHECK_O"/module-debug*
mkdir -p "$ext" "$src" "$CHECK_O/module-debug"

cat >"$src/probe.c" <<'END'
// SPDX-License-Identifier: GPL-2.0-only
#include <linux/module.h>
#include <linux/moduleparam.h>

static int probe_sum;

static noinline int probe_first(int n)
{
	probe_sum += n;
	barrier();
	return probe_sum;
}

static noinline __cold int probe_seldom(int n)
{
	probe_sum -= n;
	barrier();
	return probe_sum;
}

static noinline int probe_second(int n)
{
	int sum = probe_first(n);

	if (n > 100)
		sum = probe_seldom(n);
	return sum;
}

static int probe_set(const char *text, const struct kernel_param *param)
{
	int n = 0;
	int error = kstrtoint(text, 0, &n);

	if (error)
		return error;
	pr_info("probe: %d\n", probe_second(n));
	return 0;
}

static const struct kernel_param_ops probe_ops = { .set = probe_set };
module_param_cb(n, &probe_ops, NULL, 0200);

static int __init probe_init(void)
{
	pr_info("probe: begins %d\n", probe_second(1));
	return 0;
}

static void __exit probe_exit(void)
{
	pr_info("probe: ends %d\n", probe_second(2));
}

module_init(probe_init);
module_exit(probe_exit);
MODULE_LICENSE("GPL");
END
echo 'obj-m := probe.o' >"$src/Makefile"
# line FUNCTION: that of its first statement
line() { awk -v name="$1(" 'index($0, name) && /^static/ { found = 1 } found && /;$/ { print NR; exit }' "$src/probe.c"; }

ok 'new-package' scripts/new-package -d "$ext" probe "$src"
cp board/qemu-x86_64/defconfig "$CHECK_O/module-debug/.config"
printf 'CONFIG_%s\n' PACKAGE_PROBE=y LINUX_PRESET_DEBUG_INFO=y LINUX_PRESET_MODULES=y QEMU_MEMORY=512 >>"$CHECK_O/module-debug/.config"
ok 'a build' in_board

# Another build's module of that name, with other functions at these places: below the current directory, as builds are.
decoy=$CHECK_O/module-debug-decoy
mkdir -p "$decoy"
for n in 1 2 3 4 5 6 7 8 9; do echo "int wrong_$n(int n) { return n + $n; }"; done >"$decoy/probe.c"
ok 'a decoy' "${CC:-gcc}" -g -O2 -mcmodel=kernel -fno-pie -c -o "$decoy/probe.ko" "$decoy/probe.c"
cp "$decoy/probe.ko" "$decoy/dummy.ko"

# debugs BREAK COMMAND GDB...: make debug, with these commands of gdb at its first stop.
debugs() {
	break=$1
	run=$2
	shift 2
	args=-batch
	for command; do args="$args -ex '$command'"; done
	ok "make debug BREAK='$break'" in_board -s debug BREAK="$break" RUN="$run" GDB_ARGS="$args -ex detach" TIMEOUT=300 </dev/null
	out=$(sed 's/\x1b\[[0-9;?]*m//g' "$SCRATCH/.tap.out" | tr -d '\r')
}
# stops N FUNCTION NUMBER: gdb's Nth stop is there, by name, argument and line.
stops() {
	like "stop $1 is in $2, at its line" "$(printf '%s\n' "$out" | grep '^Breakpoint [0-9]*, ' | sed -n "$1p")" \
		"^Breakpoint [0-9]*, $2 (n=\(n@entry=\)\{0,1\}$3) at .*/probe\.c:$(line "$2")\$"
}

debugs 'probe_seldom probe_second' 'modprobe probe && echo 101 >/sys/module/probe/parameters/n' \
	'info symbol $pc' bt continue 'info symbol $pc' bt continue 'info symbol $pc' bt 'info line probe_first'
stops 1 probe_second 1
like 'what called it is in the kernel' "$out" ' in do_one_initcall ('
stops 2 probe_second 101
like 'and who called it, in the module' "$out" '^#1 .* probe_set (.*) at .*/probe\.c:[0-9]'
like 'and in the kernel' "$out" ' in param_attr_store ('
stops 3 probe_seldom 101
like 'it is found by its address, too' "$out" '^probe_seldom in section \.text.* of .*/build/probe/build/probe\.ko$'
like 'which was called by the other' "$out" '^#1 .* probe_second (n=[^)]*101) at .*/probe\.c:[0-9]'
like 'what begins where the section begins is not what another section begins with' "$out" '^Line [0-9]* of "/build/probe/probe\.c" starts at address 0x[0-9a-f]* <probe_first>'
unlike 'and no others' "$out" 'wrong_\|decoy'

# A guest that runs; loaded again, it lies elsewhere.
debugs probe_second 'modprobe probe; rmmod probe; modprobe dummy; modprobe probe; echo 7 >/sys/module/probe/parameters/n' \
	continue continue continue module-symbols 'info symbol $pc' 'info line probe_first' 'info line dummy_setup' 'print probe_sum'
stops 1 probe_second 1
stops 2 probe_second 2
stops 3 probe_second 1
stops 4 probe_second 7
like 'both modules are known then' "$out" '^Line [0-9]* of ".*drivers/net/dummy\.c" starts at address'
is 'and data' "$(printf '%s\n' "$out" | sed -n 's/^\$[0-9]* = //p')" 1

debugs dummy_setup 'modprobe dummy' 'info symbol $pc' bt
like 'a module of the kernel' "$out" '^Breakpoint [0-9]*, dummy_setup (.*) at .*drivers/net/dummy\.c:[0-9]'
unlike 'and no other of its name' "$out" 'wrong_\|decoy'

fails 2 'a function of .init.text' in_board -s debug BREAK=probe_init RUN=true GDB_ARGS=-batch </dev/null
said 'is none that gdb can find' 'it is in .init.text of the module probe'

[ "$tap_failed" != 0 ] || rm -rf "$CHECK_O"/module-debug*
done_testing
