#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# runqemu without a guest: its command line, the one that it gives QEMU, and, with a script in
# QEMU's place, what it makes of all that can happen.
# shellcheck disable=SC2016 # text for other shells stands in single quotes
set -u
# shellcheck source=support/tests/tap.sh
. support/tests/tap.sh

# shellcheck source=support/tests/fakeqemu.sh
. support/tests/fakeqemu.sh

# Kernels, as far as runqemu looks at them; there is a bzImage.
# elf TYPE: a vmlinux with one note of owner Xen and that type (octal)
elf() {
	printf '\177ELF\002\001\001\0\0\0\0\0\0\0\0\0\002\0\076\0\001\0\0\0\0\0\0\0\0\0\0\0'
	printf '\100\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\100\0\070\0\001\0\0\0\0\0\0\0'
	printf '\004\0\0\0\004\0\0\0\170\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0'
	printf '\024\0\0\0\0\0\0\0\024\0\0\0\0\0\0\0\004\0\0\0\0\0\0\0'
	printf '\004\0\0\0\004\0\0\0'
	# shellcheck disable=SC2059 # the octal number is part of the format
	printf "\\$1\0\0\0Xen\0\0\0\0\001"
}
elf 022 >vmlinux
elf 021 >vmlinux-nopvh
for symbol in ACPI VIRTIO_MMIO VIRTIO_MMIO_CMDLINE_DEVICES VIRTIO_PCI VIRTIO_CONSOLE VIRTIO_NET; do
	echo "CONFIG_$symbol=y"
done >config
grep -v CONSOLE config >config-noconsole

# What it is told.
ok '--help' "$runqemu" --help
said 'gives the usage' '^usage: runqemu'
fails 2 'no kernel' "$runqemu" -- true
said 'says what to give' 'no kernel: give one by --kernel'
fails 2 'an unknown option' "$runqemu" --kernel bzImage --frobnicate
said 'is named' "unknown option '--frobnicate'"
fails 2 'a missing argument' "$runqemu" --kernel
said 'of an option that is named' '--kernel wants a value'
for bad in '--memory 0' '--memory 12k' '--cpus none' '--timeout -1' '--timeout 1.5' '--accel xen' '--machine sun4m'; do
	# shellcheck disable=SC2086 # two words
	fails 2 "refuses $bad" "$runqemu" --kernel bzImage $bad
	said "and says what ${bad% *} takes" "${bad% *} \(([A-Z_]*= of make) \)*takes"
done
fails 2 'gdb without a place for it' "$runqemu" --kernel bzImage --debug
said 'is told of one' 'needs a place for gdb: --run-dir DIR or --gdb-port N'
for bad in 22 22: 0:1 1:65536 a:b; do
	fails 2 "refuses --port $bad" "$runqemu" --kernel bzImage --port "$bad"
	said 'and says what it takes' '--port (PORTS= of make) takes HOST:GUEST'
done
fails 125 'a kernel that is not there' "$runqemu" --kernel nowhere -- true
said 'is named' 'cannot read the kernel nowhere: No such file'
fails 125 'a file that is no kernel' "$runqemu" --kernel config -- true
said 'is named' 'config is not a kernel'
fails 125 'a vmlinux that QEMU cannot start' "$runqemu" --kernel vmlinux-nopvh -- true
said 'tells how to get one' 'CONFIG_PVH=y or give its bzImage'
fails 125 'a bzImage on microvm' "$runqemu" --kernel bzImage --machine microvm -- true
said 'tells what it takes' 'boots a vmlinux with a PVH entry'
fails 125 'a configuration that is not there' "$runqemu" --kernel bzImage --config nowhere -- true
said 'is named' "cannot read the kernel's configuration nowhere"
fails 125 'an initramfs that is not there' "$runqemu" --qemu /bin/true --kernel bzImage --initramfs nowhere -- true
said 'is named' 'cannot read the initramfs nowhere: No such file'
fails 125 'a log that cannot be written' "$runqemu" --qemu /bin/true --kernel bzImage --kernel-log /proc/log -- true
said 'is named' "cannot write the kernel's log /proc/log"
fails 125 'no QEMU' "$runqemu" --qemu no-such-qemu --kernel bzImage -- true
said 'tells how to get it' 'there is no no-such-qemu: install QEMU (on Debian, apt-get install qemu-system-x86)'

