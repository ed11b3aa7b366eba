#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# runqemu with real guests, of the images that guest.sh finds.
# shellcheck disable=SC2016 # text for the guest's shell stands in single quotes
set -u
# shellcheck source=support/tests/guest.sh
. support/tests/guest.sh

config=$images/kernel.config
# bare OPTION... [-- COMMAND]: that initramfs, and of the kernel just what is told.
bare() {
	raw --initramfs "$initramfs" "$@"
}
# last NAME PATTERN: the last line of its errors.
last() {
	like "$1" "$(tail -n 1 "$SCRATCH/err")" "$2"
}

boot -- true
ends 0 'true'
is 'prints nothing' "$out$err" ''
boot -- exit 7
ends 7 'a status'
boot -- exit 255
ends 255 'the highest one'
boot -- 'kill -9 $$'
ends 137 'a signal'
boot -- no-such-command
ends 127 'a command that is not there'
boot -- 'echo out; echo err >&2; printf "no newline"'
is 'standard output' "$out" "out
no newline"
is 'standard error' "$err" err
boot -- echo several '"words  here"'
is 'words' "$out" 'several words  here'
boot -- 'cat; pwd; echo $HOME; id -u; tty'
is 'its surroundings' "$out" "/root
/root
0
not a tty"
boot -- 'seq 1 100000; seq 1 1000 >&2'
is 'much output' "$(cksum <"$SCRATCH/out")" "$(seq 1 100000 | cksum)"
is 'much on standard error' "$(cksum <"$SCRATCH/err")" "$(seq 1 1000 | cksum)"
boot --kernel-log "$SCRATCH/log" -- true
ok "the kernel's log" grep -q 'Linux version' "$SCRATCH/log"
boot --cpus 2 --memory 128 -- 'grep -c ^processor /proc/cpuinfo'
is 'two processors' "$out" 2

# What goes wrong.
boot -- 'echo before; echo c >/proc/sysrq-trigger; sleep 30'
ends 122 'a panic'
is 'what came before' "$out" before
like "the kernel's words" "$err" '^Kernel panic - not syncing'
last 'the last line' '^runqemu: guest panicked: sysrq triggered crash'
like 'and where it was' "$err" 'sysrq_handle_crash'
boot -- 'printf "Starting foo: " >/dev/console; echo c >/proc/sysrq-trigger; sleep 30'
ends 122 'a panic behind a partial line'
# kmsg TEXT: a command by which the kernel prints that, behind what a program has begun to write.
kmsg() {
	printf '%s' "printf 'Starting foo: ' >/dev/console; printf '<1>%b\n' '$1' >/dev/kmsg; echo after >/dev/console"
}
boot -- "$(kmsg 'BUG: kernel NULL pointer dereference, address: 0')"
ends 120 'an oops behind a partial line'
last 'the last line' 'reported an oops: BUG: kernel NULL pointer dereference, address: 0$'
boot -- "$(kmsg 'WARNING: possible circular locking dependency detected' | sed 's/<1>/<4>/')"
ends 120 "lockdep's, at the level of a warning"
boot -- "$(kmsg 'a program of mine has a BUG: it is slow')"
ends 0 'what is none'
boot -- "$(kmsg '\033]0;title\007\033[2JBUG: KASAN: use-after-free in \033[31mf')"
ends 120 'an oops in colour'
unlike 'which does not reach our terminal' "$(tr '\033\007' '@@' <"$SCRATCH/err")" '@'
like 'but as text' "$err" 'reported an oops: BUG: KASAN: use-after-free in .x1b.31mf$'
cp "$initramfs" "$SCRATCH/cut"
# the kernel looks for the next archive at a multiple of 4 bytes
truncate -s %4 "$SCRATCH/cut"
head -c 100000 "$images/bzImage" | gzip | head -c 50000 >>"$SCRATCH/cut"
raw --images "$images" --initramfs "$SCRATCH/cut" --guest-init -- 'echo out'
ends 120 'an archive that was cut'
is 'what the command says' "$out" out
last 'the last line' 'reported a fault: Initramfs unpacking failed: '
boot --append 'rdinit=/nowhere' -- true
ends 123 'no init'
last 'the last line' '^runqemu: guest never reached init: '
boot --timeout 2 -- 'echo start; sleep 60'
ends 124 'a command that hangs'
is 'what it said' "$out" start
last 'the last line' '^runqemu: guest timed out'
boot --timeout 2 --append 'rdinit=/bin/cat' -- true
ends 123 'an init that does nothing'
boot --timeout 1 --append 'rdinit=/usr/bin/yes' -- true
ends 123 'an init that does something else'
last 'the last line' '^runqemu: guest never reached init in 5 seconds'
boot -- 'poweroff -f; sleep 60'
ends 121 'a command that turns the machine off'
boot -- 'reboot -f'
ends 121 'or restarts it'

# Standard input that is no terminal.
boot
ends 0 'no input'
printf 'echo 6 times 7 is $((6 * 7))\nuname -r\n' >"$SCRATCH/typed"
shell() {
	"$TOOLBIN/runqemu" --accel tcg --images "$images" --guest-init
}
out=$(shell <"$SCRATCH/typed")
is 'lines of input' $? 0
like 'are obeyed' "$out" '6 times 7 is 42'
out=$(echo 'exit 3' | shell)
is 'exit' $? 0
out=$(printf 'cat >/dev/null\nleft for cat' | shell)
is 'a program that reads all input' $? 0

