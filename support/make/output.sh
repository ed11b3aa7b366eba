#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Take an output directory for the make that calls this (output.mk): mark it as Whittle's, and lock it.
#
# usage: output.sh O KIND HELD NAME...
#   KIND  build; guest: until a guest has started; read, peek (likewise until then): without waiting;
#         clean, distclean: it has to be marked already
#   HELD  locks of the makes that this one runs under
#   NAME  what Whittle makes there, and removes
#
# The lock is the file O/.lock with a line PID START FILE: the make with that number, which began at that tick of the
# machine's clock, is at work, as long as it lives and O/FILE exists. So nothing has to be done when a
# make ends, whatever ended it. flock(1) guards the moment in which the line is looked at and changed.
#
# prints: 'held PID-START [FILE]', 'under PID-START' (a make of HELD has it) or 'busy DIRECTORY' (another one has it;
# DIRECTORY of O/engine is this one's to write to)
set -eu

O=$1 kind=$2 held=" $3 "
shift 3
mark=$O/.whittle-output

die() {
	echo "$1" >&2
	exit 1
}

# lives PID: it does; begun is the tick of its start.
lives() {
	# no process is started for this: every make comes by here
	{ read -r stat <"/proc/$1/stat"; } 2>/dev/null || return 1
	# shellcheck disable=SC2086 # fields, from the third on
	set -- ${stat##*)}
	begun=${20}
	case $1 in Z | X) return 1 ;; esac
}

# owned: another make, number $pid, which began at $start, has the lock.
owned() {
	pid='' start='' file=''
	[ ! -e "$O/.lock" ] || read -r pid start file <"$O/.lock" || :
	[ -n "$file" ] && lives "$pid" && [ "$begun" = "$start" ] && [ -e "$O/$file" ]
}

# Whether an older Whittle made it, which put no mark there.
older() { [ -e "$O/engine/scan.mk" ] || grep -qs '^# Written by Whittle' "$O/Makefile"; }

# tracked: what git has of it, if the Whittle tree is a checkout and it is in there.
tracked() {
	# shellcheck disable=SC2046 # names
	(unset $(git rev-parse --local-env-vars 2>/dev/null) && git ls-files -- "$O" 2>/dev/null | head -n 1)
}

# mark_it NAME...: see that it has the mark.
mark_it() {
	[ ! -e "$mark" ] || return 0
	[ -z "$(tracked)" ] || die "O=$O has files that git tracks, such as $(tracked): choose a directory of its own, such as O=output"
	if ! older; then
		for name; do
			# another make may just have put the mark there, and begun
			if [ -e "$O/$name" ] && [ ! -e "$mark" ]; then
				die "O=$O has '$name' already, which Whittle did not make (there is no $mark): choose another directory, such as O=output"
			fi
		done
	fi
	mkdir -p "$O"
	echo "Whittle makes its output here; 'make clean' and 'make distclean' remove what it made." >"$mark"
}

# have: this make has the lock
have() {
	[ "$file" != . ] || file=
	echo "held $me $file"
	exit
}

case $kind in
*clean)
	[ -e "$mark" ] || older || [ -z "$(ls -A "$O")" ] ||
		die "O=$O was not made by Whittle (there is no $mark): remove it yourself if it is to go"
	;;
esac

lives "$PPID" || die "cannot read /proc/$PPID/stat: is /proc mounted?"
me=$PPID-$begun
command -v flock >/dev/null || {
	echo "there is no flock here (util-linux has it): two makes that begin in $O at once are not kept apart" >&2
	flock() { :; }
}

said=
while :; do
	# the file may have gone while we waited for it, and so may the directory
	mark_it "$@"
	exec 9>>"$O/.lock"
	flock 9
	# shellcheck disable=SC3013 # -ef, in POSIX since 2024
	[ "/proc/self/fd/9" -ef "$O/.lock" ] || continue
	owned || break
	[ "$pid-$start" != "$me" ] || have
	case $held in *" $pid-$start "*) echo "under $pid-$start"; exit ;; esac
	case $kind in read | peek) break ;; esac
	exec 9>&-
	if [ -z "$said" ]; then
		said=$(tr '\0' ' ' <"/proc/$pid/cmdline" 2>/dev/null | tr -cd '[:print:]' | cut -c 1-60) || :
		echo "  waiting for process $pid, which is at work in $O: ${said% }" >&2
		said=y
	fi
	while owned; do
		sleep 0.1
		# whoever waits is gone
		lives "$PPID" && [ "$PPID-$begun" = "$me" ] || exit 1
	done
done

if owned; then
	mkdir -p "$O/engine"
	for dir in "$O"/engine/reader-*; do
		[ ! -d "$dir" ] || lives "${dir##*-}" || rm -rf "$dir"
	done
	mkdir -p "$O/engine/reader-$PPID"
	# digests of large trees need not be made anew
	cp -p "$O/engine/digests.index" "$O/engine/reader-$PPID/" 2>/dev/null || :
	echo "busy reader-$PPID"
	exit
fi
file=.
case $kind in
guest | peek)
	for old in "$O"/.loading-*; do
		[ ! -e "$old" ] || rm -f "$old"
	done
	file=.loading-$PPID
	: >"$O/$file"
	;;
esac
echo "$PPID ${me#*-} $file" >"$O/.lock"
have