mkdir images empty
cp bzImage vmlinux images
cp config images/kernel.config
: >images/initramfs.cpio.gz
fails 125 'a directory without a kernel' "$runqemu" --images empty -- true
said 'is named' 'no kernel in empty: No such file'
said '... and what names one' '; --kernel FILE (KERNEL=PATH of make) names one$'
fails 125 'a directory that cannot be shared' "$runqemu" --kernel bzImage --share nowhere -- true
said 'is named' 'cannot share nowhere: No such file'
fails 125 'a kernel that cannot mount it' "$runqemu" --kernel vmlinux --config config --share empty -- true
said 'is told' 'its kernel lacks CONFIG_9P_FS'
grep -v VIRTIO_NET config >config-nonet
fails 125 'a kernel without a network' "$runqemu" --kernel vmlinux --config config-nonet --port 1:1 -- true
said 'is told' 'its kernel lacks CONFIG_VIRTIO_NET'
fails 125 'a record that cannot be written' "$runqemu" --accel tcg --qemu /bin/true --kernel bzImage --json /proc/json -- true
said 'is named' 'cannot write /proc/json'
fails 125 'a guest that does not run' "$runqemu" --attach nowhere -- true
said 'is named' "no guest runs with nowhere: No such file or directory ('make qemu-run' starts one)"

# What it tells QEMU.
dry() {
	"$runqemu" --dry-run --accel tcg "$@"
}
line=$(dry --kernel bzImage --initramfs initramfs -- true)
like 'a bzImage runs on q35' "$line" ' -machine q35 -accel tcg -cpu max[^ ]* -smp 1 -m 256 '
like 'a kernel of which nothing is known gets ports' "$line" ' virtserialport,chardev=out,name=whittle.out '
like 'and a serial port' "$line" ' isa-serial,chardev=tty '
like 'another init is replaced' "$line" ' rdinit=/.whittle/session'
like 'the kernel says what is judged, and no more' "$line" ' loglevel=5'
like 'or less if nothing is' "$(dry --kernel bzImage --no-strict -- true)" ' quiet'
like 'or to a shell' "$(dry --kernel bzImage </dev/null)" ' quiet'
for symbol in DEBUG_KMEMLEAK BLK_DEV_RAM; do
	{ cat config && echo "CONFIG_$symbol=y"; } >config-talks
	like "more with $symbol, of which it tells in passing" "$(dry --kernel vmlinux --config config-talks -- true)" ' loglevel=7'
	like 'unless nothing is judged' "$(dry --kernel vmlinux --config config-talks --no-strict -- true)" ' quiet'
done
like 'a command needs no network' "$line" ' -nic none '
line=$(dry --kernel bzImage --kernel vmlinux --config config --guest-init --memory 64 --cpus 2 --net \
	--append 'a b' --append c --qemu-arg -s --qemu-arg 'x y' --kernel-log log -- true)
