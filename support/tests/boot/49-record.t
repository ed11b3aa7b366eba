#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# A run that is recorded and played again, to the byte; and what docs/record.md shows: from the panic, back to the write
# of a word; and that a way back is short with snapshots.
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

# stepped DIR: at the panic of the recording, go back two steps and forward again. DIR.back has the places; took is the ms
# of QEMU's processor time for the first step, whatever else the machine does.
stepped() {
	"$TOOLBIN/runqemu" --replay "$1" --debug --run-dir "$1.run" >gdb.out 2>&1 </dev/null &
	guest=$!
	guests="$guests $guest"
	until [ -S "$1.run/gdb" ] || ! kill -0 "$guest" 2>/dev/null; do sleep 0.1; done
	qemu=$(pgrep -P "$guest" | head -n 1)
	timeout 240 gdb -nx -q -batch -ex 'set remotetimeout 600' -ex "target remote $1.run/gdb" -ex 'hbreak panic' -ex continue -ex delete \
		-ex "shell cat /proc/$qemu/stat >begun" -ex reverse-stepi -ex "shell cat /proc/$qemu/stat >ended" -ex 'print $pc' \
		-ex reverse-stepi -ex 'print $pc' -ex stepi -ex stepi -ex 'print $pc' "$images/vmlinux" >"$1.back" 2>&1
	back_status=$?
	kill "$guest"
	wait "$guest"
	took=$((($(spent ended) - $(spent begun)) * 1000 / $(getconf CLK_TCK)))
	return $back_status
}
spent() { sed 's/.*) //' "$1" | awk '{ print $12 + $13 }'; }
# back DIR: QEMU 7.2 does not always go on after it has loaded a snapshot (docs/record.md).
back() { stepped "$1" || stepped "$1" || stepped "$1"; }
busy='for i in 1 2 3; do head -c 3000000 /dev/zero | md5sum; done; echo c >/proc/sysrq-trigger'
boot --record many -- "$busy"
boot --record few --snapshots 0 -- "$busy"
back many
with=$took
back few
echo "# a step back from the panic took $with ms; without snapshots $took ms"
ok 'with snapshots a step back takes less than half of the time' test "$((2 * with))" -lt "$took"
is 'and leads to the same places' "$(grep '^\$' many.back)" "$(grep '^\$' few.back)"
like 'from which it goes forward to the panic again' "$(cat many.back)" '^\$3 = .*<panic>$'

done_testing
