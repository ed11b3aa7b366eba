#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# scripts/coverage: runs that add up, and their report. A program that gcc compiled for coverage stands in for the
# kernel, and what it leaves for what a guest leaves.
set -eu
# shellcheck source=support/tests/tap.sh
. support/tests/tap.sh

for program in gcov gcov-tool lcov genhtml; do
	command -v "$program" >/dev/null || { echo "1..0 # SKIP there is no $program: scripts/bootstrap check installs it"; exit 0; }
done
work=$SCRATCH/work
mkdir -p "$work/was/init" "$work/was/lib/deep" "$work/build/init" "$work/build/lib/deep" "$work/images"
cat >"$work/was/init/main.c" <<'END'
#include "../lib/twice.h"
int slow(int x);
int deep(int x);
int main(int argc, char **argv)
{
	(void)argv;
	if (argc > 1)
		return slow(twice(argc)) - slow(twice(argc));
	return deep(twice(0));
}
END
cat >"$work/was/lib/slow.c" <<'END'
#include "twice.h"
int slow(int x)
{
	if (x == 6)
		return twice(7);
	return 5;
}
END
cat >"$work/was/lib/twice.h" <<'END'
static inline int twice(int x)
{
	return 2 * x;
}
END
cat >"$work/was/lib/deep/deep.c" <<'END'
int deep(int x)
{
	return x;
}
END
for file in init/main lib/slow lib/deep/deep; do
	(cd "$work/build" && gcc --coverage -c -o $file.o "$work/was/$file.c") || exit 1
done
(cd "$work/build" && gcc --coverage -o vmlinux init/main.o lib/slow.o lib/deep/deep.o && mv vmlinux ../images && tar -cf ../images/kernel.gcno.tar --exclude='*.o' .) || exit 1
mv "$work/was" "$work/src"
echo CONFIG_GCOV_KERNEL=y >"$work/images/kernel.config"

dir=$work/coverage
coverage() { scripts/coverage "$@"; }
# ran COMMAND ARGUMENT...: a guest runs the program with them, and leaves its data.
ran() {
	coverage begin "$dir" "$work/images" || return
	find "$work/build" -name '*.gcda' -exec rm {} +
	"$work/images/vmlinux" "$@"
	(cd / && find "${work#/}/build" -name '*.gcda' | tar -cf "$dir/guest/gcda.tar" -T -)
	coverage add "$dir" "vmlinux $*"
}
# count FILE LINE: how often it ran, by coverage.info
count() { awk -v file="SF:$work/src/$1" -v line="$2" -F '[:,]' '/^SF:/ { here = $0 == file } here && /^DA:/ && $2 == line { print $3 }' "$dir/coverage.info"; }
files() { sed -n "s,^SF:$work/src/,,p" "$dir/coverage.info" | sort | paste -sd ' ' -; }

ok 'a run' ran
ok 'a report' coverage report "$dir" "$work/src"
said 'each file' '^ *2 of *2 lines  lib/twice.h$'
said 'all of it' '^coverage: [0-9]* of [0-9]* lines of 4 files ([0-9.]* %) in 1 run$'
said 'where it is' "^coverage: $dir/coverage.info, $dir/html/index.html"
is 'a line that ran' "$(count init/main.c 9)" 1
is 'one that did not' "$(count init/main.c 8)" 0
is 'a file that did not' "$(count lib/slow.c 4)" 0
is 'all files are there' "$(files)" 'init/main.c lib/deep/deep.c lib/slow.c lib/twice.h'
like 'HTML' "$(cat "$dir/html/index.html")" 'lib/deep'
ok 'a second run' ran x y
ok 'and its report' coverage report "$dir" "$work/src"
said 'are two' ' in 2 runs$'
is 'what both ran is added up' "$(count init/main.c 7)" 2
is 'what the first one ran is there' "$(count init/main.c 9)" 1
is 'what the second one ran, too' "$(count lib/slow.c 5)" 2
is 'a header counts in all files that include it' "$(count lib/twice.h 3)" 5
is 'the runs are listed' "$(cat "$dir/runs")" "$(printf 'vmlinux \nvmlinux x y')"