like 'a vmlinux with a PVH entry runs on microvm' "$line" ' -machine microvm,acpi=off,rtc=on .* -smp 2 -m 64 .* -kernel vmlinux '
unlike 'no serial port if there are ports' "$line" 'isa-serial'
unlike 'an init that knows of sessions stays' "$line" 'rdinit'
unlike 'a log is whole' "$line" 'quiet\|loglevel'
like 'a network on demand' "$line" ' user,id=net -device virtio-net-device,netdev=net '
like 'arguments for the kernel, then those for QEMU' "$line" " a b c' -s 'x y'\$"
like 'no ports without a driver' "$(dry --kernel vmlinux --config config-noconsole -- true)" 'isa-serial,chardev=tty'
like 'a machine type by name' "$(dry --kernel vmlinux --config config --machine pc -- true)" ' -machine pc .* -kernel vmlinux '
unlike 'no tuning on demand' "$(dry --kernel vmlinux --config config --no-tune -- true)" 'tsc\|noapictimer'
line=$(dry --kernel vmlinux --config config </dev/null)
like 'a shell has to be able to turn the machine off' "$line" ' microvm,acpi=on,'
unlike 'and has no ports' "$line" 'virtserialport'
like 'KVM on demand' "$("$runqemu" --dry-run --accel kvm --kernel bzImage -- true)" ' -accel kvm -cpu host '
line=$(dry --images images -- true)
like 'a directory with all that is to boot' "$line" ' -machine microvm,.* -kernel images/vmlinux -initrd '
rm images/vmlinux
like 'or not all of it' "$(dry --images images -- true)" ' -machine q35 .* -kernel images/bzImage -initrd '
like 'what is given otherwise goes first' "$(dry --images images --kernel vmlinux -- true)" ' -kernel vmlinux '
cp vmlinux-nopvh images/vmlinux
like 'a vmlinux that QEMU cannot start is left' "$(dry --images images -- true)" ' -kernel images/bzImage '
line=$(dry --kernel bzImage --port 2222:22 --port 8080:80 --share empty --share images:/x:rw -- true)
like 'ports' "$line" ' user,id=net,hostfwd=tcp:127.0.0.1:2222-:22,hostfwd=tcp:127.0.0.1:8080-:80 '
like 'a directory for reading' "$line" ',readonly=on,path=[^ ]*/empty -device virtio-9p-pci,fsdev=share0,mount_tag=whittle0 '
unlike 'another for writing' "$line" 'readonly=on,path=[^ ]*/images'
line=$(dry --kernel bzImage --debug --gdb-port 1234 -- true)
like 'gdb by a port' "$line" ' -gdb tcp:127.0.0.1:1234 -S .* nokaslr '
like 'warnings are on the console for the record' "$(dry --kernel bzImage --json x -- true)" ' loglevel=5 '
fails 125 'a dry run looks at the kernel' dry --kernel nowhere -- true

event() { # GUEST REASON: as QEMU tells of the end
	printf '{"event": "SHUTDOWN", "data": {"guest": %s, "reason": "%s"}}\\r\\n' "$1" "$2"
}

fake good <<'END'
echo "${mark}ready" >&5
printf 'out\0 \036put' >&5
echo errors >&6
echo "${mark}end" >&6
echo "${mark}status 7" >&5
exec sleep 60
END
with good -- a command >out 2>err
is 'exits with the status of the command' $? 7
is 'its output is ours' "$(tr '\0\036' '01' <out)" 'out0 1put'
is 'its errors are too' "$(cat err)" errors

# What QEMU reads is not to be replaced before: it answers when its machine is made.
fake loads <<'END'
printf '{"QMP": {}}\r\n{"event": "RESUME"}\r\n' >&3
echo "${mark}ready" >&5
read -r hello <&3
[ -e loading ] && echo waits >&5
printf '{"return": {}}\r\n' >&3
tries=0
while [ -e loading ] && [ $tries -lt 600 ]; do tries=$((tries + 1)); sleep 0.1; done
[ -e loading ] || echo goes >&5
echo "${mark}status 0" >&5
exec sleep 60
END
: >loading
ok '--loaded' with loads --loaded loading -- true
is 'its file goes once QEMU has answered' "$(paste -s -d ' ' .tap.out)" 'waits goes'

fake serial <<'END'
printf '%s' "noise${mark}ready" >&7
printf '\r\nboth\r\n%sstatus 255\r\n' "$mark" >&7
exec sleep 60
END
fails 255 'by the serial port as well' with serial -- true
is 'with output' "$(od -An -c .tap.out)" '   b   o   t   h  \n'
fake terminal <<'END'
# a terminal that nobody has set: LF is CR LF
printf '%sready\r\na\r\nb\r\r\n\rc\r%sstatus 6\r\n' "$mark" "$mark" >&7
exec sleep 60
END
fails 6 'by one that is a terminal still' with terminal -- true
is 'with what the command wrote' "$(od -An -c .tap.out)" '   a  \n   b  \r  \n  \r   c  \r'
fake set <<'END'
printf '%sready\na\r\nb\r\r\n%sstatus 6\n' "$mark" "$mark" >&7
exec sleep 60
END
fails 6 'by one that was set' with set -- true
is 'with all bytes' "$(od -An -c .tap.out)" '   a  \r  \n   b  \r  \r  \n'

