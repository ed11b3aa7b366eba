#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Back in time on a kernel with debug information: from the panic back to the line that wrote a word; and two replays that
# are the same to the byte.
# shellcheck disable=SC2016 # text for other programs stands in single quotes
set -u
# shellcheck source=support/tests/board.sh
. support/tests/board.sh
export XDG_CACHE_HOME="${CRASH_CACHE:-$CHECK_O/cache}"
if ! command -v gdb >/dev/null; then
	skip 'back in time' 'there is no gdb: scripts/bootstrap debug installs it'
	done_testing
fi
rm -rf "$CHECK_O/record-1"
mkdir -p "$CHECK_O/record-1"
cp board/qemu-x86_64/defconfig "$CHECK_O/record-1/.config"
printf 'CONFIG_%s\n' LINUX_PRESET_DEBUG_INFO=y >>"$CHECK_O/record-1/.config"
ok 'a kernel with debug information' board record-1
ok 'its sources' board record-1 linux-unpack

start=$(date +%s%N)
board record-1 -s record RUN='echo 7 >/proc/sys/kernel/panic; echo c >/proc/sysrq-trigger' LOG="$SCRATCH/first" >"$SCRATCH/out" 2>&1 </dev/null
echo "# the recording took $((($(date +%s%N) - start) / 1000000)) ms"
like 'a run is recorded' "$(cat "$SCRATCH/out")" 'recorded in .*/record/default$'
like 'it panics' "$(cat "$SCRATCH/out")" 'guest panicked: sysrq triggered crash$'
for n in 1 2; do
	start=$(date +%s%N)
	board record-1 -s replay-run LOG="$SCRATCH/log$n" >"$SCRATCH/out" 2>&1 </dev/null
	echo "# replay $n took $((($(date +%s%N) - start) / 1000000)) ms"
	like "replay $n panics, too" "$(cat "$SCRATCH/out")" 'guest panicked: sysrq triggered crash$'
	ok 'with the same log, to the byte' cmp "$SCRATCH/first" "$SCRATCH/log$n"
done

start=$(date +%s%N)
ok 'gdb goes back' board record-1 -s replay BREAK=panic GDB_ARGS="-batch -ex 'watch panic_timeout' -ex reverse-continue -ex 'info symbol \$pc' -ex reverse-stepi -ex 'info line *\$pc' -ex 'print panic_timeout' -ex bt" </dev/null
echo "# to the panic and back took $((($(date +%s%N) - start) / 1000000)) ms"
said 'to the function that wrote the word' 'do_proc_dointvec_conv + '
at=$(sed -n 's,^Line \([0-9]*\) of ".*/kernel/sysctl\.c" .*,\1,p' "$SCRATCH/.tap.out")
like 'it stands on a line that writes the word' "$(sed -n "${at:-1}p" "$CHECK_O/record-1/build/linux/src/kernel/sysctl.c")" 'WRITE_ONCE(\*valp, -*\*lvalp);'
said 'before it the word was another one' ' = -1$'
said 'and the stack says who wanted it' ' proc_sys_'
done_testing
