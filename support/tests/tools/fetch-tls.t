#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# fetch and https: certificates are verified, and https never leads to http.
set -eu
. support/tests/tap.sh

cd "$SCRATCH"
cat >fetch <<'END'
#!/bin/sh
exec "$TOOLBIN/fetch" --backoff 20 --retries 1 "$@"
END
chmod +x fetch
fetch=$SCRATCH/fetch
unset https_proxy HTTPS_PROXY all_proxy ALL_PROXY SSL_CERT_FILE
if ! command -v openssl >/dev/null; then
	skip 'https' 'the openssl command is not there'
	done_testing
fi

# A throw-away authority, and a server's certificate for localhost only.
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj '/CN=test authority' \
	-keyout ca.key -out ca.pem 2>/dev/null
openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=localhost \
	-keyout srv.key -out srv.csr 2>/dev/null
echo 'subjectAltName=DNS:localhost' >ext
openssl x509 -req -in srv.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 2 -extfile ext -out srv.pem 2>/dev/null

mkdir www
echo content >www/f
sum=$(sha256sum www/f | cut -c1-64)
# server MODE DIR LOG: -WWW sends files, -HTTP whole responses; sets port and pid
server() {
	(cd "$2" && exec timeout 60 openssl s_server -accept 127.0.0.1:0 -cert ../srv.pem -key ../srv.key "$1") \
		>"$3" 2>&1 </dev/null &
	pid=$!
	tries=0
	until grep -q '^ACCEPT' "$3" 2>/dev/null; do
		tries=$((tries + 1))
		[ $tries -lt 200 ] || return 1
		sleep 0.05
	done
	port=$(sed -n 's/^ACCEPT.*://p' "$3" | head -n 1)
}

# want URL...
want() {
	printf 'file f\nsha256 %s\n' "$sum"
	printf 'url %s\n' "$@"
} >list

server -WWW www www.log
wwwpid=$pid
wwwport=$port
mkdir away
printf 'HTTP/1.0 302 Found\r\nLocation: file://%s/www/f\r\n\r\n' "$SCRATCH" >away/file
printf 'HTTP/1.0 302 Found\r\nLocation: http://localhost:%s/f\r\n\r\n' "$wwwport" >away/down
printf 'HTTP/1.0 302 Found\r\nLocation: https://localhost:%s/f\r\n\r\n' "$wwwport" >away/same
server -HTTP away away.log
trap 'kill $wwwpid $pid 2>/dev/null; rm -rf "$SCRATCH"' EXIT

want "https://localhost:$wwwport/f"
fails 1 'a certificate of an unknown authority' "$fetch" -d dl list
said 'is refused' 'certificate'
is 'nothing is kept' "$(ls -A dl)" ''
want "https://127.0.0.1:$wwwport/f"
fails 1 'a certificate for another name' env SSL_CERT_FILE=ca.pem "$fetch" -d dl list
said 'is refused' 'SSL.*127.0.0.1'
want "https://localhost:$wwwport/f"
ok 'a certificate of an authority in SSL_CERT_FILE' env SSL_CERT_FILE=ca.pem "$fetch" -d dl list
ok 'is accepted' cmp www/f dl/f
rm -r dl
want "https://localhost:$port/down"
fails 1 'https that leads to http' env SSL_CERT_FILE=ca.pem "$fetch" -d dl list
said 'is refused' "redirect to http (localhost:$wwwport) refused"
want "https://localhost:$port/file"
fails 1 'https that leads to a file' env SSL_CERT_FILE=ca.pem "$fetch" -d dl list
said 'is refused' 'redirect to file (file) refused'
want "https://localhost:$port/same"
ok 'https that leads to https' env SSL_CERT_FILE=ca.pem "$fetch" -d dl list
ok 'is followed' cmp www/f dl/f
done_testing
