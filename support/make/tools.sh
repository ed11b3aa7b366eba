#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Host programs that were built before, from the same sources by the same compiler, for another checkout or
# another output directory: kept in the cache that all share.
#
# usage: tools.sh take STORE FACTS DIR CC    put the programs that FACTS describes into DIR; exit 1: there are none, 3: they cannot be copied
#        tools.sh keep STORE FACTS DIR CC    keep those of DIR, and what they were built of (DIR/../sums/bin)
#
# FACTS names files, in one word, that hold all that decides what the programs are: digests of sources, flags. To that
# come the compiler's version and the system, whose libraries they are linked with. What is taken
# is verified, and its libraries have to be there.
set -eu

action=$1 store=$2 facts=$3 dir=$4
shift 4

# shellcheck disable=SC2048,SC2086 # FACTS and CC may be several words
key=$({ cat $facts; $* --version; uname -m; cat /etc/os-release 2>/dev/null || uname -sr; } | sha256sum | cut -c 1-40)
kept=$store/$key

case $action in
take)
	[ -f "$kept/SHA256SUMS" ] || exit 1
	mkdir -p "$dir"
	new=$(mktemp -d "$dir.XXXXXX")
	trap 'rm -rf "$new"' EXIT
	if ! why=$(LC_ALL=C cp -Rp "$kept/." "$new" 2>&1); then
		# one file stands for all: a full disk would have a line for each
		echo "cannot copy the host programs from $kept to $dir: $(printf '%s\n' "$why" | sed -n '$s/.*: //p')" >&2
		exit 3
	fi
	if ! (cd "$new" && sha256sum --quiet -c SHA256SUMS >/dev/null 2>&1); then
		echo "what is kept in $kept is damaged: it is removed, and built again" >&2
		rm -rf "$kept"
		exit 1
	fi
	! ldd "$new/bin"/* 2>&1 | grep -q 'not found' || exit 1
	# what the engine knows of programs before these no longer holds
	rm -rf "$dir/../sums/bin"
	mv -f "$new/bin"/* "$dir"
	[ ! -d "$new/sums" ] || { mkdir -p "$dir/../sums" && mv "$new/sums" "$dir/../sums/bin"; }
	touch "$kept"
	;;
keep)
	if ! mkdir -p "$store" 2>/dev/null || ! new=$(mktemp -d "$store/new.XXXXXX" 2>/dev/null); then
		echo "the host tools are not kept for others: cannot write to $store" >&2
		exit 0
	fi
	trap 'rm -rf "$new" "$new.sums"' EXIT
	chmod 755 "$new"
	cp -Rp "$dir" "$new/bin"
	[ ! -d "$dir/../sums/bin" ] || cp -Rp "$dir/../sums/bin" "$new/sums"
	(cd "$new" && find . -type f -exec sha256sum {} + >"$new.sums" && mv "$new.sums" SHA256SUMS)
	[ -d "$kept" ] || mv "$new" "$kept" 2>/dev/null || :
	# the four that were used last stay
	find "$store" -mindepth 1 -maxdepth 1 -type d -printf '%T@ %p\n' | sort -rn | tail -n +5 | cut -d ' ' -f 2- |
		while IFS= read -r old; do rm -rf "$old"; done
	;;
esac