fake arguments <<'END'
tr '\0' '\n' </proc/self/fd/10 | sed -n '/^[^0]/{/mark=/!p}' | tail -n 1 >cmd
echo "${mark}status 0" >&7
END
ok 'words of a command' with arguments -- echo 'a  b' c
is 'are joined by spaces' "$(cat cmd)" 'echo a  b c'

fake broken <<'END'
echo 'qemu: one' >&2; echo 'qemu: failed to set MSR 0x345 to 0x0' >&2
exit 1
END
fails 125 'QEMU fails' with broken -- true
said 'its messages are shown' '^qemu: failed to set MSR'
like 'the last line says so' "$(tail -n 1 .tap.out)" '^runqemu: QEMU ended with status 1'
fails 125 'and under KVM' "$runqemu" --accel kvm --kernel bzImage --qemu ./broken -- true
said 'a way without it is told' 'try --accel tcg'
fake painted <<'END'
printf 'qemu: \033]0;title\007\033[31mred\n' >&2
exit 1
END
fails 125 'QEMU fails in colour' with painted -- true
said 'without it' '^qemu: .x1b]0;title.x07.x1b\[31mred$'
fake crash <<'END'
kill -s SEGV $$
END
fails 125 'QEMU crashes' with crash -- true
said 'and it is said' 'QEMU was killed by signal 11 (Segmentation fault)'
fake hostless <<'END'
case $* in *'-cpu host'*) echo 'failed to set MSR 0x345' >&2; exit 1 ;; esac
echo "$*" >args
echo "${mark}status 3" >&7
END
fails 3 'a processor that QEMU refuses under KVM is passed over' "$runqemu" --accel kvm --kernel bzImage --qemu ./hostless -- true
like 'for another' "$(cat args)" '-accel kvm -cpu max '
is 'without a word' "$(cat .tap.out)" ''

fake hang <<'END'
echo booting >&4
exec sleep 60
END
fails 123 'a guest that hangs before init' with hang --timeout 3 -- true
said 'its last words are shown' '^booting'
like 'the last line says so' "$(tail -n 1 .tap.out)" '^runqemu: guest never reached init: no sign of life for 3 seconds'
fake hang2 <<'END'
echo "${mark}ready" >&5
i=0; while [ $i -lt 7 ]; do echo $i >&5; i=$((i + 1)); sleep 0.6; done
exec sleep 60
END
fails 124 'a command that hangs' with hang2 --timeout 3 -- true
said 'not one that says something now and then' '^6'
like 'the last line says so' "$(tail -n 1 .tap.out)" '^runqemu: guest timed out: no sign of life for 3 seconds'
like '... and what gives it more time' "$(tail -n 1 .tap.out)" '; --timeout SECONDS (TIMEOUT= of make) allows more$'
# A kernel that is locked up says so as long as it lives.
fake locked <<'END'
echo "${mark}ready" >&5
while :; do
	printf 'watchdog: BUG: ' >&4
	sleep 0.2
	printf '%s\n' 'soft lockup - CPU#0 stuck for 22s! [sh:1]' 'CPU: 0 PID: 1 Comm: sh' >&4
	sleep 0.4
	echo ' </TASK>' >&4
	sleep 5.4
