#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck source=support/tests/tap.sh
. /test/tap.sh

ok 'eth0 gets its address' timeout 30 sh -c 'until ip addr show dev eth0 | grep -q 10.0.2.15; do sleep 0.1; done'

is 'ip is the full program' "$(command -v ip)" /usr/sbin/ip
like 'and there is JSON' "$(ip -j addr show dev lo)" '"local":"127.0.0.1","prefixlen":8'
ok 'an address is added' ip addr add 10.99.0.1/24 dev lo
like 'and is there' "$(ip -j -4 addr show dev lo)" '"local":"10.99.0.1","prefixlen":24'
ok 'and in use' ping -c 1 -w 10 10.99.0.1
fails 2 'it cannot be added twice' ip addr add 10.99.0.1/24 dev lo
ok 'and is deleted' ip addr del 10.99.0.1/24 dev lo
unlike 'and gone' "$(ip -4 addr show dev lo)" '10\.99\.0\.1'
ok 'a route' ip route add 10.98.0.0/16 via 10.0.2.2
like 'is taken' "$(ip route get 10.98.1.1)" '10.98.1.1 via 10.0.2.2 dev eth0 src 10.0.2.15'

nc -l -p 5555 2>said &
pid=$!
ok 'ss: a listener' timeout 10 sh -c 'until ss -Hlnt "sport = :5555" | grep -q "^LISTEN.*:5555 "; do sleep 0.1; done'
like 'ss: whose it is' "$(ss -Hlntp)" ":5555 .*\"nc\",pid=$pid,"
is 'ss: nobody listens there' "$(ss -Hlnt 'sport = :5556')" ''
kill $pid

ok 'tc: a queue is set' tc qdisc add dev lo root pfifo limit 7
like 'tc: and shown' "$(tc qdisc show dev lo)" 'qdisc pfifo .* root .*limit 7p'
ok 'tc: and removed' tc qdisc del dev lo root
unlike 'tc: and gone' "$(tc qdisc show dev lo)" pfifo

like 'bridge: what eth0 listens to' "$(bridge fdb show dev eth0)" '^33:33:00:00:00:01 self permanent'
done_testing
