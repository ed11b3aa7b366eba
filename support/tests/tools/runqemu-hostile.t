#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# runqemu without a guest, whose QEMU does all that it can to keep it busy or to change its verdict.
# shellcheck disable=SC2016 # text for other shells stands in single quotes
set -u
# shellcheck source=support/tests/tap.sh
. support/tests/tap.sh
# shellcheck source=support/tests/fakeqemu.sh
. support/tests/fakeqemu.sh

# told NAME <text: a QEMU that tells the status 7 and then that text, before the errors have ended;
# its run has to end with 7 all the same.
told() {
	{
		echo 'echo "${mark}ready" >&5; echo mine >&5; echo "${mark}status 7" >&5'
		cat
		echo 'echo "${mark}end" >&6; exec sleep 60'
	} | fake late
	fails 7 "the status stays after $1" with late --log log -- true
	like 'and so does the output' "$(cat .tap.out)" '^mine'
	unlike 'nothing is added to it' "$(cat .tap.out)" 'other\|status'
}
told 'another one' <<'END'
echo "${mark}status 0" >&5
END
told 'one with the errors' <<'END'
echo "${mark}status 0" >&6
END
told 'one on the serial port' <<'END'
echo "${mark}ready" >&7; echo "${mark}status 0" >&7
END
told 'one on the console' <<'END'
echo "${mark}ready" >&4; echo "${mark}status 0" >&4
END
told 'a panic' <<'END'
echo 'Kernel panic - not syncing: late' >&4
END
told 'the end of the machine' <<'END'
printf '{"event": "SHUTDOWN", "data": {"guest": true, "reason": "guest-shutdown"}}\r\n' >&3
END
told 'the end of QEMU' <<'END'
exit 1
END
told 'more output, and another beginning' <<'END'
echo "${mark}ready" >&5; echo other >&5; echo "${mark}end" >&5
END

# first NAME <text: the same text before the status.
first() {
	{
		echo 'echo "${mark}ready" >&5'
		cat
		echo 'echo "${mark}status 7" >&5; echo "${mark}end" >&6; exec sleep 60'
	} | fake early
	fails 7 "the status comes from $1" with early -- true
}
first 'the output, not the errors' <<'END'
echo "${mark}status 0" >&6
END
first 'the output, not the serial port' <<'END'
echo "${mark}ready" >&7; echo "${mark}status 0" >&7
END
first 'the output, not the console' <<'END'
echo "${mark}ready" >&4; echo "${mark}status 0" >&4
END
first 'a record with the right mark' <<'END'
for guess in '' ' ' 00000000000000000000000000000000 "$(printf '%.32s' "${mark#?}" | tr 0-9a-f 1-9a-f0)"; do
	printf '\036%s status 0\n' "$guess" >&5
done
printf '%s\nstatus 0\n' "${mark% }" >&5
END
first 'a whole record' <<'END'
printf '%sstatus \n%sstatus x\n%sstatus 256\n%sstatus 0\0\n%sstatus' "$mark" "$mark" "$mark" "$mark" "$mark" >&5
printf '%040d\n' 0 >&5
END
fake cut <<'END'
echo "${mark}ready" >&5
printf '%sstatus 0' "$mark" >&5
END
fails 125 'a record that is cut off is none' with cut -- true

fake good <<'END'
echo "${mark}ready" >&5; echo "${mark}end" >&6; sleep 0.1
printf 'out\n%sstatus 0\n' "$mark" >&5
exec sleep 60
END
if [ -c /dev/full ]; then
	with good -- true >/dev/full 2>err
	is 'a success whose output is lost is none' $? 125
	like 'and it is said' "$(cat err)" "cannot write the guest's output: No space left"
	fake logged <<'END'
echo "${mark}ready" >&5; echo kernel >&4; echo "${mark}end" >&6; echo "${mark}status 0" >&5
exec sleep 60
END
	fails 125 'nor one whose log is lost' with logged --log /dev/full -- true
else
	skip 'lost output' 'there is no /dev/full'
fi

# QEMU behind a script, or with helpers: its end is the end of all that it started.
fake wrapper <<'END'
sh -c 'echo $$ >pid.new; mv pid.new pid; exec sleep 1000' &
wait
END
rm -f pid
"$runqemu" --accel tcg --kernel bzImage --initramfs initramfs --qemu ./wrapper -- true 2>err &
run=$!
started
kill -s TERM "$run"
wait "$run" 2>/dev/null
is 'a signal ends one that is behind a script' $? 143
ok 'and QEMU' gone
fake parent <<'END'
sh -c 'echo $$ >pid.new; mv pid.new pid; exec sleep 1000' &
while [ ! -s pid ]; do sleep 0.1; done
exit 3
END
rm -f pid
fails 125 'the end of the script' with parent -- true
ok 'is that of QEMU' gone

# flood WHAT TO: what QEMU started goes on for ever, and keeps what it shares with us full.
flood() {
	fake flood <<END
echo "\${mark}ready" >&5
for _ in 1 2 3 4 5 6 7 8; do
	setsid sh -c 'trap "" TERM; echo \$\$ >>pids; exec yes' >&$2 2>/dev/null &
done
until [ "\$(wc -l 2>/dev/null <pids)" = 8 ]; do sleep 0.1; done
exit 1
END
	rm -f pids
	fails 125 "what QEMU started writes $1 for ever" timeout -s KILL 120 "$runqemu" --accel tcg --kernel bzImage \
		--initramfs initramfs --qemu ./flood -- true
	while read -r pid; do
		kill -s KILL "$pid" 2>/dev/null
	done <pids
}
flood 'to the console' 4
flood 'output' 5
flood 'errors' 6
flood 'to the serial port' 7
flood 'messages' 2

done_testing
