#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# make bisect with several commits at once: that it finds what 'git bisect run' finds, in how many rounds, and what it
# cancels; with a script in make's place.
# shellcheck disable=SC2016 # text for other shells stands in single quotes
set -u
# shellcheck source=support/tests/tap.sh
. support/tests/tap.sh
# shellcheck source=support/tests/history.sh
. "$TOP/support/tests/history.sh"

unset MAKEFLAGS MAKELEVEL EXTERNAL HOSTS KERNELS
export O="$SCRATCH/out" FAKE="$SCRATCH/fake" MAKE="$SCRATCH/make" TOOLDIR="${TOOLBIN%/bin}" RUN=true GUEST_VARIABLES='RUN TIMEOUT'
mkdir "$FAKE"
# A kernel is the word in the file kernel of its tree. One whose name is in $FAKE/slow is never built, one in $FAKE/last
# after that has begun.
cat >"$MAKE" <<'END'
#!/bin/sh
for arg; do
	case $arg in JSON=*) json=${arg#*=} ;; LINUX_DIR=*) tree=${arg#*=} ;; O=*) O=${arg#*=} ;; esac
done
for goal; do :; done
: "${tree:=$(sed -n 's/^CONFIG_LINUX_LOCAL_DIR="\(.*\)"$/\1/p' "$O/.config")}"
kernel=$(cat "$tree/kernel" 2>/dev/null)
name=$(cat "$tree/name" 2>/dev/null)
mkdir -p "$O/build/linux" "$O/images"
case $goal in
images)
	echo "$name" >>"$FAKE/built"
	! grep -sqx "$name" "$FAKE/slow" || { echo $$ >"$FAKE/waits"; exec sleep 1000; }
	! grep -sqx "$name" "$FAKE/last" || until [ -s "$FAKE/waits" ]; do sleep 0.05; done
	! grep -sqx "$name" "$FAKE/trouble" || { echo 'no space left on device'; exit 2; }
	[ "$kernel" != broken ] || { echo '{ "step": "build", "cause": "script" }' >"$O/build/linux/failure"; exit 2; }
	;;
qemu-run)
	[ "$kernel" != works ] || { echo '{ "cause": "ok" }' >"$json"; exit 0; }
	echo '{ "cause": "command failed" }' >"$json"
	exit 1
	;;
esac
END
chmod 755 "$MAKE"
# afresh NAME: a new repository, and no bisection of it yet.
afresh() {
	tree=$SCRATCH/$1
	rm -rf "$O" "$FAKE" "$tree"
	mkdir -p "$O" "$FAKE"
	: >"$O/.whittle-output"
	printf 'CONFIG_QEMU_MEMORY=256\n' >"$O/.config"
	export LINUX_DIR="$tree"
}
# answer LOG: the commits that git names in the log of a bisection.
answer() { sed -n 's/^# \(possible \)*first bad commit: \[\([0-9a-f]*\)\].*/\2/p' "$1" | LC_ALL=C sort; }
# built NAME: how often it was built.
built() { grep -cx "$1" "$FAKE/built"; }
id() { at rev-parse "$1^{commit}"; }

# ---- what it finds, as it is typed ----

afresh typed
woven 0 17 11 0
export GOOD=c0 BAD=c16
ok 'three at once' env SLOTS=3 scripts/bisect
said 'the commit' "^bisect: the first bad commit is $(id c11)\$"
said 'a good one' '^bisect: [0-9a-f]* c8: good$'
said 'a bad one' '^bisect: [0-9a-f]* c16: bad: command failed$'
like 'the log is that of git' "$(cat "$O/bisect/log")" "^git bisect good $(id c8)"
is 'each was built once' "$(LC_ALL=C sort "$FAKE/built" | uniq -d)" ''
is 'the worktrees are gone' "$(at worktree list | wc -l) $(ls -d "$O"/bisect/lanes/*/*/tree 2>/dev/null)" '1 '
is 'the checkout is as it was' "$(at rev-parse HEAD) $(at status --porcelain)" "$(id c0) "

# c12 is tested at the same time as c8, and does not matter once that is bad.
afresh cancelled
woven 0 17 7 0
echo c12 >"$FAKE/slow"
echo c8 >"$FAKE/last"
ok 'one that does not matter is cancelled' timeout 100 env SLOTS=3 scripts/bisect
said 'it is told' '^bisect: [0-9a-f]* c12 is not needed any more$'
said 'the commit is found' "^bisect: the first bad commit is $(id c7)\$"
is 'it had been begun' "$(built c12)" 1
ok 'it has been ended' within 10 sh -c "! kill -0 $(cat "$FAKE/waits")"

