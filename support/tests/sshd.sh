# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
# Machines to log in to, for tests: sshd's of the test's own on 127.0.0.1, each with a cache of its own. Source it after tap.sh.
#
# gives: host_start, host_like_here, host_stop; SSH_CONFIG, a configuration for ssh that knows the hosts by their names

# shellcheck source=support/tests/port.sh
. support/tests/port.sh

SSH_CONFIG=$SCRATCH/ssh_config
SSHD=$(command -v sshd || echo /usr/sbin/sshd)
: >"$SSH_CONFIG"

sshd_there() { [ -x "$SSHD" ] && command -v ssh >/dev/null && command -v ssh-keygen >/dev/null; }

# host_start NAME: start an sshd that SSH_CONFIG calls NAME. HOST_KEYS: a file with keys that it takes, in place of the test's. HOST_ENV: more of its environment, NAME=VALUE. Its XDG_CACHE_HOME is $SCRATCH/NAME/cache.
host_start() {
	at=$SCRATCH/$1
	mkdir -p "$at/cache"
	# sshd wants this directory of root's
	[ "$(id -u)" != 0 ] || mkdir -p /run/sshd
	[ -f "$SCRATCH/key" ] || ssh-keygen -q -t ed25519 -N '' -f "$SCRATCH/key"
	ssh-keygen -q -t ed25519 -N '' -f "$at/hostkey"
	for _ in $(seq 100); do
		free_port
		cat >"$at/sshd_config" <<-END
			Port $port
			ListenAddress 127.0.0.1
			HostKey $at/hostkey
			AuthorizedKeysFile ${HOST_KEYS:-$SCRATCH/key.pub}
			PidFile $at/pid
			StrictModes no
			UsePAM no
			PasswordAuthentication no
			SetEnv XDG_CACHE_HOME=$at/cache ${HOST_ENV-}
		END
		rm -f "$at/pid"
		"$SSHD" -f "$at/sshd_config" -E "$at/sshd.log" && within 10 test -s "$at/pid" && break
	done
	echo "127.0.0.1 $(cut -d ' ' -f 1,2 "$at/hostkey.pub")" | sed "s/^127.0.0.1/[127.0.0.1]:$port/" >>"$SCRATCH/known"
	cat >>"$SSH_CONFIG" <<-END
		Host $1
		HostName 127.0.0.1
		Port $port
		User $(id -un)
		IdentityFile $SCRATCH/key
		IdentitiesOnly yes
		UserKnownHostsFile $SCRATCH/known
		GlobalKnownHostsFile /dev/null
	END
}

# host_like_here NAME: start one that has in its cache what this machine has.
host_like_here() {
	host_cache=${XDG_CACHE_HOME:-$HOME/.cache}/whittle
	mkdir -p "$SCRATCH/$1/cache"
	cp -al "$host_cache" "$SCRATCH/$1/cache/whittle" 2>/dev/null || cp -R "$host_cache" "$SCRATCH/$1/cache/whittle"
	rm -rf "$SCRATCH/$1/cache/whittle/rows"
	host_start "$1"
}

# host_stop NAME: end it and its connections, as when the machine goes away.
host_stop() {
	[ -s "$SCRATCH/$1/pid" ] || return 0
	host_pid=$(cat "$SCRATCH/$1/pid")
	host_children=$(ps -o pid= --ppid "$host_pid")
	# shellcheck disable=SC2046,SC2086 # numbers
	kill -KILL "$host_pid" $host_children $(for child in $host_children; do ps -o pid= --ppid "$child" | while read -r pid; do
		! grep -qs '^Name:.sshd' "/proc/$pid/status" || echo "$pid"; done; done) 2>/dev/null
	rm -f "$SCRATCH/$1/pid"
}
