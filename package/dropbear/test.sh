#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# guest-port: 22
# shellcheck source=support/tests/tap.sh
. /test/tap.sh

is 'the key is for root alone' "$(stat -c '%a %u' /root/.ssh/authorized_keys /root/.ssh | paste -s -)" '600 0	700 0'

# What the client on the host came to.
seconds=0
until [ -f "$WORK/result" ] || [ $seconds = 60 ]; do
	sleep 1
	seconds=$((seconds + 1))
done
result=$(cat "$WORK/result")
like 'a command, and its exit status' "$result" '^command: root, exit 5$'
like 'data goes in and out' "$result" '^through: same$'
like 'files, by scp' "$result" '^copy: same$'
ok 'and arrive' cmp /tmp/dropbear.data "$WORK/data"
like 'another key is refused' "$result" '^wrong key: .*Permission denied.*, exit 255$'
like 'the host key was made then' "$(ls /etc/dropbear)" dropbear_ed25519_host_key

# Our own client.
# shellcheck disable=SC2016 # the variable is of the other side
as() {
	dbclient -y -o BatchMode=yes -i "$1" root@127.0.0.1 'echo "$SSH_CONNECTION"; exit 3' </dev/null
}
ok 'dropbearkey makes a key' dropbearkey -t ed25519 -f key
fails 1 'dbclient is refused with it' as key
dropbearkey -y -f key | grep ^ssh- >>/root/.ssh/authorized_keys
fails 3 'until it is authorized' as key
said 'by this machine' '^127.0.0.1 [0-9]* 127.0.0.1 22$'
ok 'the server is stopped' /etc/init.d/S50dropbear stop
fails 1 'and is gone' as key
done_testing