# ---- going on ----

afresh interrupted
woven 0 17 11 0
echo c10 >"$FAKE/slow"
export SLOTS=3
ok 'one that is to be interrupted' begin bisect
ok 'the middle is judged' within 60 grep -q 'c8: good' "$SCRATCH/said"
kill -TERM "$pid"
status=0
wait "$pid" || status=$?
is 'SIGTERM: its exit status' "$status" 143
like 'SIGTERM: what it says' "$(cat "$SCRATCH/said")" '^bisect: interrupted; the same command continues$'
ok 'SIGTERM: nothing is left' flock -n "$O/bisect/lock" true
ok 'SIGTERM: not even a build' within 10 sh -c "! kill -0 $(cat "$FAKE/waits")"
mv "$FAKE/built" "$FAKE/before"
rm "$FAKE/slow"
ok 'the same command again' scripts/bisect
said 'goes on' '^bisect: continuing after [1-9]'
said 'and names the commit' "^bisect: the first bad commit is $(id c11)\$"
is 'what was judged is not built again' "$(grep -cx -e c0 -e c16 -e c8 "$FAKE/built")" 0

# With one at a time, what was begun with several; and the other way.
for order in '3 1' '1 3'; do
	afresh turns
	woven 0 17 11 0
	echo c10 >"$FAKE/slow"
	export SLOTS="${order% *}"
	ok "SLOTS=$order: the first" begin bisect
	kill -TERM "$pid"
	wait "$pid"
	rm "$FAKE/slow"
	ok "SLOTS=$order: the second" env SLOTS="${order#* }" scripts/bisect
	said "SLOTS=$order: goes on" '^bisect: continuing after [1-9]'
	said "SLOTS=$order: and names the commit" "^bisect: the first bad commit is $(id c11)\$"
done
export SLOTS=3

# ---- worktrees of several at a time ----

# While git adds one, its files are there, but empty: another git fails then.
afresh added
woven 0 3 2 0
mkdir -p "$tree/.git/worktrees/half"
: >"$tree/.git/worktrees/half/commondir"
echo "$SCRATCH/half/.git" >"$tree/.git/worktrees/half/gitdir"
flock "$tree/.git" sh -c "while [ ! -e '$FAKE/whole' ]; do sleep 0.05; done; rm -r '$tree/.git/worktrees/half'" &
adding=$!
sh support/make/checkout.sh "$tree" "$O/lane" "$(id c1)" >"$SCRATCH/checkout" 2>&1 &
checkout=$!
sleep 0.5
ok 'a checkout waits for one that git is about to add' kill -0 "$checkout"
: >"$FAKE/whole"
wait "$adding"
ok 'and is made' wait "$checkout"
is 'it says nothing' "$(cat "$SCRATCH/checkout")" ''
is 'it is the commit' "$(git -C "$O/lane" rev-parse HEAD) $(git -C "$O/lane" status --porcelain)" "$(id c1) "

# ---- what cannot be ----

afresh wrong
woven 0 17 11 0
fails 1 'GOOD is bad' env GOOD=c12 scripts/bisect
said 'GOOD is bad: that is told' "^bisect: GOOD=c12 ($(id c12)) is bad: command failed (.*commits/$(id c12)/run.log)\. Check RUN, or choose another GOOD\.$"
fails 1 'BAD is good' env BAD=c10 scripts/bisect
said 'BAD is good: that is told' "^bisect: BAD=c10 ($(id c10)) is good: "
is 'the worktrees are gone' "$(at worktree list | wc -l)" 1
echo c8 >"$FAKE/trouble"
fails 1 'trouble of this machine' scripts/bisect
said 'it is told' 'c8: not built, but not because of this commit'
said 'and what then' '^bisect: the bisection stopped\. Correct the error above'
rm "$FAKE/trouble"
ok 'corrected' scripts/bisect
said 'the same command goes on' "^bisect: the first bad commit is $(id c11)\$"
fails 2 'SLOTS is no number' env SLOTS=many scripts/bisect
said 'that is told' '^bisect: SLOTS=many: a number of commits is expected$'

afresh skipped
woven 0 5 2 100
fails 1 'no commit between can be built' env BAD=c4 scripts/bisect
said 'that is told' '^bisect: the first bad commit is one of these; the others could not be built:$'
said 'each of them' "^    \[$(id c2)\] c2$"