# Other machines and other ways for the output.
sed 's/^CONFIG_VIRTIO_CONSOLE=y/# &/' "$config" >"$SCRATCH/config"
both='printf "\\ta\\n"; echo err >&2; exit 42'
bare --guest-init --kernel "$images/vmlinux" --config "$SCRATCH/config" -- "$both"
ends 42 'microvm, by a serial port'
like 'its output' "$out" '	a'
bare --guest-init --kernel "$images/bzImage" --config "$SCRATCH/config" -- "$both"
ends 42 'q35, by a serial port'
is 'its output, errors among it' "$out" "	a
err"
# exact NAME: its output is those bytes, of all kinds of newlines.
bytes='a\nb\r\nc\r\r\n\rd\r\n\n'
exact() {
	# shellcheck disable=SC2059 # the bytes are a format
	is "$1" "$(od -An -c "$SCRATCH/out")" "$(printf "$bytes" | od -An -c)"
}
bare --guest-init --kernel "$images/bzImage" --config "$SCRATCH/config" -- "printf '$bytes'"
exact 'to the byte'
mkdir -p "$SCRATCH/nostty/bin"
printf '#!/bin/sh\nexit 1\n' >"$SCRATCH/nostty/bin/stty"
chmod 755 "$SCRATCH/nostty/bin/stty"
if command -v cpio >/dev/null; then
	cp "$initramfs" "$SCRATCH/nostty.cpio"
	truncate -s %4 "$SCRATCH/nostty.cpio"
	(cd "$SCRATCH/nostty" && find bin | cpio -o -H newc 2>/dev/null) >>"$SCRATCH/nostty.cpio"
	raw --guest-init --initramfs "$SCRATCH/nostty.cpio" --kernel "$images/bzImage" --config "$SCRATCH/config" -- "printf '$bytes'"
	exact 'or by a terminal that cannot be set'
	raw --guest-init --initramfs "$SCRATCH/nostty.cpio" --kernel "$images/bzImage" --config "$SCRATCH/config" -- 'printf "no newline\r"; exit 3'
	ends 3 'with a status right behind it'
	is 'and nothing lost' "$(od -An -c "$SCRATCH/out")" "$(printf 'no newline\r' | od -An -c)"
else
	skip 'a terminal that cannot be set' 'there is no cpio'
fi
bare --guest-init --kernel "$images/bzImage" --config "$config" -- "$both"
ends 42 'q35, by its own ports'
is 'its output' "$out" '	a'
bare --guest-init --kernel "$images/bzImage" --machine pc -- "$both"
ends 42 'pc, nothing known of the kernel'
bare --guest-init --kernel "$images/vmlinux" --config "$config" --no-tune -- "$both"
ends 42 'microvm without tuning'

# An image that knows nothing of sessions.
bare --kernel "$images/vmlinux" --config "$config" -- 'echo $PPID; [ -e /proc/self ] && [ -e /dev/null ] && [ -d /sys/kernel ]; exit 6'
ends 6 'another init'
is 'the session takes its place' "$out" 1
bare --kernel "$images/bzImage"
ends 0 'a shell in its place'

# The network, when asked for.
boot --net -- 'for i in 1 2 3 4 5 6 7 8 9 10; do ip addr show dev eth0 | grep -w inet && break; sleep 1; done'
like 'DHCP' "$out" 'inet 10\.0\.2\.'

# A terminal.
if command -v tmux >/dev/null; then
	tmux="tmux -L runqemu$$ -f /dev/null"
	trap '$tmux kill-server 2>/dev/null; rm -rf "$SCRATCH"' EXIT
	# waitfor TEXT: until the terminal shows it; fails after 60 s.
	waitfor() {
		waited=0
		until $tmux capture-pane -p | grep -q -e "$1"; do
			waited=$((waited + 1))
			[ $waited -lt 600 ] || return 1
			sleep 0.1
		done
	}
	keys() { $tmux send-keys "$@"; }
	# another: on a clear screen, a guest up to its prompt.
	another() {
		keys -l 'clear; clear'
		keys Enter
		keys -l "$line"
		keys Enter
		waitfor '^~ #'
	}
	$tmux new-session -d -x 99 -y 33 env PS1='host$ ' sh
	line="$TOOLBIN/runqemu --accel tcg --initramfs $initramfs --guest-init --kernel $images/vmlinux --config $config --append quiet; echo status=\$?; stty -a | tr ' ' '\\n' | grep -x -e -echo -e echo -e -icanon -e icanon | paste -sd ,"
	keys -l "$line"
	keys Enter
	ok 'a prompt' waitfor '^~ #'
	keys -l 'clear; echo $((6 * 7)) lines=$LINES columns=$COLUMNS'
	keys Enter
	ok 'what is typed is run, in the size of the terminal' waitfor '^42 lines=33 columns=99'
	keys -l 'sleep 100'
	keys Enter
	sleep 1
	keys C-c
	keys -l 'echo was=$?'
	keys Enter
	ok 'Ctrl-C ends a program in the guest' waitfor '^was=130'
	keys -l exit
	keys Enter
	ok 'leaving the shell ends the guest' waitfor '^status=0'
	ok 'and the terminal is as before' waitfor '^icanon,echo'
	another
	keys C-a x
	ok 'Ctrl-A x ends it as well' waitfor '^status=0'
	ok 'and the terminal is as before' waitfor '^icanon,echo'
	another
	keys -l poweroff
	keys Enter
	ok 'and so does poweroff' waitfor '^status=0'
else
	skip 'a terminal' 'there is no tmux'
fi

done_testing
