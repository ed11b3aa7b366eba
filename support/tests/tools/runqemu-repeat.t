#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# A command that is run several times, with a script in QEMU's place: what the runs come to, what is kept, and the record
# that 'make run-compare' reads.
# shellcheck disable=SC2016 # text for other shells stands in single quotes
set -u
# shellcheck source=support/tests/tap.sh
. support/tests/tap.sh

# shellcheck source=support/tests/fakeqemu.sh
. support/tests/fakeqemu.sh

if ! command -v jq >/dev/null; then
	skip 'a command that is run several times' 'there is no jq'
	done_testing
	exit
fi
# field FILTER [FILE]: of the record, in one line.
field() {
	jq -r "$1" "${2-json}" | paste -s -d ' ' -
}

fake good <<'END'
echo "${mark}ready" >&5
printf '1..1\nok 1 one\n' >&5
echo "${mark}end" >&6
echo "${mark}status 0" >&5
exec sleep 60
END
ok 'a command that succeeds each time' with good --repeat 3 --json json --log log --junit junit.xml --keep-failed kept -- true
like 'the last line says so' "$(tail -n 1 .tap.out)" '^runqemu: all 3 runs succeeded$'
is 'its output is there three times' "$(grep -c '^ok 1 one$' .tap.out)" 3
is 'the record' "$(field '.cause, .exit, .repeat.runs, .repeat.failed, .repeat.first_failed, (.repeat.each | length)')" 'ok 0 3 0 null 3'
is 'it has the median of the times' "$(field '.total_ms == ([.repeat.each[].total_ms] | sort | .[1])')" true
ok 'the log is there' test -e log
ok 'and the XML' test -s junit.xml
ok 'nothing is kept' test ! -e kept

# It fails in the second and fourth run.
fake turns <<'END'
turn=$(($(cat turn) + 1))
echo $turn >turn
echo "${mark}ready" >&5
echo "console $turn" >&4
printf '1..2\nok 1 one\n' >&5
case $turn in
2 | 4) echo 'not ok 2 two' >&5 ;;
*) echo 'ok 2 two' >&5 ;;
esac
echo "errors $turn" >&6
echo "${mark}end" >&6
echo "${mark}status 0" >&5
exec sleep 60
END
echo 0 >turn
fails 118 'a command that fails at times' with turns --repeat 5 --json json --log log --junit junit.xml --keep-failed kept/here -- true
like 'is flaky, says the last line' "$(tail -n 1 .tap.out)" '^runqemu: flaky: 2 of 5 runs failed, the first was run 2: tests failed: two$'
said 'and which test' '^runqemu:   failed in 2 of 5 runs: two$'
said 'and where its log is' '^runqemu: log, output and record of the first run that failed: kept/here$'
is 'all were run' "$(cat turn)" 5
is 'the record' "$(field '.cause, .exit, .repeat.failed, .repeat.first_failed')" 'flaky 118 2 2'
is 'each run' "$(field '.repeat.each[].exit')" '0 119 0 119 0'
is 'the tests' "$(field '.repeat.failed_tests[] | .name + " " + (.failed | tostring)')" 'two 2'
is 'the log is that of the first that failed' "$(cat log kept/here/console.log | paste -s -d ' ' -)" 'console 2 console 2'
is 'its output is kept' "$(sort kept/here/output.log | paste -s -d ' ' -)" '1..2 errors 2 not ok 2 two ok 1 one'
is 'and its record' "$(field .exit kept/here/record.json)" 119
like 'the XML is its' "$(cat junit.xml)" '<failure'
echo 0 >turn
ok 'a single run' with turns --repeat 1 --keep-failed kept/here -- true
ok 'what was kept of an earlier one goes' test ! -e kept/here/console.log
echo 0 >turn
ok 'how the kernel talks is as without a log' with turns --repeat 1 --verbose -- true
said 'so that nothing else is measured' ' loglevel=5'

fake twice <<'END'
echo "${mark}ready" >&5
printf '1..2\nnot ok 1 one\nnot ok 2 one\n' >&5
echo "${mark}end" >&6
echo "${mark}status 0" >&5
exec sleep 60
END
fails 119 'two tests of one name' with twice --repeat 3 --json json -- true
said 'fail in so many runs as there are' '^runqemu:   failed in 3 of 3 runs: one$'
is 'in the record, too' "$(field '.repeat.failed_tests[] | .name + " " + (.failed | tostring)')" 'one 3'

