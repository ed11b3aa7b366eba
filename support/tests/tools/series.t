#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# make series with a make that only pretends: kernels of a few lines, whose compiler warns where it is asked to.
# shellcheck disable=SC2016 # text for other shells stands in single quotes
set -u
# shellcheck source=support/tests/tap.sh
. support/tests/tap.sh

unset MAKEFLAGS MAKELEVEL LINUX_DIR BASE RUN RESTART JSON
export O="$SCRATCH/out" FAKE="$SCRATCH/fake" MAKE="$SCRATCH/make" GUEST_VARIABLES='RUN TIMEOUT'
mkdir -p "$O" "$FAKE"
: >"$O/.config"

ok '--help' scripts/series --help
said 'gives the usage' '^usage: make series'
fails 2 'without a question' scripts/series
for name in LINUX_DIR BASE RUN; do said "$name is missing" "^series: $name= is missing"; done
tree=$SCRATCH/linux
export LINUX_DIR="$tree" BASE=base RUN=true
mkdir "$tree"
fails 1 'of what is no repository' env GIT_CEILING_DIRECTORIES="$SCRATCH" scripts/series
said 'it says so' "^series: $tree is not a git repository"

# shellcheck source=support/tests/history.sh
. "$TOP/support/tests/history.sh"
at init -q -b topic
at config user.name me
at config user.email me@example.org
# In make's place. A file is compiled if it or the header has changed, and each line "warn TEXT" is a warning.
cat >"$MAKE" <<'END'
#!/bin/sh
for arg; do
	case $arg in LINUX_DIR=*) tree=${arg#*=} ;; JSON=*) json=${arg#*=} ;; O=*) O=${arg#*=} ;; esac
done
for goal; do :; done
kernel=$(cat "$tree/kernel" 2>/dev/null)
name=$(cat "$tree/name" 2>/dev/null)
echo "$goal${name:+ $name}" >>"$FAKE/trace"
echo "$*" >"$FAKE/asked"
build=$O/build/linux/build
# warnings FILE: what the compiler says of it
warnings() { grep -n '^warn ' "$tree/$1" | sed "s,^\([0-9]*\):warn \(.*\),$tree/$1:\1:5: warning: \2,"; }
# compile FILE: with a header that it includes
compile() {
	cat "$tree/$1.c" "$tree/h.h" | cmp -s - "$build/$1.seen" && return
	echo "  CC      $1.o"
	[ ! -s "$tree/h.h" ] || { echo "In file included from $tree/$1.c:1:" && warnings h.h; }
	warnings "$1.c"
	cat "$tree/$1.c" "$tree/h.h" >"$build/$1.seen"
	: >"$build/$1.o"
}
case $goal in
rootfs) ;;
images)
	# a step that was killed: as the step runner, it begins again
	[ ! -e "$build/running" ] || rm -rf "$build"
	mkdir -p "$build" "$O/images"
	{
		compile a
		[ "$(cat "$FAKE/slow" 2>/dev/null)" != "$name" ] || { touch "$build/running"; echo $$ >"$FAKE/waits"; exec sleep 1000; }
		compile b
	} >"$O/build/linux/build.log" 2>&1
	if [ "$kernel" = broken ]; then
		echo "$tree/c.c:7:1: error: expected" >>"$O/build/linux/build.log"
		echo "the log's end"
		echo '{ "step": "build", "exit": 2, "cause": "script" }' >"$O/build/linux/failure"
		exit 2
	fi
	if [ "$(cat "$FAKE/full" 2>/dev/null)" = "$name" ]; then
		echo '{ "step": "build", "exit": 2, "cause": "machine" }' >"$O/build/linux/failure"
		exit 2
	fi
	cat "$tree/kernel" "$tree/a.c" "$tree/b.c" "$tree/h.h" >"$O/images/vmlinux"
	cp "$O/images/vmlinux" "$build/vmlinux"
	[ ! -e "$tree/modpost" ] || echo 'WARNING: modpost: vmlinux: section mismatch' >>"$O/build/linux/build.log"
	;;
qemu-run)
	case $kernel in
	works)
		echo '{ "cause": "ok", "boot_ms": 7 }' >"$json"
		exit 0
		;;
	fails) cause='command failed' ;;
	panics) cause=panic ;;
	esac
	echo "{ \"cause\": \"$cause\" }" >"$json"
	echo "what the guest said"
	exit 1
	;;
