#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Guests whose kernel really fails, in the ways that its own crash tests (LKDTM) know. Decoded, each report has syzkaller's
# title, and names the function, and the line that the kernel's source has at that place.
# shellcheck disable=SC2016 # text for the guest's shell stands in single quotes
set -u
. support/tests/board.sh
export XDG_CACHE_HOME="${REPORTS_CACHE:-$CHECK_O/cache}"
name=reports-1
rm -rf "${CHECK_O:?}/$name"
mkdir -p "$CHECK_O/$name"
printf 'CONFIG_%s=y\n' STACKTRACE_BUILD_ID RUNTIME_TESTING_MENU LKDTM DEBUG_FS SOFTLOCKUP_DETECTOR DETECT_HUNG_TASK DEBUG_ATOMIC_SLEEP KUNIT \
	KUNIT_EXAMPLE_TEST >"$CHECK_O/$name/frag"
cp board/qemu-x86_64/defconfig "$CHECK_O/$name/.config"
printf 'CONFIG_%s\n' LINUX_PRESET_DEBUG_INFO=y "LINUX_FRAGMENTS=\"$CHECK_O/$name/frag\"" QEMU_CPUS=2 >>"$CHECK_O/$name/.config"
ok 'a kernel with its crash tests' board $name
unlike 'every setting takes effect' "$(cat "$SCRATCH/.tap.out")" 'kmerge:\|did not take effect'
ok 'its sources' board $name linux-unpack
source=$CHECK_O/$name/build/linux/src/drivers/misc/lkdtm
build=$(readelf -n "$CHECK_O/$name/images/vmlinux" | sed -n 's/.*Build ID: //p')

# reports CRASH TITLE FILE TEXT [BEFORE [AFTER]]: the guest runs BEFORE, crashes so, and runs AFTER. What make decode prints of
# its log has the title, and lkdtm_CRASH at the first line in FILE that has TEXT there.
reports() {
	rm -f "$SCRATCH/log"
	board $name -s qemu-run TIMEOUT=30 LOG="$SCRATCH/log" STRICT=n \
		RUN="mount -t debugfs none /sys/kernel/debug; ${5:-:}; echo $1 >/sys/kernel/debug/provoke-crash/DIRECT & sleep ${6:-2}" \
		>"$SCRATCH/guest.out" 2>&1 </dev/null
	start=$(date +%s%N)
	board $name -s decode LOG="$SCRATCH/log" >"$SCRATCH/decoded" 2>&1
	echo "# make decode took $((($(date +%s%N) - start) / 1000000)) ms"
	line=$(awk -v name="lkdtm_$1(void)" -v text="$4" 'index($0, name) { here = 1 } here && index($0, text) { print NR; exit }' "$source/$3")
	text=$(cat "$SCRATCH/decoded")
	like "$1: the title of its report" "$text" "^== $2 ==\$"
	like '... function and line' "$text" "^ *lkdtm_$1 at drivers/misc/lkdtm/$3:$line\$"
	is '... and the line itself' "$(sed -n "/^ *lkdtm_$1 at /{n;s/^ *[0-9]*  //p;q;}" "$SCRATCH/decoded")" "$(sed -n "${line:-1}s/^[[:blank:]]*//p" "$source/$3")"
}
reports EXCEPTION 'BUG: unable to handle kernel NULL pointer dereference in lkdtm_EXCEPTION' bugs.c '= 0;'
ok 'the build ID is in the log' grep -q "^CPU: .* #1 $build" "$SCRATCH/log"
sed "s/$build/$(echo "$build" | tr 0123 4567)/" "$SCRATCH/log" >"$SCRATCH/other"
fails 2 'a log of another build of this release' board $name -s decode LOG="$SCRATCH/other"
said 'is not decoded' 'the log is of another kernel than .*/vmlinux'
reports BUG 'kernel BUG in lkdtm_BUG' bugs.c 'BUG();'
reports WARNING 'WARNING in lkdtm_WARNING' bugs.c 'WARN_ON('
reports PANIC 'kernel panic: dumptest' bugs.c 'panic('
reports WRITE_RO 'BUG: unable to handle kernel paging request in lkdtm_WRITE_RO' perms.c '*ptr ^='
reports HUNG_TASK 'INFO: task hung in lkdtm_HUNG_TASK' bugs.c 'schedule();' 'echo 2 >/proc/sys/kernel/hung_task_timeout_secs' 8
stall=/sys/module/rcupdate/parameters/rcu_cpu_stall_timeout
reports SOFTLOCKUP 'BUG: soft lockup in .*' bugs.c 'cpu_relax();' "echo 2 >/proc/sys/kernel/watchdog_thresh; echo 200 >$stall" 12
reports SOFTLOCKUP 'INFO: rcu detected stall in .*' bugs.c 'cpu_relax();' "echo 0 >/proc/sys/kernel/soft_watchdog; echo 3 >$stall" 12

# With one processor the guest never goes on, and its kernel says so again and again.
board $name -s qemu-run CPUS=1 TIMEOUT=50 CRASH=keep \
	RUN='mount -t debugfs none /sys/kernel/debug; echo SOFTLOCKUP >/sys/kernel/debug/provoke-crash/DIRECT' \
	>"$SCRATCH/guest.out" 2>&1 </dev/null
like 'a guest that is locked up is ended' "$(cat "$SCRATCH/guest.out")" '^runqemu: guest timed out: no sign of life for 50 seconds'
like '... told' "$(cat "$SCRATCH/guest.out")" '^runqemu: its kernel reported a lockup: '
like '... and kept' "$(cat "$SCRATCH/guest.out")" 'memory is kept .*-hang-'
done_testing
