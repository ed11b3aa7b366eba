#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck source=support/tests/tap.sh
. /test/tap.sh

# capture ARGUMENT...: start tcpdump in the background, and wait until it listens.
capture() {
	: >log
	tcpdump "$@" 2>log &
	pid=$!
	until grep -q '^tcpdump: listening\|^listening' log || ! kill -0 $pid; do sleep 0.1; done
}

# A fetch, of which a filter takes what has to do with one of two ports.
echo 'what was fetched' >page
httpd -p 127.0.0.1:8001 -h .
httpd -p 127.0.0.1:8002 -h .
capture -i lo -U -w fetch.pcap tcp port 8001
ok 'a page is fetched' wget -q -O fetched http://127.0.0.1:8001/page
ok 'another, from the other port' wget -q -O other http://127.0.0.1:8002/page
ok 'the end of the connection was seen' timeout 30 sh -c "until tcpdump -n -r fetch.pcap 'tcp[tcpflags] & tcp-fin != 0 and src port 8001' 2>/dev/null | grep -q .; do sleep 0.1; done"
kill -INT $pid
wait $pid
is 'its end tells of no error' $? 0
like 'it counts' "$(cat log)" '^0 packets dropped by kernel'
text=$(tcpdump -n -A -r fetch.pcap 2>/dev/null)
like 'the request was seen' "$text" 'GET /page HTTP/1'
like 'and the answer' "$text" 'what was fetched$'
unlike 'but not what went by the other port' "$text" '\.8002'
is 'a filter on flags, when it is read' "$(tcpdump -n -r fetch.pcap 'tcp[tcpflags] & tcp-syn != 0' 2>/dev/null | wc -l)" 2

# A real interface, whose address comes in the background.
ok 'eth0 gets its address' timeout 30 sh -c 'until ip addr show dev eth0 | grep -q 10.0.2.15; do sleep 0.1; done'
capture -n -c 2 -i eth0 -w ping.pcap icmp and host 10.0.2.2
ok 'the host answers' ping -c 1 -w 10 10.0.2.2
wait $pid
text=$(tcpdump -n -r ping.pcap 2>/dev/null)
like 'there it was asked' "$text" '10.0.2.15 > 10.0.2.2: ICMP echo request'
like 'and answered' "$text" '10.0.2.2 > 10.0.2.15: ICMP echo reply'

fails 1 'a filter that is none is refused' tcpdump -i lo -d tcp port nonsense
killall httpd
done_testing
