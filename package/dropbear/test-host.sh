#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# A client of the guest: OpenSSH's.
set -u
cd "$WORK" || exit 1

if [ "$1" = config ]; then
	for key in right wrong; do
		[ ! -f $key ] || continue
		ssh-keygen -q -t ed25519 -N '' -C $key -f $key || exit 1
	done
	printf 'CONFIG_DROPBEAR_%s=y\n' CLIENT KEY
	echo "CONFIG_DROPBEAR_AUTHORIZED_KEYS=\"$WORK/right.pub\""
	exit
fi

# with KEY PROGRAM PORT-OPTION ARGUMENT...: the host key, once seen, may not change.
with() {
	identity=$1
	program=$2
	shift 2
	"$program" -F none -i "$identity" -o BatchMode=yes -o IdentitiesOnly=yes -o IdentityAgent=none -o ConnectTimeout=20 \
		-o StrictHostKeyChecking=accept-new -o UserKnownHostsFile="$WORK/known_hosts" "$@"
}

# told LABEL COMMAND...: what it prints and its exit status, as a line.
told() {
	label=$1
	shift
	text=$("$@" 2>&1)
	echo "$label: $text, exit $?"
}

rm -f known_hosts
head -c 200000 /dev/urandom >data
until with right ssh -p "$PORT_22" root@127.0.0.1 true; do sleep 1; done
{
	told command with right ssh -p "$PORT_22" root@127.0.0.1 'id -un; exit 5'
	echo "through: $(with right ssh -p "$PORT_22" root@127.0.0.1 cat <data >through && cmp through data && echo same)"
	echo "copy: $(with right scp -O -q -P "$PORT_22" data root@127.0.0.1:/tmp/dropbear.data &&
		with right scp -O -q -P "$PORT_22" root@127.0.0.1:/tmp/dropbear.data back && cmp back data && echo same)"
	told 'wrong key' with wrong ssh -p "$PORT_22" root@127.0.0.1 true
} >result.new
mv result.new result
