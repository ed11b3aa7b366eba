#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Build a package that the cache does not have on one of HOSTS, and bring its image into the cache of this machine, whose step
# runner then takes it from there: so it verifies it, and does all that could not be done elsewhere.
#
# usage: elsewhere.sh slots: how many jobs make should have
#        elsewhere.sh begin: make the hosts ready, if something has to be built
#        elsewhere.sh PACKAGE TITLE
#        elsewhere.sh on HOST SLOT PACKAGE IMAGE...: for itself
# takes: HOSTS, SSH_CONFIG; O, TOOLDIR; LIST, for step --missing; STORE, the directory of built packages; LLVM
#
# O/hosts has what hosts.sh keeps; in HOST of it
#   N      locked while a package is built there
#   away   there once the host cannot be used any more
# and PACKAGE.log, what the host's make said.
set -eu

me='make'
top=$(pwd)
HOSTS_DIR=${O-}/hosts
# shellcheck source=support/make/trial.sh
. support/make/trial.sh

# unused HOST WHY: build nothing there any more; tell it once.
unused() {
	[ ! -e "$HOSTS_DIR/$1/away" ] || return 0
	: >"$HOSTS_DIR/$1/away"
	say "HOSTS: $1 $2; nothing is built there any more" >&2
}

# claim: set host and n to a free slot, and lock it; fails if no host is left.
claim() {
	most=$(sort -n -k 2 "$HOSTS_DIR/list" | awk 'END { print $2 }')
	while :; do
		hosts=
		for n in $(seq "$most"); do
			while read -r host slots _; do
				{ [ "$n" -le "$slots" ] && [ ! -e "$HOSTS_DIR/$host/away" ]; } || continue
				hosts=y
				exec 9>>"$HOSTS_DIR/$host/$n"
				! flock -n 9 || return 0
			done <"$HOSTS_DIR/list"
		done
		[ -n "$hosts" ] || return 1
		sleep 0.2
	done
}

# stored NAME...: the files of these images, below the directory of a store.
stored() { for image; do echo "$(echo "$image" | cut -c 1-2)/$image.art"; done; }

# build HOST SLOT PACKAGE IMAGE [DEPENDENCY]...: build it there, from the images of its dependencies. Exit as
# usual, with 3 if something else comes of it, or with 75 if the host is away.
build() {
	host=$1 dir=$O
	# shellcheck source=support/make/hostrun.sh
	. support/make/hostrun.sh
	store=$(dirname "$(dirname "$there")")/artifacts
	at=$there/builds/$(echo "$O" | sha256sum | cut -c 1-8)-$2
	package=$3
	file=$(stored "$4")
	shift 4
	stage "$O/.config"
	# what is not in this store is built there
	stored "$@" | rsync -a --ignore-existing --ignore-missing-args --files-from=- -e "$HOST_SSH" "$STORE/" "$host:$store/" || :
	alive "exec make \${JOBS:+-j\$JOBS} O=\$at CONFIG_CACHE_DIR= CONFIG_DL_DIR= LOCAL_UNCHECKED=y ${LLVM:+LLVM=$LLVM} $package"
	over "test ! -e $store/$file || cat $store/$file" </dev/null >"$STORE/$file.new"
	[ -s "$STORE/$file.new" ] || exit 3
	mv "$STORE/$file.new" "$STORE/$file"
}

case $1 in
slots)
	# shellcheck source=support/make/hosts.sh
	. support/make/hosts.sh
	hosts_named | awk -v here="$(nproc)" '{ n += $2 } END { print n + here }'
	exit
	;;
begin)
	[ -n "$("$TOOLDIR/bin/step" --missing "$LIST")" ] || exit 0
	# shellcheck source=support/make/rows.sh
	. support/make/rows.sh
	# shellcheck source=support/make/hosts.sh
	. support/make/hosts.sh
	# bring_place HOST THERE
	# shellcheck disable=SC2317 # by hosts_begin
	bring_place() { there "$1" "mkdir -p $2/builds" </dev/null; }
	host_brings=bring_place
	rm -f "$HOSTS_DIR"/*/away
	hosts_begin
	echo "$HOST_SSH" >"$HOSTS_DIR/ssh"
	exit
	;;
on)
	shift
	build "$@"
	exit
	;;
esac

package=$1 title=$2
wanted=$("$TOOLDIR/bin/step" --missing "$LIST" --only "$package")
[ -n "$wanted" ] || exit 0
HOST_SSH=$(cat "$HOSTS_DIR/ssh")
export HOST_SSH HOSTS_DIR STORE O
image=$(echo "$wanted" | sed 1q)
mkdir -p "$(dirname "$STORE/$(stored "$image")")"
job=
# shellcheck disable=SC2317 # for the trap
ended() {
	trap '' INT TERM HUP
	[ -z "$job" ] || kill -TERM "-$job" 2>/dev/null || :
	rm -f "$STORE/$(stored "$image").new"
	exit 130
}
trap ended INT TERM HUP
while claim; do
	[ -n "${QUIET-}" ] || printf '  %-9s %s\n' HOST "$title, on $host"
	# shellcheck disable=SC2086 # names of images
	setsid sh support/make/elsewhere.sh on "$host" "$n" "$package" $wanted >"$HOSTS_DIR/$package.log" 2>&1 </dev/null &
	job=$!
	status=0
	wait "$job" || status=$?
	job=
	exec 9>&-
	case $status in
	0) exit 0 ;;
	75) unused "$host" 'has gone' ;;
	3) unused "$host" "makes $title of other inputs, such as another compiler (make explain PKG=$package)" ;;
	*)
		tail_of "$HOSTS_DIR/$package.log" >&2
		say "$title cannot be built on $host, so it is built here (the whole log: $HOSTS_DIR/$package.log)" >&2
		exit 0
		;;
	esac
done
rm -f "$STORE/$(stored "$image").new"
say "HOSTS: no host is left; $title is built here" >&2
