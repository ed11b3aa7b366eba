#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# step and processes: signals, a runner that is killed, what it leaves, the lock.
set -u
# shellcheck source=support/tests/tap.sh
. support/tests/tap.sh

unset MAKEFLAGS MAKELEVEL
cd "$SCRATCH" || exit 1
P=b/p
mkdir -p $P

# shellcheck disable=SC2016 # $BUILD is the script's own
# script STEP: the script, body from standard input.
script() {
	{
		printf '#!/bin/sh\nset -eu\nexport PATH=/usr/bin:/bin\ncd "$BUILD"\n\n'
		cat
	} >"$P/$1.sh"
}

# build ARGUMENT...: the usual call; a shell has what it starts in the background ignore SIGINT.
build() {
	exec env --default-signal=INT,HUP "$TOOLBIN/step" --name p --dir $P --clock b/.clock --stamp $P/stamp "$@" configure build install
}

# waitfor FILE: until it is there, 10 seconds at most.
waitfor() {
	waitfor_n=0
	while [ ! -e "$1" ] && [ "$waitfor_n" -lt 200 ]; do
		sleep 0.05
		waitfor_n=$((waitfor_n + 1))
	done
	[ -e "$1" ]
}

# begin ARGUMENT...: start build in the background, as $pid; until the build step runs.
begin() {
	rm -f ready
	build "$@" >out 2>&1 &
	pid=$!
	waitfor ready
}

# ends NAME STATUS: it ends with that.
ends() {
	ends_status=0
	wait "$pid" 2>/dev/null || ends_status=$?
	is "$1" "$ends_status" "$2"
}

# ran: the steps that out tells of, on one line.
ran() {
	sed -n 's/^  \([A-Z]*\) .*/\1/p' out | paste -s -d ' ' -
}

echo 'echo configured >>trace' | script configure
echo : | script install

# ---- signals ----
# A script that waits, with a process of its own that tidies up when it is told to end.
slow() {
	script build <<-'END'
		cat >tidy <<'TIDY'
		trap 'sleep 0.3; echo tidied >>trace; exit' INT TERM HUP
		touch ../../../ready
		for i in $(seq 200); do sleep 0.05; done
		TIDY
		echo half >>trace
		sh tidy
		echo whole >>trace
	END
}
slow
for sig in INT TERM HUP; do
	case $sig in INT) n=2 ;; TERM) n=15 ;; HUP) n=1 ;; esac
	rm -rf $P/build $P/done
	ok "SIG$sig: it runs" begin --keep-build
	is "SIG$sig: running says what" "$(cat $P/running)" build
	kill "-$sig" "$pid"
	ends "SIG$sig: its exit status" $((128 + n))
	is "SIG$sig: all that the script started had its time to end" "$(paste -s -d ' ' $P/build/trace)" "configured half tidied"
	is "SIG$sig: no blame" "$(sed 1d out)" ""
	ok "SIG$sig: nothing is left" flock -n $P/lock true
	ok "SIG$sig: it was not killed" test ! -e $P/running
	fails 1 "SIG$sig: it is not done" test -e $P/done/build
	fails 1 "SIG$sig: nor is all" test -e $P/stamp
done

# nohup
rm -f ready
(
	trap '' HUP
	exec "$TOOLBIN/step" --name p --dir $P --clock b/.clock configure build
) >out 2>&1 &
pid=$!
ok "nohup: it runs" waitfor ready
kill -HUP $pid
kill -TERM $pid
ends "nohup: SIGHUP stays ignored" 143

# ---- the runner is killed ----
script build <<'END'
echo half >>trace
touch ../../../ready
sh -c 'for i in $(seq 200); do [ -e ../../../go ] || sleep 0.05; done; echo late >>trace'
echo whole >>trace
END
rm -rf $P/build $P/done go
ok "SIGKILL: it runs" begin --keep-build
kill -KILL "$pid"
ends "SIGKILL: its exit status" 137
is "SIGKILL: the marker stays" "$(cat $P/running)" build
fails 1 "SIGKILL: what it left holds the lock" flock -n $P/lock true
rm -f ready
build --keep-build --verbose 2 >out 2>&1 &
pid=$!
n=0
until grep -q 'waiting for it to end' out || [ $n -ge 200 ]; do
	sleep 0.05
	n=$((n + 1))
done
is "SIGKILL: the next runner says that it waits" "$(cat out)" \
	"step: p: another build is at work in $P: waiting for it to end"
sleep 0.2
ok "SIGKILL: and does" test ! -e ready
touch go
ends "SIGKILL: then it goes on" 0
is "SIGKILL: it knows why" "$(sed -n 's/^  why *//p' out)" "p: configure, because an earlier run was cut short"
is "SIGKILL: from an empty directory, even with --keep-build" "$(paste -s -d ' ' $P/build/trace)" "configured half late whole"
ok "SIGKILL: the marker is gone" test ! -e $P/running
ok "SIGKILL: all is done" test -e $P/stamp

# A run that was asked for, of steps that are not stale, must not be forgotten when it is killed.
rm -f go
ok "--from: it runs" begin --keep-build --from build
kill -KILL "$pid"
ends "--from: killed" 137
fails 1 "--from: killed, it leaves no stamp" test -e $P/stamp
touch go
build >out 2>&1 &
pid=$!
ends "--from: the next run ends well" 0
is "--from: and does all" "$(ran)" "CONFIGURE BUILD INSTALL"

# ---- what a script leaves running ----
script build <<'END'
echo done >>trace
(sleep 0.4; echo late >>trace; echo late said) &
END
script install <<'END'
mkdir -p "$IMAGE/target"
cp trace "$IMAGE/target/"
END
build >out 2>&1 &
pid=$!
ends "in the background: the run ends well" 0
is "in the background: the step waits for it" "$(paste -s -d ' ' $P/image/target/trace)" "configured done late"
is "in the background: what it says is in the log" "$(cat $P/build.log)" "late said"

# ---- two at once ----
script build <<'END'
mkdir alone
echo x >>../../../count
sleep 0.2
rmdir alone
END
build >out 2>&1 &
pid=$!
build >out2 2>&1 &
other=$!
ends "two at once: one ends well" 0
pid=$other
ends "two at once: so does the other" 0
is "two at once: it is built once" "$(wc -l <count)" 1
done_testing
