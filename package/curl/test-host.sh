#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# An HTTPS server for test.sh, which is known by a certificate of an authority of its own. Files that it
# serves are whole answers, with their headers.
[ "$1" = run ] || exit 0
set -eu
cd "$WORK"

# authority NAME: NAME.pem and its key.
authority() {
	openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -noenc -days 2 -subj "/CN=$1" -keyout "$1.key" -out "$1.pem" 2>/dev/null
}
# answer NAME HEADER...: a file to serve; its content is standard input.
answer() {
	answer_to=$1
	shift
	{
		printf 'HTTP/1.0 200 ok\r\n'
		printf '%s\r\n' "$@" ''
		cat
	} >"$answer_to"
}

authority ca
authority other
openssl req -x509 -CA ca.pem -CAkey ca.key -newkey rsa:2048 -noenc -days 2 -subj '/CN=whittle.test' -addext 'subjectAltName=DNS:whittle.test' \
	-addext 'basicConstraints=critical,CA:FALSE' -keyout server.key -out server.pem 2>/dev/null
echo 'hello by TLS' | answer hello 'Content-Type: text/plain'
seq 200000 >numbers
answer large "Content-Length: $(wc -c <numbers)" <numbers
gzip -9 <numbers | answer packed 'Content-Encoding: gzip'

: >server.log
openssl s_server -accept 127.0.0.1:0 -cert server.pem -key server.key -HTTP >>server.log 2>&1 &
until port=$(sed -n 's/^ACCEPT .*:\([0-9]*\)$/\1/p' server.log) && [ -n "$port" ]; do
	kill -0 $! || { cat server.log && exit 1; }
	sleep 0.1
done
echo "$port" >port.new
mv port.new port
wait
