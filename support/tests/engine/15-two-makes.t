#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Two makes in one output directory: the second waits, unless it only reads or the first only has a guest that runs.
# And goals that remove something, among others.
set -u
# shellcheck source=support/tests/engine.sh
. support/tests/engine.sh

# soon COMMAND...: as whittle, but a make that waits for one that cannot end is ended
soon() { timeout 100 make O="$OUT" EXTERNAL="$EXT" TOOLDIR="${TOOLBIN%/bin}" "$@"; }
# owner: the number of the make that has the lock
owner() { cut -d ' ' -f 1 "$OUT/.lock"; }

pkg slow <<END
define SLOW_BUILD
while [ ! -e $SCRATCH/go ]; do sleep 0.1; done
echo slow >out
endef
define SLOW_INSTALL
install -D -m 644 out \$(IMAGE)/target/usr/share/slow
endef
END
simple quick
choose slow quick

# ---- a build, and what comes meanwhile ----

make O="$OUT" EXTERNAL="$EXT" TOOLDIR="${TOOLBIN%/bin}" >"$SCRATCH/first" 2>&1 &
first=$!
ok 'the first one builds' within 60 test -e "$OUT/build/slow/build"
is 'the lock is its' "$(owner)" "$first"
soon all >"$SCRATCH/second" 2>&1 &
second=$!
ok 'the second one waits' within 60 grep -q 'waiting for process' "$SCRATCH/second"
unlike 'its line has no blank at its end' "$(cat "$SCRATCH/second")" ' $'
is 'it says for whom, and nothing else' "$(cut -d : -f 1 "$SCRATCH/second")" "  waiting for process $first, which is at work in $OUT"
for goal in help list-defconfigs explain 'explain PKG=slow' source-list source-list-all cache-stats 'help source-list'; do
	# shellcheck disable=SC2086 # words
	ok "$goal does not wait" soon $goal
	unlike "$goal has nothing to say of it" "$(cat "$SCRATCH/.tap.out")" waiting
done
is 'who reads writes to a directory of its own' "$(find "$OUT/engine" -name 'reader-*' | wc -l)" 1
fails 2 'shell does not wait either' soon shell
said 'but for want of a guest' 'no guest runs'
# One that is ended while it waits leaves nobody behind.
make O="$OUT" EXTERNAL="$EXT" TOOLDIR="${TOOLBIN%/bin}" quick >"$SCRATCH/third" 2>&1 &
third=$!
# waiters N: just so many wait
waiters() {
	[ "$(for file in /proc/[0-9]*/cmdline; do tr '\0' ' ' <"$file"; echo; done 2>/dev/null | grep -c "^sh support/make/output.sh $OUT ")" = "$1" ]
}
ok 'a third one waits' within 60 grep -q 'waiting for process' "$SCRATCH/third"
ok 'two do' waiters 2
kill "$third"
wait "$third" 2>/dev/null
ok 'nobody is left of it' within 60 waiters 1
: >"$SCRATCH/go"
wait "$first"
is 'the first one is done' $? 0
wait "$second"
is 'the second one as well' $? 0
is 'there was nothing left to do for it' "$(grep -c -e BUILD -e IMAGES "$SCRATCH/second")" 0
is 'the images are there' "$(unpacked usr/share/slow) $(unpacked usr/share/quick)" 'slow quick'

# ---- both at once, from nothing ----

for round in 1 2 3; do
	rm -rf "$OUT" && mkdir "$OUT" && choose slow quick
	whittle all >"$SCRATCH/first" 2>&1 &
	first=$!
	whittle all >"$SCRATCH/second" 2>&1
	is "round $round: one" $? 0
	wait "$first"
	is "round $round: and the other" $? 0
	is "round $round: one of them built" "$(cat "$SCRATCH/first" "$SCRATCH/second" | grep -c IMAGES)" 1
	is "round $round: the images are there" "$(unpacked usr/share/slow)" slow
done

# ---- locks that nobody has ----

started() { sed 's/.*) //' "/proc/$1/stat" | cut -d ' ' -f 20; }
sleep 1000 &
sleeper=$!
for stale in "$sleeper 1 ." "4194305 1 ." '4194305' '' "$sleeper $(started "$sleeper") .gone"; do
	echo "$stale" >"$OUT/.lock"
	ok "a lock of nobody's: '$stale'" soon all