only() { # NAME WANT PATTERN...
	name=$1 want=$2
	shift 2
	ok "$name" coverage report "$dir" "$work/src" "$@"
	is "$name: these alone" "$(files)" "$want"
}
only 'a file' init/main.c init/main.c
is 'a file that was not asked for is not in the HTML' "$(find "$dir/html" -name 'slow*')" ''
only 'a pattern' 'lib/slow.c' 'lib/*.c'
only 'a pattern over directories' 'lib/deep/deep.c lib/slow.c' 'lib/**.c'
only 'a directory' 'lib/deep/deep.c lib/slow.c lib/twice.h' lib/
only 'two' 'init/main.c lib/deep/deep.c' init/main.c lib/deep
only 'a header' 'lib/twice.h' lib/twice.h
is 'it has all that ran' "$(count lib/twice.h 3)" 5
fails 1 'no such file' coverage report "$dir" "$work/src" 'lib/none*.c'
said 'is named' 'no file of the kernel that was compiled has a name as lib/none\*\.c'
fails 1 'a name in a name is none' coverage report "$dir" "$work/src" main.c

# A run that is not whole.
ok 'the next run' coverage begin "$dir" "$work/images"
fails 1 'no data' coverage add "$dir" x
said 'is said' 'the guest left no data: this run is not counted'
(cd / && find "${work#/}/build" -name '*.gcda' | tar -cf - -T -) | head -c 1300 >"$dir/guest/gcda.tar"
fails 1 'data that are cut off' coverage add "$dir" x
said 'are not counted' 'is not complete: this run is not counted'
echo nonsense >"$work/nonsense"
tar -C "$work" -cf "$dir/guest/gcda.tar" nonsense
fails 1 'other data' coverage add "$dir" x
said 'are not counted either' 'has no init/main.gcda'
ok 'nothing was lost' coverage report "$dir" "$work/src" init/main.c
is 'what is there is as before' "$(count init/main.c 7)" 2
mkdir "$work/init"
echo nonsense >"$work/init/main.gcda"
tar -C "$work" -cf "$dir/guest/gcda.tar" ./init/main.gcda
fails 1 'data that are no data' coverage add "$dir" x
ok 'nor then' coverage report "$dir" "$work/src" init/main.c
is 'it is as before' "$(count init/main.c 7)" 2

# What only has the name of data: a pipe would be read forever, and a link leads out of the directory.
mkdir -p "$work/odd${work}/build/init" "$work/odd${work}/build/lib/deep"
cp "$work/build/init/main.gcda" "$work/odd${work}/build/init"
mkfifo "$work/odd${work}/build/lib/slow.gcda"
ln -s /etc/passwd "$work/odd${work}/build/lib/deep/deep.gcda"
tar -C "$work/odd" -cf "$dir/guest/gcda.tar" .
ok 'a pipe and a link among the data' timeout 60 scripts/coverage add "$dir" odd
is 'are left out' "$(find "$dir/gcda" ! -type d ! -type f)" ''
ok 'the report is as ever' coverage report "$dir" "$work/src" init/main.c
is 'with what that run left' "$(count init/main.c 7)" 3

# Ended while a run was put into the place of those before.
coverage begin "$dir" "$work/images"
cp -R "$dir/gcda" "$dir/merged"
mv "$dir/gcda" "$dir/old"
tar -C / -cf "$dir/guest/gcda.tar" "${work#/}/build"
ok 'a run after one that was ended between two names' coverage add "$dir" x
ok 'and its report' coverage report "$dir" "$work/src" init/main.c
is 'has all of them' "$(count init/main.c 7)" 4

# Another kernel; and what is missing.
ok 'no sources' env REMEDY=': do this' scripts/coverage report "$dir" "$work/nosrc" init/main.c
said 'no HTML' 'no HTML, for the kernel.s sources are not in .*/nosrc: do this'
cp -R "$work/images" "$work/other"
echo >>"$work/other/vmlinux"
fails 1 'another kernel' coverage begin "$dir" "$work/other"
said 'is refused' 'the runs in .* are of another kernel: RESTART=y begins anew'
ok 'it is no other in a directory of its own' coverage begin "$work/coverage2" "$work/other"
: >"$work/other/kernel.config"
fails 1 'a kernel without gcov' coverage begin "$dir" "$work/other"
said 'is told what to enable' "enable 'gcov' in menu Kernel, Debugging"
fails 1 'no gcov' env GCOV=no-such-gcov scripts/coverage begin "$dir" "$work/images"
said 'is told how to get it' 'no-such-gcov is not installed: scripts/bootstrap coverage installs it'
fails 1 'no run' coverage report "$work/coverage2" "$work/src"
said 'is told, too' 'there is no run in'
fails 2 'usage' coverage begin
done_testing
