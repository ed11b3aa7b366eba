#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# A run that is recorded and played again, to the byte; and what docs/record.md shows: from the panic, back to the write
# of a word.
# shellcheck disable=SC2016 # text for other programs stands in single quotes
set -u
# shellcheck source=support/tests/guest.sh
. support/tests/guest.sh
cd "$SCRATCH" || exit 1

boot --record rec --log first -- 'head -c 8 /dev/urandom | md5sum; date; echo 7 >/proc/sys/kernel/panic; echo c >/proc/sysrq-trigger'
ends 122 'a run that is recorded'
like 'its output is there' "$out" '^[0-9a-f]\{32\}  -'
recorded=$out
for n in 1 2; do
	status=0
	"$TOOLBIN/runqemu" --replay rec --log "log$n" >out 2>err </dev/null || status=$?
	is "replay $n ends alike" "$status" 122
	is 'with the same output: random numbers, the time' "$(tr -d '\r' <out)" "$recorded"
	ok 'and the same log, to the byte' cmp first "log$n"
done

if ! command -v gdb >/dev/null; then
	skip 'gdb' 'there is no gdb: scripts/bootstrap debug installs it'
	done_testing
	exit
fi
"$TOOLBIN/runqemu" --replay rec --debug --run-dir run >gdb.out 2>&1 </dev/null &
guest=$!
guests="$guests $guest"
until [ -S run/gdb ] || ! kill -0 "$guest" 2>/dev/null; do sleep 0.1; done
ok 'gdb goes back in it' gdb -nx -q -batch -ex 'set remotetimeout 300' -ex 'target remote run/gdb' -ex 'hbreak panic' -ex continue \
	-ex 'info symbol $pc' -ex delete -ex 'watch *(int *)&panic_timeout' -ex reverse-continue -ex 'info symbol $pc' \
	-ex 'print "here"' -ex reverse-stepi -ex 'print *(int *)&panic_timeout' "$images/vmlinux"
said 'from the panic' '^panic in section'
said 'to the function that wrote the word' '^do_proc_dointvec_conv + '
said 'and to the moment before' ' = -1$'
kill "$guest"
wait "$guest"

done_testing
