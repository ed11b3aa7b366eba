#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# fetch: nothing that a server sends, or that lies in its way, holds it for ever, fills the disk, or
# sends commands to the terminal.
set -eu
. support/tests/tap.sh

${CC:-gcc} -O1 -pthread -o "$SCRATCH/httpd" support/tests/helpers/httpd.c
cd "$SCRATCH"
cat >fetch <<'END'
#!/bin/sh
exec timeout -k 1 60 "$TOOLBIN/fetch" --backoff 20 "$@"
END
chmod +x fetch
fetch=$SCRATCH/fetch
unset http_proxy HTTP_PROXY https_proxy HTTPS_PROXY all_proxy ALL_PROXY
mkdir www
head -c 30000 /dev/urandom >www/f
sum=$(sha256sum www/f | cut -c1-64)
port=$(./httpd -w $$ -l log www)
base=http://127.0.0.1:$port
mute=127.0.0.1:$(./httpd -q -w $$ www)

# want PATH...: one file, to be had from these paths of the server (or whole URLs)
want() {
	printf 'file f\nsha256 %s\n' "$sum"
	for url in "$@"; do
		case $url in
		http:* | https:* | ftp:* | file:*) echo "url $url" ;;
		*) echo "url $base/$url" ;;
		esac
	done
} >list

# next NAME PATTERN PATH OPTION...: PATH is given up for this reason, and the file had from the next url
next() {
	name=$1
	why=$2
	want "$3" f
	shift 3
	rm -rf dl
	: >log
	ok "$name: the file comes from the next url" "$fetch" "$@" -d dl list
	said "$name: the reason is told" "$why"
	is "$name: nothing else is left" "$(ls -A dl)" f
	ok "$name: the file is right" cmp www/f dl/f
}

# what is in the way
# stands NAME COMMAND PATTERN OPTION...: COMMAND makes something at dl/NAME that is refused, and stays
stands() {
	rm -rf dl
	mkdir dl
	name=$1
	$2 "dl/$name"
	said=$3
	what=$(stat -c '%F' "dl/$name")
	shift 3
	want f
	fails 1 "$name is a $what: refused" "$fetch" "$@" -d dl list
	said "$name is a $what: told with the remedy" "$said"
	is "$name is a $what: stays, without a lock" "$(stat -c '%n %F' dl/*)" "dl/$name $what"
}
zero() { mknod "$1" c 1 5; }
full() { mknod "$1" c 1 7; }
remove='exists but is not a regular file: remove it'
stands f mkfifo "dl/f $remove"
stands f mkfifo "dl/f $remove" --check
stands f.part mkfifo "dl/f.part $remove"
stands f.lock mkfifo "dl/f.lock $remove"
stands f.part mkdir "dl/f.part $remove"
if zero null 2>/dev/null && head -c 1 null >/dev/null 2>&1; then
	stands f zero "dl/f $remove" --check
	stands f.part zero "dl/f.part $remove"
	stands f.part full "dl/f.part $remove"
	stands f.lock zero "dl/f.lock $remove"
else
	skip 'devices in the way' 'this user cannot make them'
fi
rm -rf dl
mkdir dl special
ln -s "$SCRATCH/www/f" dl/f.part
want f
fails 1 'a symbolic link for a part' "$fetch" -d dl list
said 'is refused' "dl/f.part $remove"
ln -s loop dl/f
fails 1 'a symbolic link to nowhere for a part' "$fetch" -d dl list
mkfifo special/f 'special/a b'
next 'a fifo in a mirror' 'special/f: it is not a regular file' "file://$SCRATCH/special/f"
next 'a fifo of a name to be escaped' 'it is not a regular file' "file://localhost$SCRATCH/special/a%20b"
next 'a device as an url' 'it is not a regular file' file:///dev/zero
next 'a directory as an url' 'it is not a regular file' "file://$SCRATCH/special"

# time
next 'a byte at a time' 'too slow' trickle/f --stall 1 --retries 0
next 'a byte at a time, at the rate that is asked for' 'slower than 1.0 KiB a second for 1 s; trying the next' \
	trickle/f --stall 60 --min-rate 1K --window 1
next 'headers a byte at a time' 'slower than 1.0 KiB a second for 1 s; trying the next' \
	dribble/f --stall 60 --min-rate 1K --window 1
next 'a server that says nothing' 'slower than 4.0 KiB a second for 1 s' "http://$mute/f" --stall 60 --window 1
next 'a server that says nothing, in TLS' 'timed out\|timeout' "https://$mute/f" --timeout 1 --stall 60
next 'a server that says nothing, for a transfer by ftp' 'slower than' "ftp://$mute/f" --timeout 60 --stall 60 --window 1
want trickle/f
rm -rf dl
: >log
fails 1 'one that is always too slow' "$fetch" --retries 2 --stall 60 --window 1 -d dl list
is 'is tried as often as any' "$(grep -c GET log)" 3
ok 'and goes on where it was' grep -q 'bytes=[1-9][0-9]*- 206' log
ok 'what came is kept' test -s dl/f.part
want trickle/f
head -c 29990 www/f >dl/f.part
ok 'without a bound' "$fetch" --min-rate 0 --stall 60 --window 1 -d dl list
ok 'a slow one is waited for' cmp www/f dl/f

