#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# gdb and a guest: by runqemu, then by make. It needs images (KERNEL_IMAGES), and for make a build of
# the default board, in CHECK_O/default.
# shellcheck disable=SC2016,SC2086 # words of $terminal; text for other programs stands in single quotes
set -u
# shellcheck source=support/tests/board.sh
. support/tests/board.sh
# shellcheck source=support/tests/guest.sh
. support/tests/guest.sh

if ! command -v gdb >/dev/null; then
	skip 'gdb' 'there is no gdb: scripts/bootstrap debug installs it'
	done_testing
fi

# debugger FILE COMMAND...: gdb's own commands; its output is in FILE.
debugger() {
	log=$1
	shift
	for command; do
		set -- "$@" -ex "$command"
		shift
	done
	gdb -nx -q -batch -ex 'set remotetimeout 60' "$@" "$images/vmlinux" >"$log" 2>&1
}
begin='thbreak start_kernel'
banner='x/s &linux_banner'
# Whether its kernel may be at random addresses: 1 or 0.
moves=$(grep -c '^CONFIG_RANDOMIZE_BASE=y' "$images/kernel.config")
cd "$SCRATCH" || exit 1

background one --debug --json json -- 'echo ran; cat /proc/cmdline'
like 'it says how to attach' "$(cat one.err)" "^runqemu: the guest waits for: gdb .*vmlinux -ex 'target remote .*/run/one/gdb'"
debugger log 'target remote run/one/gdb' 'printf "at 0x%x\n", $pc' "$begin" continue 'info symbol $pc' "$banner" detach
ok 'it has not begun' grep -q '^at 0xfff0' log
ok 'it gets to start_kernel' grep -q '^start_kernel in section' log
ok 'its memory can be read' grep -q '"Linux version ' log
finished one
ends 0 'left alone, it goes on'
like 'to the command' "$out" '^ran'
is 'its kernel is told to stay where vmlinux says, if it would move' "$(echo "$out" | grep -cw nokaslr)" "$moves"

# Several at once, each with its own.
background first --debug -- 'echo first'
first=$guest
background second --debug -- 'echo second'
debugger second.log 'target remote run/second/gdb' "$begin" continue detach
finished second
is 'the second of two' "$status $out" '0 second'
debugger first.log 'target remote run/first/gdb' "$begin" continue detach
guest=$first
finished first
is 'the first' "$status $out" '0 first'
ok 'each got there' sh -c 'grep -l "start_kernel ()" first.log second.log | wc -l | grep -qx 2'

# To stop a guest is no silence of its.
background slow --timeout 8 -- 'echo begun; sleep 1; echo ended'
until grep -q begun slow.out || ! kill -0 "$guest" 2>/dev/null; do sleep 0.1; done
debugger log 'target remote run/slow/gdb' 'shell sleep 10' 'info symbol $pc' detach
finished slow
ends 0 'a guest that runs can be stopped'
is 'and goes on' "$out" 'begun
ended'

# By a port.
free_port
"$TOOLBIN/runqemu" --accel tcg --images "$images" --guest-init --debug --gdb-port "$port" -- true 2>err &
guest=$!
guests="$guests $guest"
ok 'a port' debugger log 'set tcp connect-timeout 60' "target remote :$port" "$begin" continue detach
ok 'gets there too' grep -q 'start_kernel ()' log
ok 'and the guest ends' wait "$guest"

# make qemu-debug, make gdb, make debug.
cd "$TOP" || exit 1

if [ ! -f "$CHECK_O/default/images/vmlinux" ]; then
	skip 'make gdb' "there is no build in $CHECK_O/default: 10-qemu-x86_64.t makes it"
	done_testing
