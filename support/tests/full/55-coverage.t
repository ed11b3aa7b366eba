#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# make coverage and make kcov: a kernel with both presets; lines that must have run in the guest, and others.
# shellcheck disable=SC2016 # text for the guest's shell stands in single quotes
set -u
. support/tests/board.sh
export XDG_CACHE_HOME="$CHECK_O/cache"

for program in lcov genhtml gcov gcov-tool; do
	command -v "$program" >/dev/null || { echo "1..0 # SKIP there is no $program: scripts/bootstrap check installs it"; exit 0; }
done
rm -rf "$CHECK_O/coverage"
mkdir -p "$CHECK_O/coverage"
cp board/qemu-x86_64/defconfig "$CHECK_O/coverage/.config"
printf 'CONFIG_LINUX_PRESET_%s=y\n' GCOV KCOV DEBUG_INFO >>"$CHECK_O/coverage/.config"
echo CONFIG_QEMU_MEMORY=512 >>"$CHECK_O/coverage/.config"
start=$(date +%s)
ok 'a kernel with gcov and KCOV' board coverage
echo "# it took $(($(date +%s) - start)) s"
ok 'its sources' board coverage linux-unpack
dir=$CHECK_O/coverage/coverage
src=$(realpath "$CHECK_O/coverage/build/linux/src")

# line FILE TEXT: the number of the first line that is the text; count FILE LINE: how often it ran, by coverage.info
line() { grep -nF "$2" "$src/$1" | head -n 1 | cut -d : -f 1; }
count() { awk -v file="$1" -v line="$2" -F '[:,]' '/^SF:/ { here = substr($0, length($0) - length(file)) == "/" file } here && /^DA:/ && $2 == line { print $3 }' "$dir/coverage.info"; }
files() { sed -n 's,^SF:.*/linux/src/,,p' "$dir/coverage.info" | sort | paste -sd ' ' -; }
clone=$(line kernel/fork.c 'pid_t kernel_clone(')
panic=$(line kernel/panic.c 'void panic(const char')

start=$(date +%s)
ok 'a run' board coverage -s coverage RUN='for i in 1 2 3 4 5 6 7; do (true); done; echo it ran' ONLY='kernel/fork.c kernel/panic.c init/do_*.c'
echo "# it took $(($(date +%s) - start)) s"
said 'its output' '^it ran$'
said 'a summary' '^coverage: [1-9][0-9]* of [1-9][0-9]* lines of [3-9] files ([1-9][0-9.]* %) in 1 run$'
first=$(count kernel/fork.c "$clone")
is 'a line that must have run' "$([ "$first" -ge 7 ] && echo 'seven times')" 'seven times'
is 'one that must not' "$(count kernel/panic.c "$panic")" 0
like 'the files that were asked for' "$(files)" '^init/do_mounts\.c .*kernel/fork\.c kernel/panic\.c$'
is 'and no others' "$(files | tr ' ' '\n' | grep -vc -e '^init/do_[a-z_]*\.c$' -e '^kernel/fork\.c$' -e '^kernel/panic\.c$')" 0
like 'HTML' "$(cat "$dir/html/kernel/fork.c.gcov.html")" 'kernel_clone'
fails 2 'a second run, that fails' board coverage -s coverage RUN='for i in 1 2 3 4 5 6 7; do (true); done; exit 5' ONLY=kernel/fork.c
said 'its status' 'Error 5'
said 'they add up' 'in 2 runs$'
is 'the line has run more often' "$([ "$(count kernel/fork.c "$clone")" -ge $((first + 7)) ] && echo 'seven times more')" 'seven times more'
is 'only this file is in the report' "$(files)" kernel/fork.c

fails 2 'a guest that ends' board coverage -s coverage RUN='poweroff -f; sleep 60' ONLY=kernel/fork.c
said 'is not counted' 'the guest left no data: this run is not counted'
is 'nor listed' "$(wc -l <"$dir/runs")" 2
echo another >"$dir/kernel"
fails 2 'runs of another kernel' board coverage -s coverage RUN=true ONLY=kernel/fork.c
said 'are refused' 'are of another kernel: RESTART=y begins anew'
ok 'a boot alone, from the beginning' board coverage -s coverage RESTART=y ONLY='init/main.c'
said 'is one run' 'in 1 run$'
is 'start_kernel has run' "$(count init/main.c "$(line init/main.c 'void start_kernel(void)')")" 1
ok 'coverage-clean' board coverage -s coverage-clean
is 'removes all' "$(ls -d "$dir" 2>/dev/null)" ''

# ---- KCOV ----
ok 'the trace of a command' board coverage -s kcov RUN='cat /proc/version' ONLY='fs/proc kernel/panic.c'
said 'its output' '^Linux version'
said 'a file' '^fs/proc/version\.c$'
show=$(line fs/proc/version.c 'static int version_proc_show(')
is 'a function, at its lines' "$(awk -v least="$show" '$1 == "version_proc_show" && $2 >= least && $2 < least + 10' "$SCRATCH/.tap.out" | wc -l)" 1
unlike 'no other file' "$(cat "$SCRATCH/.tap.out")" '^kernel/panic'
ok 'a command that is named' board coverage -s kcov RUN='cat /proc/version; kcov-run cat /proc/uptime' ONLY='fs/proc/*.c'
said 'is traced' '^  uptime_proc_show '
unlike 'the others are not' "$(cat "$SCRATCH/.tap.out")" 'version_proc_show'
fails 2 'a command that fails' board coverage -s kcov RUN='exit 7'
said 'fails the run' 'Error 7'

[ "$tap_failed" != 0 ] || rm -rf "$CHECK_O/coverage"
done_testing
