# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
# shellcheck disable=SC2034,SC2154 # variables of the scripts that source it, and for them
# Other machines that do rows of a matrix, by ssh: what they need is brought there before the first row (hostrow.sh does one).
#
# takes: me, top, O, what rows.sh gives; HOSTS, SSH_CONFIG, UNCOMMITTED; KERNELS; host_brings, a function that brings what
#        is to be worked on, with HOST and the directory there (bring_rows); HOSTS_DIR (O/matrix/hosts)
# gives: hosts_begin; host_options, for the tool matrix; HOSTS_DIR and HOST_SSH, for hostrow.sh
#
# On a host all is in ${XDG_CACHE_HOME:-~/.cache}/whittle/rows/NAME-DIGEST, of this tree's directory on this machine: tree/,
# tools/, external/N, kernels/NAME, rows/NAME-DIGEST of O. Here, HOSTS_DIR/NAME has
#   there    that directory
#   map      LOCAL REMOTE, with a tab between them: names of directories here, and there
#   slots    how many rows it does at once
#   log      what was said while it was made ready

# shellcheck source=support/make/bring.sh
. support/make/bring.sh

# refuse MESSAGE: exit as for a wrong command line.
refuse() { say "$1" >&2 && exit 2; }

# hosts_named: NAME SLOTS of each of HOSTS, which has words NAME[:SLOTS], or is a file with lines NAME [SLOTS].
hosts_named() {
	if [ -f "$HOSTS" ]; then sed 's/#.*//' "$HOSTS"; else echo "$HOSTS" | tr ' ' '\n' | sed 's/:\([0-9]*\)$/ \1/'; fi |
		awk 'NF { print $1, (NF > 1 ? $2 : 1), $3 }'
}

# hosts_check: HOSTS_DIR/list has what hosts_named says; or exit.
hosts_check() {
	hosts_named >"$HOSTS_DIR/list"
	[ -s "$HOSTS_DIR/list" ] || refuse "HOSTS names no host: names, or a file with one a line, are expected"
	while read -r host slots rest; do
		case $host in -* | .* | *[!A-Za-z0-9._@-]*) refuse "HOSTS: '$host' is no name of a host, or of a file" ;; esac
		case $slots in 0 | *[!0-9]* | ?????*) refuse "HOSTS: $host: '$slots' is no number of slots" ;; esac
		[ -z "$rest" ] || refuse "HOSTS: $host: '$rest' is more than a name and a number of slots"
	done <"$HOSTS_DIR/list"
	twice=$(cut -d ' ' -f 1 "$HOSTS_DIR/list" | sort | uniq -d | sed 1q)
	[ -z "$twice" ] || refuse "HOSTS: $twice is there twice: name it once, as $twice:SLOTS, or with a number of slots in the file"
	for name in SHARE DISK ROOT MODULES INITRAMFS_EXTRA; do
		eval "[ -z \"\${$name-}\" ]" || refuse "$name names files of this machine, which a row on another one has not"
	done
	case ${KERNEL-} in */*) refuse "KERNEL=$KERNEL is a file of this machine, which a row on another one has not" ;; esac
	case ${LOG-} in '' | y | n) ;; *) refuse "LOG=$LOG: a row on another machine has its log in its directory" ;; esac
	case ${UNCOMMITTED:-send} in send | refuse) ;; *) refuse "UNCOMMITTED=$UNCOMMITTED: send or refuse is expected" ;; esac
}

# ssh_set: set HOST_SSH, a command that asks for nothing, and uses one connection to each host.
ssh_set() {
	sockets=${TMPDIR:-/tmp}/whittle-ssh-$(id -u)
	# ssh adds 58 characters, and a socket's name has 107
	case $sockets in *[!A-Za-z0-9/._-]* | ??????????????????????????????????????????????????*) sockets=/tmp/${sockets##*/} ;; esac
	[ -d "$sockets" ] || mkdir -m 700 "$sockets"
	# shellcheck disable=SC3067 # dash and BusyBox have it
	{ [ -O "$sockets" ] && [ ! -L "$sockets" ]; } || die "$sockets is not yours: remove it"
	HOST_SSH="ssh -o BatchMode=yes -o ConnectTimeout=10 -o ServerAliveInterval=5 -o ServerAliveCountMax=3"
	HOST_SSH="$HOST_SSH -o ControlPath=$sockets/%C -o ControlPersist=60 ${SSH_CONFIG:+-F $SSH_CONFIG}"
}
# there HOST COMMAND: run a line of shell there.
there() { $HOST_SSH "$1" "$2"; }