esac
END
chmod 755 "$MAKE"
# file NAME LINE...: a file of the kernel
file() {
	file=$1
	shift
	printf '%s\n' "$@" >"$tree/$file"
}
# tested: the commits that were built, in order
tested() { sed -n 's/^images //p' "$FAKE/trace" | paste -s -d ' '; }
# id COMMIT: as the table has it
id() { at rev-parse "$1" | cut -c 1-12; }

: >"$tree/h.h"
file a.c 'one' 'warn old'
file b.c 'two'
commit base works
file a.c 'one' 'more' 'warn old'
commit line-moves works
fails 1 'of nothing' env BASE=line-moves scripts/series
said 'it says so' 'there is no commit after BASE=line-moves at HEAD of'
ok 'one commit that holds' scripts/series
said 'the table: what its columns are' '^commit  *warnings  *vmlinux (bytes)  *change  *boot (ms)  *result'
said 'the commit before, for comparison' "^$(id base)  *base  *23  *-  *7  ok  *base$"
said 'the commit: a warning that was there before, in another line, is none of its own' "^$(id line-moves)  *0  *28  *+5  *7  ok  *line-moves$"
said 'all hold' '^series: all 1 commits hold$'

file b.c 'two' 'warn new' 'warn new'
commit brings works
commit does-not-compile broken
file b.c 'two'
commit mends works
commit panics panics
file b.c 'two' 'warn new'
commit back works
file h.h 'warn in the header'
commit header works
: >"$tree/modpost"
commit link works
rm "$tree/modpost"
: >"$tree/h.h"
file a.c 'one' 'warn old' 'warn old'
commit twice fails
before=$(at rev-parse HEAD; at status --porcelain)
echo edited >>"$tree/a.c"
dirty=$(at status --porcelain)
rm "$FAKE/trace"
fails 1 'a series' scripts/series
said 'what was tested before is not tested again' '^series: continuing: 2 of 10 commits were tested before$'
is 'the others are, in order' "$(tested)" 'brings does-not-compile mends panics back header link twice'
said 'it says where it is' '^series: 1 of 9$\|^series: 2 of 9$'
said 'a warning: how many' "^$(id brings)  *2  *46  *+18  *7  ok  *brings$"
said 'a warning: which' '^    b\.c:3: warning: new$'
said 'one that does not compile' "^$(id does-not-compile)  *-  *-  *-  *-  not built  *does-not-compile$"
said 'its log' "^    the log: $O/series/results/[0-9a-f]*/$(at rev-parse does-not-compile)/build\.log$"
like 'which has what kbuild said' "$(cat "$O"/series/results/*/"$(at rev-parse does-not-compile)"/build.log)" 'c\.c:7:1: error: expected'
said 'the size is compared with the last that there was' "^$(id mends)  *0  *28  *-18  *7  ok  *mends$"
said 'one that panics' "^$(id panics)  *0  *29  *+1  *-  panic  *panics$"
said 'a warning that was gone and is back' "^$(id back)  *1  *37 "
said 'a warning in a header, once' "^$(id header)  *1 "
said 'with its line' '^    h\.h:1: warning: in the header$'
said 'a warning of the link' "^$(id link)  *1 "
said 'it has no file' '^    WARNING: modpost: vmlinux: section mismatch$'
said 'a warning that comes a second time, and a command that fails' "^$(id twice)  *1  *[0-9]*  *[-+0-9]*  *-  command failed  *twice$"
said 'the verdict' '^series: 7 of 9 commits do not hold$'
is 'the tree is as it was' "$(at rev-parse HEAD) $(at status --porcelain)" "$(echo "$before" | sed 1q) $dirty"
at checkout -q .
json=$O/series/series.json
is 'JSON: all of it' "$(jq -r '[.holds, (.commits | length), .base.subject, .run] | map(tostring) | join(" ")' "$json")" 'false 9 base true'
is 'JSON: a warning' "$(jq -c '.commits[1].warnings[0]' "$json")" '{"file":"b.c","line":2,"text":"warning: new"}'
is 'JSON: a commit that does not compile' "$(jq -c '.commits[2] | [.subject, .built, .vmlinux, .boot_ms, .result, .holds]' "$json")" \
	'["does-not-compile",false,null,null,"not built",false]'