done
echo "$sleeper $(started "$sleeper") ." >"$OUT/.lock"
soon all >"$SCRATCH/second" 2>&1 &
second=$!
ok 'one of somebody who lives' within 60 grep -q "waiting for process $sleeper.*: sleep 1000" "$SCRATCH/second"
ok 'who is a make above: no wait' env WHITTLE_HELD="1-1 $sleeper-$(started "$sleeper")" timeout 100 make O="$OUT" EXTERNAL="$EXT" TOOLDIR="${TOOLBIN%/bin}"
kill -KILL "$sleeper"
wait "$sleeper" 2>/dev/null
wait "$second"
is 'when it was killed, the second goes on' $? 0

# distclean removes the directory that others wait for.
gone=$SCRATCH/gone
sleep 1000 &
sleeper=$!
mkdir "$gone" && : >"$gone/.whittle-output" && echo "$sleeper $(started "$sleeper") ." >"$gone/.lock"
sh support/make/output.sh "$gone" build '' images >"$SCRATCH/second" 2>&1 &
second=$!
ok 'one that waits' within 60 grep -q 'waiting for process' "$SCRATCH/second"
rm -rf "$gone"
wait "$second"
is 'goes on when the directory has gone' "$? $(grep -c '^held' "$SCRATCH/second")" '0 1'
ok 'in a new one' test -e "$gone/.whittle-output"
kill "$sleeper"

# ---- a guest ----

# With a script in runqemu's place: its files are read when told so, and it ends when told so.
cp -a "${TOOLBIN%/bin}" "$SCRATCH/tools"
cat >"$SCRATCH/tools/bin/runqemu" <<'END'
#!/bin/sh
while [ $# -gt 0 ]; do
	[ "$1" != --loaded ] || file=$2
	shift
done
echo "file ${file-none}"
until [ -e "$SCRATCH/read" ]; do sleep 0.1; done
rm -f "${file-}"
until [ -e "$SCRATCH/end" ]; do sleep 0.1; done
echo ends
END
chmod 755 "$SCRATCH/tools/bin/runqemu"
guest() { make O="$OUT" EXTERNAL="$EXT" TOOLDIR="$SCRATCH/tools" RUN=x "$@"; }
guest qemu-run >"$SCRATCH/guest" 2>&1 &
guest=$!
ok 'a guest begins' within 60 grep -q '^file' "$SCRATCH/guest"
soon all >"$SCRATCH/second" 2>&1 &
second=$!
ok 'until its files are read, others wait' within 60 grep -q "waiting for process" "$SCRATCH/second"
: >"$SCRATCH/read"
wait "$second"
is 'then they do not' $? 0
unlike 'though it runs' "$(cat "$SCRATCH/guest")" ends
ok 'another build meanwhile' soon quick-rebuild
unlike 'it does not wait' "$(cat "$SCRATCH/.tap.out")" waiting
: >"$SCRATCH/end"
wait "$guest"
is 'the guest ends' $? 0
is 'no file is left of it' "$(find "$OUT" -name '.loading*')" ''
ok 'a guest among other goals' guest qemu-run quick
said 'is not the end of the work' '^file none$'
ok 'make -n' guest -n qemu-run
unlike 'tells nothing of it' "$(cat "$SCRATCH/.tap.out")" loaded

# ---- without flock ----

mkdir "$SCRATCH/few"
for dir in $(echo "$PATH" | tr : ' '); do ln -s "$dir"/* "$SCRATCH/few" 2>/dev/null; done
rm -f "$SCRATCH/few/flock"
ok 'a machine without flock' env PATH="$SCRATCH/few" make O="$OUT" EXTERNAL="$EXT" TOOLDIR="${TOOLBIN%/bin}"
said 'is told so' 'there is no flock here'

# ---- goals that remove something, among others ----

ok 'clean all' whittle clean all
said 'it builds what was removed' 'IMAGES'
is 'the images are there' "$(unpacked usr/share/slow)" slow
ok 'once more' whittle
is 'there is nothing to do' "$(steps)" ''
ok 'a package that is forgotten and built' whittle quick-dirclean quick
is 'is built' "$(steps)" 'BUILD quick,CONFIGURE quick,INSTALL quick,UNPACK quick'
ok 'all and clean, in that order' whittle -j4 all clean
ok 'is a clean directory' test ! -e "$OUT/images"
ok 'by its own makefile' make -C "$OUT" TOOLDIR="${TOOLBIN%/bin}" -j4 clean all
is 'it is the same' "$(unpacked usr/share/slow)" slow
ok 'two ways of doing it again' whittle quick-reconfigure quick-rebuild
is 'the earlier step counts' "$(steps)" 'BUILD quick,CONFIGURE quick,INSTALL quick'
ok 'distclean and a build' whittle distclean olddefconfig list-defconfigs
ok 'has a configuration' test -e "$OUT/.config"
done_testing