done
END
fails 124 'a kernel that is locked up' with locked --timeout 8 -- true
said '... is named' '^runqemu: its kernel reported a lockup: watchdog: BUG: soft lockup - CPU#0'
fake slow <<'END'
echo "${mark}ready" >&5
echo 'watchdog: BUG: soft lockup - CPU#0 stuck for 22s! [sh:1]' >&4
i=0; while [ $i -lt 7 ]; do echo $i >&5; i=$((i + 1)); sleep 0.6; done
echo "${mark}end" >&6
echo "${mark}status 0" >&5
exec sleep 60
END
fails 120 'one whose command goes on' with slow --timeout 3 -- true
said 'is not given up' '^6'
fake noise <<'END'
while :; do echo noise >&4; sleep 0.1; done
END
fails 123 'a guest that never gets to init' with noise --timeout 1 -- true
like 'the last line says so' "$(tail -n 1 .tap.out)" '^runqemu: guest never reached init in 5 seconds'
# stopped WHY: QEMU tells that the guest is stopped, and why when asked
stopped() {
	cat <<-END
		printf '{"event": "STOP"}\\r\\n' >&3
		read -r hello <&3
		read -r ask <&3
		case \$ask in *query-status*) printf '{"return": {"status": "$1", "running": false}}\\r\\n' >&3 ;; esac
	END
}
{ stopped internal-error && echo 'exec sleep 60'; } | fake internal
fails 123 'a guest that KVM cannot go on with' timeout 60 "$runqemu" --accel tcg --kernel bzImage --qemu ./internal --timeout 1 -- true
like 'is given up in time' "$(tail -n 1 .tap.out)" '^runqemu: guest never reached init: no sign of life for 1 seconds'
{ stopped debug && cat <<'END'; } | fake paused
sleep 4.5
printf '{"event": "RESUME"}\r\n' >&3
printf '%s\n%s\n' "${mark}ready" "${mark}status 5" >&5
printf '%s\n%s\n' "${mark}ready" "${mark}end" >&6
exec sleep 60
END
fails 5 'one that gdb has stopped is waited for' with paused --timeout 3 -- true
fake stubborn <<'END'
trap '' TERM
echo "${mark}status 4" >&7
while :; do sleep 0.1; done
END
fails 4 'a QEMU that does not want to end' with stubborn -- true

fake panic <<END
printf 'BUG: something\\r\\n[    1.5] Kernel panic - not syncing: Fatal exception\\r\\n' >&4
printf '$(event true guest-reset)' >&3
END
fails 122 'a panic' with panic -- true
said 'what came before is shown' '^BUG: something'
like 'the last line says why' "$(tail -n 1 .tap.out)" '^runqemu: guest panicked: Fatal exception'
fake panic3 <<END
printf 'Starting: Kernel panic - not syncing: \033c\033[31mred\r\n' >&4
printf '$(event true guest-reset)' >&3
END
fails 122 'a panic behind a partial line' with panic3 -- true
like 'the last line says why, in plain text' "$(tail -n 1 .tap.out)" '^runqemu: guest panicked: .x1bc.x1b\[31mred$'
fake panic2 <<'END'
echo 'Kernel panic - not syncing: stuck' >&4
exec sleep 60
END
fails 122 'a panic after which nothing happens' with panic2 -- true
fake noinit <<'END'
echo 'Kernel panic - not syncing: VFS: Unable to mount root fs on unknown-block(0,0)' >&4
END
fails 123 'no root filesystem' with noinit -- true
like 'the last line says so' "$(tail -n 1 .tap.out)" '^runqemu: guest never reached init: VFS: Unable to mount'
fake reset <<END
printf '$(event true guest-reset)' >&3
END
fails 123 'a restart before init' with reset -- true
said 'is told' 'guest never reached init: it restarted'
fake off <<END
echo "\${mark}ready" >&5
printf '$(event true guest-shutdown)' >&3
END
fails 121 'a guest that turns itself off' with off -- true
said 'is told' 'guest ended before the command did: it turned itself off'

# Standard input that is no terminal.
fake shell <<END
printf 'kernel\\r\\n%sready\\r\\n' "\$mark" >&4
printf '# ' >&4
while :; do
	byte=\$(dd bs=1 count=1 2>/dev/null <&4 | od -An -to1)
	case \$byte in
	*004) printf '%sstatus 9\\n' "\$mark" >&4; exec sleep 60 ;;
	*012) printf '|' >&4 ;;
	*) printf "\\\\\${byte# }" >&4 ;;
	esac
done
END
printf 'one\ntwo' | with shell >out 2>err
is 'a shell is left without an error' $? 0
is 'it got all lines, and the end' "$(cat out)" '# one|two|'
with shell </dev/null >out
is 'no input ends it too' $? 0
fake deaf <<END
printf '%sready\\n' "\$mark" >&4
dd bs=1 count=2 <&4 2>/dev/null | od -An -to1 >got
printf '$(event true guest-shutdown)' >&3
END
ok 'a shell that needs to be told twice' with deaf </dev/null
is 'is told twice' "$(cat got)" ' 004 004'
fake early <<END
printf '$(event true guest-shutdown)' >&3
END
fails 123 'a guest that ends before its shell' with early </dev/null