# size
next 'a body without end' 'f: the file is longer than --max-size allows; trying the next url' endless/f --max-size 1M
next 'a huge file' 'longer than --max-size' huge/f --max-size 1G
next 'headers without end' 'the headers are too long' headers/f
next 'a redirect with a page without end' 'the page of a redirect is too long' endless/redirect/f
want f
rm -rf dl
ok 'a file of just the size that is allowed' "$fetch" --max-size 30000 -d dl list
rm -rf dl
fails 1 'a file longer by a byte' "$fetch" --max-size 29999 -d dl list
want nolength/f
fails 1 'and one that does not say how long it is' "$fetch" --max-size 29999 -d dl list
is 'nothing of them is left' "$(ls -A dl)" ''
mkdir -p dl
cat www/f www/f >dl/f.part
want f f
ok 'a part that is longer than allowed' "$fetch" --max-size 30000 -d dl list
ok 'is dropped' cmp www/f dl/f
rm -rf dl
want endless/f f
ok 'a body that fills the disk' sh -c 'ulimit -f 1000; exec "$@"' - "$fetch" -d dl list
said 'is told' 'cannot write dl/f.part: File too large: make room, then run again to continue; trying the next url'
ok 'and the next url brings the file' cmp www/f dl/f
for option in '--max-size 0' '--max-size x' '--min-rate -1' '--min-rate 1Z' '--window 0' '--max-size 99999999999999999999'; do
	# shellcheck disable=SC2086
	fails 2 "$option" "$fetch" $option list
done

# Retry-After
# asks NAME TIMES PATH: a server that asks for a pause which is not to be kept
asks() {
	want "$3"
	rm -rf dl
	: >log
	before=$(date +%s)
	ok "$1" "$fetch" -d dl list
	ok "$1: there is no long pause" test $(($(date +%s) - before)) -lt 40
	is "$1: the requests" "$(grep -c GET log)" "$2"
}
asks 'Retry-After with a body that was cut' 2 'dropx1/f?after=3567587'
asks 'Retry-After with 500' 2 '500x1/f?after=50'
asks 'Retry-After with 408' 2 '408x1/f?after=3567587'
asks 'Retry-After that is in the past' 2 '503x1/f?after=Fri,%2031%20Dec%201999%2023:59:59%20GMT'
asks 'Retry-After that is no number' 2 '503x1/norange/f?after=soon'
asks 'Retry-After that is negative' 2 '503x1/nolength/f?after=-5'
asks 'Retry-After beyond all numbers' 2 '429x1/nolength/f?after=99999999999999999999999'
for after in 61 2147483 9223372036854775 9223372036854775807 'Fri,%2031%20Dec%202199%2023:59:59%20GMT'; do
	: >log
	rm -rf dl
	want "503/f?after=$after" f
	ok "Retry-After $after: the next url" "$fetch" -d dl list
	is "Retry-After $after: at once" "$(cut -d' ' -f2,4 log)" '/503/f 503
/f 200'
done
before=$(date +%s%N)
asks 'Retry-After as a date' 2 "429x1/f?after=$(LC_ALL=C date -u -d '+3 seconds' '+%a,%%20%d%%20%b%%20%Y%%20%T%%20GMT')"
ok 'is honoured' test $(($(date +%s%N) - before)) -ge 1000000000

# the terminal
esc=$(printf '\033')
want 'redirect/f?to=x%1b[31mred%1b[0m://h%1b]0;title%07/%c2%9b2J' 'redirect/f?to=ftp://h%1b[2J/'
fails 1 'escape sequences in redirects' "$fetch" -d dl2 list
said 'are shown as text' 'redirect to ftp (h\\x1b\[2J) refused'
unlike 'and never sent' "$(cat .tap.out)" "$esc"
unlike 'nor are those of UTF-8' "$(cat .tap.out)" "$(printf '\302\233')"
for name in "$(printf 'a\033[31m')" "$(printf 'a\302\233b')" "$(printf 'a\377')" "$(printf 'a\tb')"; do
	printf 'file %s\nsha256 %s\n' "$name" "$sum" >list
	fails 1 'a name with control characters or of no UTF-8 in the list' "$fetch" --list list
	said 'is refused' 'has a backslash, a control character or invalid UTF-8'
done
printf 'file f\nsha256 %s\nurl http://h/\302\233\n' "$sum" >list
fails 1 'an url with one' "$fetch" --list list
printf 'fi\033[31m f\n' >list
fails 1 'a word with one' "$fetch" --list list
said 'is shown as text' "unknown word 'fi.x1b\[31m'"

# a machine's apt that does not answer
mkdir bin
printf '#!/bin/sh\nexec >&2\nexec sleep 1000\n' >bin/apt-get
printf '#!/bin/sh\nexec sleep 1000\n' >bin/apt-mute
chmod +x bin/*
printf 'file f\nsha256 %s\npool f/f.tar\n' "$sum" >list
rm -rf dl
fails 1 'apt-get that says nothing' env PATH="$SCRATCH/bin:$PATH" "$fetch" -d dl list
cp bin/apt-mute bin/apt-get
env PATH="$SCRATCH/bin:$PATH" "$TOOLBIN/fetch" -d dl list >out 2>&1 &
pid=$!
tries=0
until [ -e dl/f.lock ] || [ $tries -gt 200 ]; do
	tries=$((tries + 1))
	sleep 0.05
done
kill -TERM $pid
status=0
wait $pid || status=$?
is 'apt-get that does not end: SIGTERM ends fetch' "$status" 130
is 'and the lock is gone' "$(ls -A dl)" ''
done_testing