fake bad <<'END'
echo "${mark}status 3" >&7
END
fails 3 'a command that fails each time' with bad --repeat 2 --json json -- true
like 'is not flaky' "$(tail -n 1 .tap.out)" '^runqemu: failed: 2 of 2 runs$'
is 'the record has its cause' "$(field '.cause, .exit')" 'command failed 3'
fails 125 'a guest that cannot be started' "$runqemu" --kernel nowhere --repeat 9 --json json -- true
like 'is tried once' "$(tail -n 1 .tap.out)" '^runqemu: stopped in run 1 of 9: not started$'
is 'the record' "$(field '.cause, .exit, .repeat.runs')" 'not started 125 1'
for bad in 0 -1 x 1000000; do
	fails 2 "refuses --repeat $bad" "$runqemu" --kernel bzImage --repeat "$bad" -- true
done
fails 2 'no command' "$runqemu" --kernel bzImage --repeat 2
said 'says what it needs' '--repeat (REPEAT= of make) needs a COMMAND (RUN= of make)'
fails 125 'a record that cannot be written' with good --repeat 2 --json /proc/json -- true
said 'is named' 'cannot write /proc/json'
fails 125 'and so is a place for the log' with bad --repeat 2 --keep-failed /proc/nowhere -- true
said 'by its name' 'cannot write /proc/nowhere/console.log'

fake loads <<'END'
printf '{"QMP": {}}\r\n{"event": "RESUME"}\r\n' >&3
echo "${mark}ready" >&5
read -r hello <&3
printf '{"return": {}}\r\n' >&3
turn=$(($(cat turn) + 1))
echo $turn >turn
while [ $turn = 3 ] && [ -e loading ]; do sleep 0.1; done
[ -e loading ] && echo "waits in $turn" >&5
echo "${mark}end" >&6
echo "${mark}status 0" >&5
exec sleep 60
END
: >loading
echo 0 >turn
ok '--loaded' timeout 60 "$runqemu" --accel tcg --kernel bzImage --initramfs initramfs --qemu ./loads --repeat 3 --loaded loading -- true
is 'its file goes when the last has started' "$(grep waits .tap.out | paste -s -d ' ' -)" 'waits in 1 waits in 2'
is 'no files are left' "$(ls tmp)" ''

fake waiting <<'END'
echo $$ >pid
exec sleep 60
END
for signal in TERM:143 INT:130 KILL:137; do
	rm -f pid json
	env --default-signal=INT "$runqemu" --accel tcg --kernel bzImage --qemu ./waiting --repeat 3 --json json -- true 2>err &
	pid=$!
	started
	kill -s "${signal%:*}" "$pid"
	wait "$pid" 2>/dev/null
	is "SIG${signal%:*} ends it" $? "${signal#*:}"
	ok 'and QEMU' gone
	[ "$signal" = KILL:137 ] || is 'the record says so' "$(field '.cause, .exit, .repeat.runs')" "interrupted ${signal#*:} 1"
done

# flaky once, then it hangs until somebody has enough
fake tired <<'END'
turn=$(($(cat turn) + 1))
echo $turn >turn
echo "console $turn" >&4
[ $turn != 2 ] || echo "${mark}status 3" >&7
[ $turn -gt 2 ] || echo "${mark}status 0" >&7
echo $$ >pid
exec sleep 60
END
# tire FIRST: run it from that turn on, and interrupt the third
tire() {
	rm -f pid json kept/here/*
	echo "$1" >turn
	env --default-signal=INT "$runqemu" --accel tcg --kernel bzImage --qemu ./tired --repeat 5 --keep-failed kept/here \
		--json json -- true 2>err &
	pid=$!
	tries=0
	until [ "$(cat turn)" = 3 ] && [ "$(cat pid 2>/dev/null)" ] || [ $tries = 300 ]; do
		tries=$((tries + 1))
		sleep 0.1
	done
	kill -s INT "$pid"
	wait "$pid" 2>/dev/null
}
tire 0
is 'a failure, then an interruption: the failure counts alone' "$(field '.cause, .repeat.runs, .repeat.failed, .repeat.first_failed')" \
	'interrupted 3 1 2'
is 'its log is kept' "$(cat kept/here/console.log)" 'console 2'
said_err() { like "$1" "$(cat err)" "$2"; }
said_err 'and it is said' 'of the first run that failed: kept/here'
said_err 'what ended it, too' '^runqemu: stopped in run 3 of 5: interrupted$'
tire 2
is 'an interruption alone is no failure' "$(field '.cause, .repeat.runs, .repeat.failed, .repeat.first_failed')" 'interrupted 1 0 null'
said_err 'nor is it called one' 'of the last run: kept/here'

done_testing