# What else it does.
fails 7 '--verbose' with good --verbose --kernel-log log -- true
said "prints QEMU's command line" "^\./good .* -append '"
fake chatty <<'END'
echo 'the log' >&4
echo "${mark}status 0" >&7
END
ok 'the console goes to the log' with chatty --kernel-log log -- true
is 'and nowhere else' "$(cat log .tap.out)" 'the log'
fake endless <<'END'
echo "${mark}ready" >&5
yes >&5
END
{
	with endless -- yes
	echo $? >status
} | head -n 1 >/dev/null
is 'ends when nobody reads its output' "$(cat status)" 141
fake waiting <<'END'
echo $$ >pid
exec sleep 60
END
for signal in TERM:143 HUP:129 KILL:137; do
	rm -f pid
	# whoever started us by nohup has SIGHUP ignored
	env --default-signal=HUP "$runqemu" --accel tcg --kernel bzImage --qemu ./waiting -- true 2>err &
	pid=$!
	started
	kill -s "${signal%:*}" "$pid"
	wait "$pid" 2>/dev/null
	is "SIG${signal%:*} ends it" $? "${signal#*:}"
	ok 'and QEMU' gone
done
ok 'its cache is not touched with --accel' test ! -e cache

# A kernel that goes on, but not well; and the record of a run.
# field NAME: as it stands in the record
field() {
	sed -n "s/^[[:blank:]]*\"$1\":[[:blank:]]*\(.*[^,]\),\{0,1\}$/\1/p" json
}
fake oops <<'END'
echo "${mark}ready" >&5
printf 'seen\r\n[    1.0] BUG: kernel NULL pointer dereference, address: 0\r\n[    1.1] Oops: 0002 [#1]\r\n' >&4
echo out >&5
echo "${mark}end" >&6
echo "${mark}status 3" >&5
exec sleep 60
END
fails 120 'an oops' with oops --json json -- 'a "command"'
said 'what the console showed is shown' '^seen'
like 'the last line says so' "$(tail -n 1 .tap.out)" \
	'^runqemu: the command ended with status 3, but the kernel reported an oops: BUG: kernel NULL'