# connect HOST: connect to it, for all that follows, unless a connection is still there.
connect() {
	$HOST_SSH -o ControlMaster=auto "$1" true </dev/null >/dev/null 2>"$HOSTS_DIR/$1/log" && return
	say "HOSTS: cannot connect to $1: $(tail -n 1 "$HOSTS_DIR/$1/log" | shown)" >&2
	say "ssh has to reach it without a question: try 'ssh -o BatchMode=yes $1 true'" >&2
	return 1
}

# host_begin HOST: bring to it all that rows need.
host_begin() {
	: >"$HOSTS_DIR/$1/map"
	connect "$1" || return
	name=$(basename "$top" | tr -c 'A-Za-z0-9._\n-' _)-$(echo "$(uname -n) $top" | sha256sum | cut -c 1-8)
	got=$(there "$1" "w=\${XDG_CACHE_HOME:-\$HOME/.cache}/whittle/rows/$name && mkdir -p \"\$w\" && cd \"\$w\" && pwd -P &&
		for p in make gcc rsync tar jq setsid git; do command -v \$p >/dev/null || echo \"no \$p\"; done &&
		echo \"version \$(cat tree/VERSION 2>/dev/null)\"" </dev/null) || { say "HOSTS: $1: it cannot make a directory for rows" >&2 && return 1; }
	there=$(echo "$got" | sed 1q)
	case $there in /*) ;; *) say "HOSTS: $1: its shell says more than it was asked for: '$(echo "$there" | shown)'" >&2 && return 1 ;; esac
	case $there in *[!A-Za-z0-9/._@+,-]*) say "HOSTS: $1: its directory '$there' has characters that make cannot take" >&2 && return 1 ;; esac
	lacks=$(echo "$got" | sed -n 's/^no //p' | paste -s -d ' ' -)
	[ -z "$lacks" ] || { say "HOSTS: $1 lacks $lacks: run 'scripts/bootstrap matrix' there" >&2 && return 1; }
	version=$(echo "$got" | sed -n 's/^version //p')
	[ -z "$version" ] || [ "$version" = "$(cat VERSION)" ] ||
		say "$1: Whittle $version is there, and is replaced by $(cat VERSION)" >&2
	echo "$there" >"$HOSTS_DIR/$1/there"
	host_bring "$1" "$there" >"$HOSTS_DIR/$1/log" 2>&1 && return
	tail_of "$HOSTS_DIR/$1/log" >&2
	say "HOSTS: $1: it cannot be made ready, for the reason above (the whole log: $HOSTS_DIR/$1/log)" >&2
	return 1
}

# end_all PID: end a process and all that it began. What runs in the background does not see Ctrl-C.
end_all() {
	# shellcheck disable=SC2046 # numbers
	set -- "$1" $(grep -ls "^PPid:[[:space:]]*$1\$" /proc/[0-9]*/status | cut -d / -f 3)
	kill "$1" 2>/dev/null || :
	shift
	for pid; do end_all "$pid"; done
}

# hosts_begin: make all hosts ready, at the same time, and set what the rows need.
hosts_begin() {
	HOSTS_DIR=${HOSTS_DIR:-$O/matrix/hosts}
	mkdir -p "$HOSTS_DIR"
	hosts_check
	trees_check
	ssh_set
	pids=
	trap 'for pid in $pids; do end_all "$pid"; done; exit 130' INT TERM HUP
	while read -r host slots _; do
		mkdir -p "$HOSTS_DIR/$host"
		echo "$slots" >"$HOSTS_DIR/$host/slots"
		host_options="${host_options-} --host $host:$slots"
		host_begin "$host" </dev/null &
		pids="$pids $!"
	done <"$HOSTS_DIR/list"
	ready=y
	for pid in $pids; do wait "$pid" || ready=; done
	trap - INT TERM HUP
	[ -n "$ready" ] || die 'nothing was begun: correct the errors above, or leave these hosts out'
	export HOSTS_DIR HOST_SSH
}
