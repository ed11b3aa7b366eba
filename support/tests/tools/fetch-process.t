#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# fetch among other processes: parallel transfers, locks, signals, a full disk, a terminal.
set -eu
. support/tests/tap.sh

${CC:-gcc} -O1 -pthread -o "$SCRATCH/httpd" support/tests/helpers/httpd.c
cd "$SCRATCH"
cat >fetch <<'END'
#!/bin/sh
exec "$TOOLBIN/fetch" --backoff 20 "$@"
END
chmod +x fetch
fetch=$SCRATCH/fetch
unset http_proxy HTTP_PROXY all_proxy ALL_PROXY
mkdir www
head -c 300000 /dev/urandom >www/f
sum=$(sha256sum www/f | cut -c1-64)
port=$(./httpd -w $$ -l log www)
base=http://127.0.0.1:$port

# want FAULT NAME...: files that are all www/f, behind this fault
want() {
	fault=$1
	shift
	for name in "$@"; do
		printf 'file %s\nsha256 %s\nurl %s/%s/f\n' "$name" "$sum" "$base" "$fault"
	done
}

want slow 1 2 3 4 5 6 7 8 >list8
before=$(date +%s%N)
ok 'eight slow files at once' "$fetch" -j 8 -d dl8 list8
after=$(date +%s%N)
ok 'take little longer than one' test $((after - before)) -lt 6000000000
is 'and are all there' "$(cat dl8/* | wc -c)" 2400000

# two processes, one file
: >log
want slow f >list
"$fetch" -d dl list >out1 2>&1 &
pid1=$!
within 10 test -s dl/f.part
kill -STOP $pid1
"$fetch" -d dl list >out2 2>&1 &
pid2=$!
within 10 grep -q WAIT out2 || :
kill -CONT $pid1
ok 'the first process for a file ends well' wait $pid1
ok 'and so does a second one' wait $pid2
is 'which only waits' "$(cat out2)" '  WAIT      f (another process is fetching it)'
is 'with one GET' "$(cat log)" 'GET /slow/f - 200'
is 'and no lock left' "$(ls -A dl)" f
: >dl/g.lock
want . g >list
ok 'a lock file left over by a dead process does no harm' "$fetch" -d dl list
is 'and goes away' "$(ls -m dl)" 'f, g'

# signals
for sig in INT TERM; do
	rm -rf dl
	want stall f >list
	# an asynchronous shell command ignores SIGINT: env gives the default back
	env --default-signal=INT "$fetch" -d dl list >out 2>&1 &
	pid=$!
	within 10 test -s dl/f.part
	kill -$sig $pid
	status=0
	wait $pid || status=$?
	is "SIG$sig ends with 130" $status 130
	is "and keeps the part, no lock ($sig)" "$(ls -A dl)" f.part
	like "and says so ($sig)" "$(cat out)" 'stopped; partial downloads are kept'
	: >log
	want . f >list
	ok "the next run ($sig)" "$fetch" -d dl list
	like "goes on from there ($sig)" "$(cat log)" 'bytes=[0-9]*- 206'
	ok "to the end ($sig)" cmp www/f dl/f
done

# no room
rm -rf dl
want . f >list
fails 1 'a file size limit' sh -c "ulimit -f 200; exec ./fetch -d dl list"
said 'is a clear error' 'cannot write dl/f.part: File too large: make room, then run again'
ok 'no file' test ! -e dl/f
ok 'and the next run' "$fetch" -d dl list
ok 'ends it' cmp www/f dl/f
rm -rf dl
mkdir dl
# mounted OPTIONS COMMAND...: run it with a tmpfs on dl, in a mount namespace of its own
cat >mounted <<'END'
mount -t tmpfs -o "$1" none dl || exit 99
shift
"$@"
status=$?
ls -A dl
exit $status
END
private=
for how in -m -rm; do
	unshare $how sh mounted size=1m true 2>/dev/null && private=$how && break
done
if [ "$private" ]; then
	fails 1 'a full disk' unshare "$private" sh mounted size=128k "$fetch" -d dl list
	said 'is a clear error' 'cannot write dl/f.part: No space left on device'
	said 'the part is kept' '^f.part$'
	fails 1 'a read-only download directory' unshare "$private" sh mounted ro "$fetch" -d dl list
	said 'is told' 'cannot make dl/f.lock: Read-only file system'
else
	skip 'a full disk, a read-only disk' 'cannot mount a small tmpfs here'
fi

# a terminal
rm -rf dl
want slow f >list
if command -v script >/dev/null; then
	TERM=xterm script -qec "$fetch -d dl list" /dev/null </dev/null >out 2>&1
	like 'a terminal gets a live line' "$(tr '\r' '\n' <out)" 'FETCH  *0/1  f  [0-9]*% of 300.0 kB, .*/s'
	like 'and one for the finished file' "$(tr '\r' '\n' <out)" 'FETCH  *f (300.0 kB, '
	rm -rf dl
	NO_COLOR=1 TERM=xterm script -qec "$fetch -d dl list" /dev/null </dev/null >out 2>&1
	unlike 'NO_COLOR makes it plain' "$(cat out)" '%'
else
	skip 'a live line on a terminal' 'script(1) is not there'
fi
done_testing