is 'its record: the cause' "$(field cause)" '"oops"'
is 'the line' "$(field detail)" '"BUG: kernel NULL pointer dereference, address: 0"'
is 'the exit codes, ours and the command'\''s' "$(field exit) $(field status)" '120 3'
is 'the command' "$(field command)" '"a \"command\""'
is 'where' "$(field accelerator) $(field machine) $(field image)" '"tcg" "q35" "bzImage"'
like 'when init was reached' "$(field boot_ms)" '^[0-9][0-9]*$'
fails 3 'an oops that is expected' with oops --no-strict --json json -- true
is 'its record: the cause' "$(field cause)" '"command failed"'
is 'the oops is there' "$(field trouble)" '"oops"'
# verdict STATUS WANTED WHAT: the command ends with 0 in a guest whose console has shown the format of
# printf that standard input has
verdict() {
	{
		printf '%s\n' 'echo "${mark}ready" >&5'
		printf "printf '%s' >&4\n" "$(cat)"
		printf '%s\n' 'echo "${mark}end" >&6' 'echo "${mark}status 0" >&5' 'exec sleep 60'
	} | fake told
	"$runqemu" --accel tcg --kernel bzImage --initramfs initramfs --qemu ./told --json json -- true >out 2>err
	is "$3: the exit code" $? "$1"
	is "$3: its record" "$(field cause) $(field exit)" "$2"
}
verdict 120 '"oops" 120' 'an oops behind a partial line' <<'END'
Starting foo: BUG: kernel NULL pointer dereference, address: 0\r\n
END
is 'is told without that' "$(field detail)" '"BUG: kernel NULL pointer dereference, address: 0"'
verdict 120 '"oops" 120' 'one with a time' <<'END'
Starting foo: [    1.234567] BUG: something\r\n
END
verdict 120 '"oops" 120' 'one at a prompt' <<'END'
\033[?25h\033[0mhost login: [   12.345678][   T42] BUG: something\r\n
END
verdict 120 '"oops" 120' 'one behind a bar of progress' <<'END'
10%%\r90%%\rBUG: something\r\n
END
verdict 0 '"ok" 0' 'a program that talks of one' <<'END'
foo: a BUG: something\r\n
END
verdict 120 '"fault" 120' 'lockdep' <<'END'
======\r\nWARNING: possible circular locking dependency detected\r\n
END
is 'is no warning' "$(field warnings) $(field trouble)" '0 "fault"'
verdict 120 '"fault" 120' 'UBSAN' <<'END'
UBSAN: shift-out-of-bounds in kernel/x.c:1:2\r\n
END
verdict 120 '"fault" 120' 'kmemleak' <<'END'
kmemleak: 1 new suspected memory leaks (see /sys/kernel/debug/kmemleak)\r\n
END
verdict 120 '"fault" 120' 'an initramfs that was cut' <<'END'
Initramfs unpacking failed: read error\r\n
END
like 'is told' "$(cat err)" 'with status 0, but the kernel reported a fault: Initramfs unpacking failed: read error$'
verdict 120 '"hung task" 120' 'a task with a name of its own' <<'END'
\033cINFO: task \033]0;x\007\302\233\377:42 blocked for more than 1 seconds.\r\n\033[2Jlast words\r\n
END
unlike 'does not reach our terminal' "$(tr '\033\007\233\377' '@@@@' <err)" '@'
like 'its console does not either' "$(cat err)" '^.x1b\[2Jlast words$'
is 'and the record is text' "$(field detail)" '"INFO: task \\x1b]0;x\\x07\\xc2\\x9b\\xff:42 blocked for more than 1 seconds."'
fake long <<'END'
echo "${mark}ready" >&5
{
	printf 'BUG: unable to handle page fault for address: dead\n#PF: the reason\nRIP: 0010:f+0x1/0x2\nCall Trace:\n'
	i=0; while [ $i -lt 300 ]; do echo "frame $i"; i=$((i + 1)); done
} >&4
echo "${mark}end" >&6
echo "${mark}status 0" >&5
exec sleep 60
END
fails 120 'a long oops' with long -- true
is 'is shown from where it began' "$(sed -n '1,5p' .tap.out | paste -s -d ' ' -)" \
	'BUG: unable to handle page fault for address: dead #PF: the reason RIP: 0010:f+0x1/0x2 Call Trace: frame 0'
said 'with how much is left out' '^\[\.\.\. 232 lines \.\.\.\]$'
said 'to its end' '^frame 299$'
fake warned <<'END'
echo "${mark}ready" >&5
printf '[ 1.0] WARNING: CPU: 0 PID: 1 at a.c:1 f+0/1\r\n[ 2.0] WARNING: CPU: 0 PID: 1 at a.c:1 f+0/1\r\n' >&4
echo "${mark}end" >&6
echo "${mark}status 0" >&5
exec sleep 60
END
ok 'warnings' with warned --json json -- true
is 'its record' "$(field cause) $(field warnings)" '"ok" 2'
fake stuck <<'END'
echo "${mark}ready" >&5
printf '[   30.0] watchdog: BUG: soft lockup - CPU#0 stuck for 23s!\r\n' >&4
exec sleep 60
END
fails 124 'a lockup' with stuck --timeout 3 --json json -- true
said 'is told' '^runqemu: its kernel reported a lockup: watchdog: BUG: soft lockup'
is 'its record' "$(field cause) $(field exit) $(field status)" '"lockup" 124 null'
fails 122 'a panic' with panic --json json -- true
is 'its record' "$(field cause) $(field detail)" '"panic" "Fatal exception"'
fails 123 'no init' with noinit --json json -- true
is 'its record' "$(field cause) $(field boot_ms)" '"no init" null'
fails 125 'QEMU fails' with broken --json json -- true
is 'its record' "$(field cause)" '"QEMU died"'
fails 125 'QEMU is not there' "$runqemu" --qemu no-such-qemu --kernel bzImage --json json -- true
is 'its record' "$(field cause) $(field detail)" \
	'"not started" "there is no no-such-qemu: install QEMU (on Debian, apt-get install qemu-system-x86) or name its program by --qemu"'
echo old >json
fails 2 'a wrong command line' "$runqemu" --kernel bzImage --json json --memory x -- true
ok 'leaves no record of another run' test ! -e json

# The directory of the sockets.
rm -f pid
"$runqemu" --accel tcg --kernel bzImage --qemu ./waiting --run-dir run/it --json new -- true 2>err &
pid=$!
started
ok 'sockets' test -S run/it/gdb -a -S run/it/shell
fails 125 'a second guest with gdb' "$runqemu" --accel tcg --kernel bzImage --qemu ./waiting --run-dir run/it --debug -- true
said 'is refused' 'cannot use run/it: another guest runs with it'
fails 7 'without gdb it runs' with good --run-dir run/it -- true
said 'and it is said' 'another guest runs with run/it: nothing can be attached to this one; another --run-dir (GUEST=NAME of make)'
fails 123 'a guest that gives no shell' "$runqemu" --attach run/it --timeout 1 -- true
said 'is told' 'the guest gave no shell in 1 seconds'
kill -s TERM "$pid"
wait "$pid" 2>/dev/null
is 'a signal ends it' $? 143
is 'nothing is left' "$(ls run)" ''
cp new json
is 'and its record is written' "$(field cause) $(field exit)" '"interrupted" 143'
fails 125 'without a guest' "$runqemu" --attach run/it -- true
mkdir run/it
touch run/it/gdb run/it/shell
fails 7 'what an earlier one left is no hindrance' with good --run-dir run/it -- true
is 'nor left again' "$(ls run)" ''
long=run/$(printf '%0100d' 0)/$(printf '%0100d' 0)
fails 7 'nor is a long path' with good --run-dir "$long" -- true
is 'it leaves no files behind' "$(ls tmp)" ''

if [ -r /dev/kvm ] && [ -w /dev/kvm ]; then
	fake kvm <<'END'
case $* in *'-accel kvm'*'init=/none'*) echo probed >>probes; exit 1 ;; esac
echo "${mark}status 0" >&7
END
	ok 'KVM that does not work' "$runqemu" --kernel bzImage --qemu ./kvm --cache mine -- true
	said 'is told' 'a guest does not run under /dev/kvm'
	said 'with the file that remembers it' 'remembered in mine/accelerators; remove it to try again'
	rm probes
	ok 'the next time' "$runqemu" --kernel bzImage --qemu ./kvm --cache mine -- true
	is 'nothing is said' "$(cat .tap.out)" ''
	ok 'nor tried' test ! -e probes
	sed -i 's/^tcg/kvm max/' mine/accelerators
	fake kvm <<'END'
case $* in *'-accel kvm -cpu max'*) exit 1 ;; esac
echo "${mark}status 0" >&7
END
	sed "s,[^ ]* bytes of [^,]*,$(stat -c '%s bytes of %Y' kvm)," mine/accelerators >remembered
	mv remembered mine/accelerators
	ok 'KVM that does not work any more' "$runqemu" --kernel bzImage --qemu ./kvm --cache mine -- true
	said 'is told' 'QEMU does not start with KVM any more: using TCG'
	{ cat config && echo CONFIG_VIRTIO_FS=y; } >config-fs
	ok 'the same with a directory' "$runqemu" --kernel bzImage --config config-fs --share empty --verbose --qemu ./kvm --cache mine -- true
	if grep -q 'accel kvm .*fs-pci' .tap.out; then
		said 'that goes by virtiofs again' '-accel tcg .* -device vhost-user-fs-pci,'
	else
		skip 'that goes by virtiofs again' 'there is no virtiofsd that works'
	fi
	rm -f pid
	"$runqemu" --kernel bzImage --qemu ./waiting --cache other --json json -- true 2>err &
	pid=$!
	started
	kill -s TERM "$pid"
	wait "$pid" 2>/dev/null
	is 'a signal while KVM is tried' $? 143
	is 'is in the record' "$(field cause) $(field exit)" '"interrupted" 143'
else
	skip 'KVM that does not work' '/dev/kvm cannot be used here'
fi

done_testing