is 'JSON: one that holds' "$(jq -c '.commits[0] | del(.commit)' "$json")" \
	'{"subject":"line-moves","built":true,"warnings":[],"vmlinux":28,"boot_ms":7,"result":"ok","holds":true}'
rm "$FAKE/trace"
fails 1 'once more, into a file' env JSON="$SCRATCH/r.json" scripts/series
is 'nothing is tested' "$(tested)" ''
ok 'it is the same' cmp "$SCRATCH/r.json" "$json"
fails 1 'with another command' env RUN=false scripts/series
is 'all is tested' "$(tested | wc -w)" 10
fails 1 'with clang' env LLVM=-16 RUN=false scripts/series
like 'it is handed on' "$(cat "$FAKE/asked")" ' LLVM=-16 '
fails 1 'RESTART of neither' env RESTART=maybe scripts/series
said 'it says so' '^series: RESTART=maybe: y or n is expected$'
rm "$FAKE/trace"
fails 1 'RESTART=y' env RESTART=y scripts/series
is 'all is tested anew' "$(tested | wc -w)" 10
said 'with the same warnings' "^$(id brings)  *2 "
said 'and the same end' '^series: 7 of 9 commits do not hold$'
ok 'the other results are gone' test "$(find "$O/series/results" -mindepth 1 -maxdepth 1 | wc -l)" = 1

# A commit that was amended: what follows is other commits, and what comes before is not.
at checkout -q -b topic-2 mends
rm "$FAKE/trace"
file b.c 'two' 'warn other'
commit amended works
fails 1 'another branch' scripts/series
is 'what is new is tested' "$(tested)" 'amended'
said 'it is compared with the commit before it, not with what was built before it' "^$(id amended)  *1 .*amended$"
is 'it brings its own alone' "$(jq -c '.commits[-1].warnings | map(.text)' "$json")" '["warning: other"]'

# What is not the commit's fault stops the series, and it goes on.
at checkout -q -b topic-3 base
file b.c 'warn of it'
commit one works
echo one >"$FAKE/full"
rm "$FAKE/trace"
fails 1 'a disk that is full' scripts/series
said 'it says so' '^series: the build failed, but not because of this commit'
said 'what then' 'the series stopped. Correct the error above, and the same command continues'
ok 'no old record is left' test ! -e "$json"
rm "$FAKE/full"
fails 1 'mended, it goes on' scripts/series
said 'with the warning that the stopped build had printed' "^$(id one)  *1 "

# Interrupted.
file a.c 'warn first'
file b.c 'warn second'
commit two works
echo two >"$FAKE/slow"
ok 'it runs' begin series
fails 1 'no other beside it' scripts/series
said 'that says why' "^series: another series is running in $O/series (process $pid, "
kill -TERM "$pid"
status=0
wait "$pid" || status=$?
is 'SIGTERM: its exit status' "$status" 143
like 'SIGTERM: it says what then' "$(cat "$SCRATCH/said")" 'series: interrupted; the same command continues'
ok 'SIGTERM: nothing is left' flock -n "$O/series/lock" true
ok 'it runs again' begin series
like 'it has gone on' "$(cat "$SCRATCH/said")" 'series: continuing: 2 of 3 commits were tested before'
kill -KILL "$pid"
wait "$pid" 2>/dev/null
rm "$FAKE/slow" "$FAKE/trace"
fails 1 'after SIGKILL it goes on' scripts/series
is 'with the one that was not tested' "$(tested)" two
said 'with all its warnings' "^$(id two)  *2 "

# The commit before the series.
at checkout -q -b topic-4 base
commit broken broken
commit after works
fails 1 'a commit before that cannot be built' env BASE=broken scripts/series
said 'it says what to do' 'so the warnings of the series are not known: choose another BASE'
# Of what is merged, the merge.
at checkout -q -b side base
commit on-the-side works
at checkout -q -b topic-5 base
at merge -q --no-ff -m merged side
ok 'a merge' scripts/series
said 'is one commit' '^series: all 1 commits hold$'
done_testing
