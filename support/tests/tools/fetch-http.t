#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# fetch against a server with faults: retries, resuming, redirects, wrong content.
set -eu
. support/tests/tap.sh

${CC:-gcc} -O1 -pthread -o "$SCRATCH/httpd" support/tests/helpers/httpd.c
cd "$SCRATCH"
cat >fetch <<'END'
#!/bin/sh
exec timeout 30 "$TOOLBIN/fetch" --backoff 20 --stall 1 "$@"
END
chmod +x fetch
fetch=$SCRATCH/fetch
unset http_proxy HTTP_PROXY all_proxy ALL_PROXY
mkdir www
head -c 300000 /dev/urandom >www/f
sum=$(sha256sum www/f | cut -c1-64)
port=$(./httpd -w $$ -l log www)
base=http://127.0.0.1:$port

# want PATH...: one file, to be had from these paths of the server (or whole URLs)
want() {
	printf 'file f\nsha256 %s\n' "$sum"
	for url in "$@"; do
		case $url in
		http:*) echo "url $url" ;;
		*) echo "url $base/$url" ;;
		esac
	done
} >list

# got NAME PATH...: it is fetched from these, into a fresh directory
got() {
	name=$1
	shift
	rm -rf dl
	: >log
	want "$@"
	ok "$name" "$fetch" -d dl list
	is "the file is right: $name" "$(sha256sum <dl/f)" "$sum  -"
	is "nothing else is left: $name" "$(ls -A dl)" f
}

# lost NAME PATH...: it is not
lost() {
	name=$1
	shift
	rm -rf dl
	: >log
	want "$@"
	fails 1 "$name" "$fetch" -d dl list
	is "no file: $name" "$(find dl -name f)" ""
}

requests() { # the log without the path
	cut -d' ' -f1,3- log
}

got 'a plain file' f
is 'one GET, no HEAD' "$(requests)" 'GET - 200'
got 'a server without Content-Length' nolength/f
got 'a slow server' slow/f

# faults that pass
got '503 twice' 503x2/f
is 'three requests' "$(requests | sort | uniq -c | tr -s ' ')" ' 1 GET - 200
 2 GET - 503'
for status in 408 429 500; do
	got "$status once" ${status}x1/f
done
before=$(date +%s%N)
got 'Retry-After' '429x1/norange/f?after=1'
after=$(date +%s%N)
ok 'is honoured' test $((after - before)) -ge 1000000000
lost 'Retry-After of an hour' '503/f?after=3600'
is 'is not waited for' "$(requests)" 'GET - 503'
said 'but told' 'HTTP status 503, try again after 3600 s'
lost '503 for ever' 503/f
is 'ends after 1 + 3 tries' "$(requests | grep -c 503)" 4
said 'with the reason' "^    $base/503/f: HTTP status 503$"

# faults that do not
got '404 goes on at once' 404/f f
is 'without a retry' "$(requests)" 'GET - 404
GET - 200'
said 'and says so' "f: $base/404/f: HTTP status 404; trying the next url"
got '403 as well' 403/f f
got 'nobody listens: the next url comes first' http://127.0.0.1:1/f f
unlike 'before any retry' "$(cat .tap.out)" 'again in'
got 'wrong bytes, then the next url' wrong/f f
said 'the digest expected is told' "expected  $sum"
said 'and the one got, and the url' "url  *$base/wrong/f"
said 'and what to do' 'check it and correct the digest'
got 'a page instead of the file' html/f f
lost 'wrong bytes only' wrong/f
is 'are not kept, and not asked for twice' "$(ls -A dl; requests)" 'GET - 200'

# resuming
got 'a connection that drops' dropx1/f
is 'is resumed where it was' "$(requests)" 'GET - 200
GET bytes=150000- 206'
# A small one: libcurl looks at the average of the last seconds.
head -c 1000 www/f >www/small
printf 'file small\nsha256 %s\nurl %s/stallx1/small\n' "$(sha256sum <www/small | cut -c1-64)" "$base" >list
: >log
ok 'a transfer that stalls' "$fetch" -d dl list
said 'says so' 'small: .* too slow.*trying again in'
ok 'the file is right: a transfer that stalls' cmp www/small dl/small
is 'is resumed where it was' "$(requests)" 'GET - 200
GET bytes=500- 206'
got 'a server that ignores ranges' dropx1/norange/f
is 'starts from zero' "$(requests)" 'GET - 200
GET bytes=150000- 200'
got 'a server with wrong ranges' dropx1/badrange/f
said 'is noticed at once' 'the server sent another range than requested; fetching the whole'
is 'is asked for the whole file' "$(requests)" 'GET - 200
GET bytes=150000- 206
GET - 200'
lost 'a connection that always drops' drop/f
ok 'keeps the part' test -s dl/f.part
cmp -n "$(stat -c %s dl/f.part)" www/f dl/f.part >cmp.out 2>&1 || echo differ >>cmp.out
is 'which is right so far' "$(cat cmp.out)" ''
size=$(stat -c %s dl/f.part)
: >log
want f
ok 'the next run' "$fetch" -d dl list
is 'goes on there' "$(requests)" "GET bytes=$size- 206"
ok 'to the end' cmp www/f dl/f

# part TEXT...: a part is there that holds what the commands print; fetch f
part() {
	rm -rf dl
	mkdir dl
	"$@" >dl/f.part
	: >log
	want f 404/f
	ok "a part from: $*" "$fetch" -d dl list
	ok "the file is right: $*" cmp www/f dl/f
}
part echo not the beginning
is 'a bad part is dropped, the whole fetched from the same url' "$(requests)" 'GET bytes=18- 206
GET - 200'
part cat www/f
is 'a complete part needs no server' "$(requests)" ''
part cat www/f list
is 'a part that is too long is dropped' "$(requests | sed 's/=.*- /=N- /')" 'GET bytes=N- 416
GET - 200'

# redirects
got 'a redirect' redirect/f
is 'is followed' "$(requests)" 'GET - 302
GET - 200'
got 'a redirect to another server' "redirect/f?to=http://localhost:$port/f"
lost 'a redirect to a file' "redirect/f?to=file://$SCRATCH/www/f"
said 'is refused' 'redirect to file (file) refused'
lost 'a redirect to ftp' 'redirect/f?to=ftp://127.0.0.1:1/f'
said 'is refused' 'redirect to ftp (127.0.0.1:1) refused'
lost 'a redirect to itself' loop/f
said 'ends' 'more than 10 redirects'
is 'after 10' "$(requests | wc -l)" 11
got 'a fault behind a redirect' redirect/dropx1/wrongx0/f
is 'is retried from the start, resuming' "$(requests)" 'GET - 302
GET - 200
GET bytes=150000- 302
GET bytes=150000- 206'
done_testing
