#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck source=support/tests/tap.sh
. /test/tap.sh

like 'a program has it' "$(tcpdump --version 2>&1)" '^libpcap version 1\.'
like 'it finds interfaces' "$(tcpdump -D)" 'eth0.*Up'
# An empty file of packets, Ethernet ones: its 24 bytes.
printf '\324\303\262\241\002\0\004\0\0\0\0\0\0\0\0\0\0\0\004\0\001\0\0\0' >empty.pcap
ok 'it reads a file' tcpdump -r empty.pcap
said 'and knows its kind' 'link-type EN10MB'
fails 1 'a file that is none' sh -c 'echo none >none.pcap; tcpdump -r none.pcap'
like 'it compiles filters' "$(tcpdump -i lo -d 'udp port 53' 2>&1)" 'jeq.*#0x35'
fails 1 'a filter that is none' tcpdump -i lo -d 'udp prot 53'
said 'is told' 'syntax error'
done_testing