# GOOD on another branch: what both have in common is tested first.
afresh branch
woven 0 9 5 0
at checkout -q c3
at -c user.name=me -c user.email=me@example.org commit -q --allow-empty -m side
at tag side
ok 'GOOD on another branch' env GOOD=side BAD=c8 scripts/bisect
said 'the commit' "^bisect: the first bad commit is $(id c5)\$"
is 'what they have in common was tested' "$(built c3)" 2
at checkout -q c6
at -c user.name=me -c user.email=me@example.org rm -q name
echo works >"$tree/kernel"
at -c user.name=me -c user.email=me@example.org commit -q -a -m mended
at tag mended
fails 1 'what they have in common is bad' env GOOD=mended BAD=c8 scripts/bisect
said 'git tells what that means' 'The merge base .* is bad'

# ---- the same answer, and in how many rounds ----

# serial: what git finds by itself, in $SCRATCH/serial
serial() {
	at bisect start --no-checkout "$BAD" c0 >/dev/null 2>&1
	(cd "$tree" && git bisect run sh -c 'case $(git show BISECT_HEAD:kernel) in works) exit 0 ;; fails) exit 1 ;; *) exit 125 ;; esac') >/dev/null 2>&1
	at bisect log >"$SCRATCH/serial"
	at bisect reset >/dev/null 2>&1
}
# rounds K: what bisect asks to be tested at the same time, until it knows; sets n to how often it asks
rounds() {
	mkdir -p "$O/bisect/commits"
	printf 'good\nbad\n' >"$O/bisect/ends"
	at worktree add -q --no-checkout --detach "$O/bisect/tree" c0
	git -C "$O/bisect/tree" bisect start --no-checkout "$(id "$BAD")" "$(id c0)" >/dev/null
	: >"$O/bisect/table"
	n=0
	while [ "$n" -lt 30 ] && scripts/bisect --steer "$(id c0)" "$(id "$BAD")" "$1" >>"$SCRATCH/said" && [ -s "$O/bisect/table" ]; do
		n=$((n + 1))
		[ "$(wc -l <"$O/bisect/table")" -le "$1" ] || return 1
		cut -f 1 "$O/bisect/table" | while read -r dir; do
			mkdir "$dir" || exit
			case $(at show "${dir##*/}:kernel") in
			works) echo '{ "command": "true", "result": "ok" }' ;;
			fails) echo '{ "command": "true", "result": "panic" }' ;;
			broken) echo '{ "command": "true", "result": "not built", "kernel_failed": true }' ;;
			esac >"$dir/record"
		done
	done
	git -C "$O/bisect/tree" bisect log >"$SCRATCH/wide"
}
# The logarithm of base K+1: AT_ONCE COMMITS BUG ROUNDS, where COMMITS is AT_ONCE+1 to the power of ROUNDS.
for case in '2 81 7 4' '3 64 64 3' '3 64 1 3' '8 81 33 2' '1 32 20 5'; do
	# shellcheck disable=SC2086 # words
	set -- $case
	afresh rounds
	woven 0 $(($2 + 1)) "$3" 0
	export BAD="c$2"
	rounds "$1"
	is "$1 at once, of $2 commits: c$3 is found" "$(answer "$SCRATCH/wide")" "$(id "c$3")"
	is "$1 at once, of $2 commits: rounds" "$n" "$4"
done
# Random histories.
steps=0 asked=0
for seed in $(seq "${HISTORIES:-9}"); do
	afresh woven
	broken=$((seed % 3 * 8))
	woven "$seed" 50 $((1 + seed * 37 % 49)) "$broken"
	export BAD=c49
	serial
	rounds $((2 + seed % 4))
	steps=$((steps + $(grep -c '^git bisect [gbs][oak]' "$SCRATCH/serial")))
	asked=$((asked + n))
	found=$(answer "$SCRATCH/wide")
	# If it is a single commit, skipped ones are out that are not with one at a time.
	if [ "$(echo "$found" | wc -l)" = 1 ] && answer "$SCRATCH/serial" | grep -qx "$found"; then found=$(answer "$SCRATCH/serial"); fi
	is "history $seed, $((2 + seed % 4)) at once, $broken of 100 broken" "$found" "$(answer "$SCRATCH/serial")"
done
echo "# $asked rounds, and $steps with one at a time"
ok 'that is quicker' test $((asked * 10)) -lt $((steps * 8))
done_testing
