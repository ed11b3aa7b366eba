#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# curl fetches by TLS from the host (test-host.sh), and goes by certificates; by HTTP from this guest; file:.
# shellcheck source=support/tests/tap.sh
. /test/tap.sh

tries=0
while [ ! -f "$WORK/port" ] && [ $tries -lt 100 ]; do
	tries=$((tries + 1))
	sleep 0.1
done
server=https://whittle.test:$(cat "$WORK/port")
# fetch PATH OPTION...: from there.
fetch() {
	fetch_path=$1
	shift
	curl -sS --connect-to "::10.0.2.2:" "$@" "$server/$fetch_path"
}

is 'by TLS' "$(fetch hello --cacert "$WORK/ca.pem")" 'hello by TLS'
# What goes over the wire, where tcpdump is there to look: TLS (its greeting begins with 16 03 01 or 03), not the text.
if command -v tcpdump >/dev/null; then
	tcpdump -U -i eth0 -w wire.pcap tcp port "$(cat "$WORK/port")" 2>log &
	pid=$!
	until grep -q 'listening on eth0' log || ! kill -0 $pid 2>/dev/null; do sleep 0.1; done
	ok 'with tcpdump beside it' fetch hello --cacert "$WORK/ca.pem"
	sleep 1
	kill -INT $pid
	wait $pid
	like 'it sees the greeting' "$(tcpdump -n -x -r wire.pcap 'tcp[tcpflags] & tcp-push != 0' 2>/dev/null | sed -n 's/^.*0x[0-9a-f]*: *//p' | tr -d ' \n')" '16030[13]'
	unlike 'and nothing of what is fetched' "$(tcpdump -n -A -r wire.pcap 2>/dev/null)" 'hello by TLS'
fi
for version in 1.2 1.3; do
	ok "by TLS $version" fetch hello -v --cacert "$WORK/ca.pem" "--tlsv$version" --tls-max "$version"
	said 'by that and no other' "TLSv$version"
done
is 'a large file' "$(fetch large --cacert "$WORK/ca.pem" | sha256sum)" "$(sha256sum <"$WORK/numbers")"
is 'a compressed one' "$(fetch packed --compressed --cacert "$WORK/ca.pem" | sha256sum)" "$(sha256sum <"$WORK/numbers")"
fails 60 'the certificate of another authority' fetch hello --cacert "$WORK/other.pem"
said 'is told' 'cert'
server=https://another.test:$(cat "$WORK/port")
fails 60 'the certificate of another server' fetch hello --cacert "$WORK/ca.pem"

# 77 would be that they are not there.
fails 60 'an authority that the image does not know' fetch hello
server=https://whittle.test:$(cat "$WORK/port")
known=/etc/ssl/certs/ca-certificates.crt
like 'the image knows some' "$(cat "$known")" '^-----BEGIN CERTIFICATE-----$'
cp "$known" known
cat "$WORK/ca.pem" >>"$known"
is 'it goes by what is there' "$(fetch hello)" 'hello by TLS'
cp known "$known"

ip link set lo up
mkdir www
seq 1000 >www/file
httpd -p 127.0.0.1:8080 -h www
is 'by HTTP' "$(curl -sS http://127.0.0.1:8080/file | sha256sum)" "$(sha256sum <www/file)"
is 'a part' "$(curl -sS -r 0-3 http://127.0.0.1:8080/file)" '1
2'
fails 22 'what is not there' curl -sSf http://127.0.0.1:8080/other
fails 7 'where nobody listens' curl -sS http://127.0.0.1:8081/
is 'file:' "$(curl -sS "file://$PWD/www/file" | sha256sum)" "$(sha256sum <www/file)"
fails 1 'a protocol that was left out' curl -sS gopher://127.0.0.1/
done_testing