fi
board default >"$SCRATCH/log" 2>&1 || tap_note make "$(tail "$SCRATCH/log")"
# made NAME VARIABLE...: make qemu-debug for that guest, in the background
made() {
	name=$1
	shift
	board default -s qemu-debug GUEST="$name" "$@" >"$SCRATCH/$name.out" 2>"$SCRATCH/$name.err" </dev/null &
	guest=$!
	guests="$guests $guest"
}
made a RUN='echo ran; cat /proc/cmdline'
ok 'make gdb' board default -s gdb GUEST=a GDB_ARGS="-batch -ex '$banner' -ex detach"
said 'stops at start_kernel' 'start_kernel ()'
said 'reads the kernel' 'Linux version'
finished a
ends 0 'and the guest goes on'
is 'without address randomisation' "$(echo "$out" | grep -cw nokaslr)" "$moves"
made b RUN='echo b'
b=$guest
made c RUN='echo c'
ok 'BREAK' board default -s gdb GUEST=b BREAK=kernel_init GDB_ARGS='-batch -ex detach'
said 'stops there' ' kernel_init ('
ok 'another guest' board default -s gdb GUEST=c BREAK=rest_init GDB_ARGS='-batch -ex detach'
said 'stops elsewhere' 'rest_init ()'
finished c
is 'each has its own' "$status $out" '0 c'
guest=$b
finished b
is 'guest' "$status $out" '0 b'
made d GDB_PORT="$port" RUN=true
ok 'GDB_PORT' board default -s gdb GUEST=d GDB_PORT="$port" GDB_ARGS='-batch -ex detach'
finished d
ends 0 'and the guest ends'
fails 2 'make gdb without a guest' board default -s gdb TIMEOUT=1
said 'says which one is missing' "no guest runs with .*/run/default"
fails 2 'make shell without a guest' board default -s shell RUN=true
said 'says so' 'no guest runs with .*/run/default'
fails 2 'make debug at a function that is not there' board default -s debug BREAK='kernel_init nosuchfunction' RUN='echo ran' GDB_ARGS=-batch </dev/null
said 'says so' '^BREAK=nosuchfunction: Function "nosuchfunction" not defined'
unlike 'before anything boots' "$(cat "$SCRATCH/.tap.out")" 'the guest waits\|^ran'
ok 'make debug at an address' board default -s debug BREAK="*0x$(sed -n 's/ [tT] rest_init$//p' "$CHECK_O/default/images/System.map")" RUN=true GDB_ARGS='-batch -ex detach' </dev/null
said 'stops there' 'rest_init ()'
TMUX='' ok 'make debug, without a terminal' board default -s debug RUN='echo ran' GDB_ARGS='-batch -ex detach' </dev/null
said 'runs both: gdb' 'start_kernel ()'
said 'gdb tells what this kernel lacks' '^This kernel has the names of functions alone'
said 'and the guest' '^ran'
TMUX='' fails 2 'and a gdb that fails ends its guest' timeout 100 make -s O="$CHECK_O/default" TOOLDIR="${TOOLBIN%/bin}" debug RUN='sleep 1000' GDB_ARGS='-batch -ex nosuchcommand' </dev/null
# With tmux: side by side in the session that make is run in, or in one of its own.
if command -v tmux >/dev/null; then
	terminal="tmux -S $SCRATCH/tmux -f /dev/null"
	trap '$terminal kill-server 2>/dev/null; kill $guests 2>/dev/null; wait; rm -rf "$SCRATCH"' EXIT
	# inside ENVIRONMENT: make debug in a terminal
	inside() {
		rm -f "$SCRATCH/ended"
		$terminal new-session -d -x 160 -y 40 "$1 make -s O='$CHECK_O/default' TOOLDIR='${TOOLBIN%/bin}' debug \
			RUN='echo in the guest'; echo \$? >'$SCRATCH/ended'; read -r _"
	}
	# sees PATTERN: until the pane that has the keyboard, gdb's, shows it
	sees() {
		tries=0
		until $terminal capture-pane -p | grep -q "$1"; do
			tries=$((tries + 1))
			[ $tries -lt 1200 ] || { $terminal capture-pane -p; return 1; }
			sleep 0.1
		done
	}
	panes() { $terminal list-panes | wc -l; }
	# leaves: gdb is left; then the guest goes on to its end
	leaves() {
		$terminal send-keys quit Enter
		tries=0
		until [ -s "$SCRATCH/ended" ]; do
			tries=$((tries + 1))
			[ $tries -lt 1200 ] || { $terminal capture-pane -p; return 1; }
			! $terminal capture-pane -p | grep -q 'y or n' || $terminal send-keys y Enter
			sleep 0.1
		done
	}

	inside ''
	ok 'make debug in tmux: gdb stops at start_kernel' sees ' start_kernel ()'
	is 'beside the guest' "$(panes)" 2
	ok 'it is left' leaves
	is 'its pane is gone, and make has succeeded' "$(panes) $(cat "$SCRATCH/ended")" '1 0'
	ok 'the guest went on' sees 'in the guest'
	# Another server, by a socket of its own: one that was told to end still answers for a moment.
	$terminal kill-server
	terminal="tmux -S $SCRATCH/tmux.own -f /dev/null"
	inside "TMUX=''"
	ok 'make debug at another terminal: gdb stops at start_kernel' sees ' start_kernel ()'
	ok 'in a tmux of its own, beside the guest' sees 'the guest waits for: gdb.*│'
	ok 'both are left' leaves
	is 'and make has succeeded' "$(cat "$SCRATCH/ended")" 0
else
	skip 'make debug in tmux' 'tmux is not installed'
fi
is 'no sockets are left' "$(find "$CHECK_O/default/run" -type s)" ''

# make shell, PORTS.
board default -s qemu-run GUEST=f PORTS="$port:80" RUN='httpd -h /etc; until [ -e /tmp/end ]; do sleep 0.1; done' >"$SCRATCH/f.out" 2>"$SCRATCH/f.err" </dev/null &
guest=$!
guests="$guests $guest"
tries=0
until board default -s shell GUEST=f RUN='pidof httpd >/dev/null' >"$SCRATCH/log" 2>&1 || [ $tries = 300 ]; do
	tries=$((tries + 1))
	sleep 0.1
done
ok 'make shell' board default -s shell GUEST=f RUN='echo in the shell'
said 'gives what the command prints' '^in the shell'
fails 2 'and fails with it' board default -s shell GUEST=f RUN=false
if command -v curl >/dev/null; then
	is 'PORTS: the guest answers at a port of the host' "$(curl -s --noproxy '*' --retry 5 "http://127.0.0.1:$port/hostname")" whittle
else
	skip 'PORTS' 'there is no curl'
fi
board default -s shell GUEST=f RUN='touch /tmp/end'
finished f
ends 0 'the guest ends'

# What a kernel with debug information has for gdb.
if grep -q '^CONFIG_GDB_SCRIPTS=y' "$CHECK_O/default/images/kernel.config"; then
	made e RUN='while [ ! -e /tmp/end ]; do sleep 0.1; done'
	ok 'the scripts of the kernel' board default -s gdb GUEST=e BREAK=kernel_init GDB_ARGS="-batch -ex lx-version -ex 'info source' -ex list -ex detach"
	said 'are loaded' '^Linux version'
	said 'its sources are found' 'kernel_init[a-z_]*('
	ok 'make gdb, on a guest that runs' board default -s gdb GUEST=e GDB_ARGS='-batch -ex lx-ps -ex lx-dmesg -ex detach'
	said 'its processes' ' init$'
	said 'its log' 'Run /init as init process'
	board default -s shell GUEST=e RUN='touch /tmp/end'
	finished e
	ends 0 'the guest ends'
else
	skip 'the scripts of the kernel' 'this build has no CONFIG_GDB_SCRIPTS'
fi

done_testing
