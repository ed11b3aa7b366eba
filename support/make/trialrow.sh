#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Test a commit of a bisection, here, by Slurm or on another machine, in one of the places that were made ready for it (wide.sh),
# and leave a record of it.
#
# usage: trialrow.sh DIR [HOST]: the name of DIR is the commit
# takes: LANES, the directory of the places: HOST/N, or here+/N; LINUX_DIR; SCHEDULER; what row.sh, slurmtrial.sh and
#        hostrow.sh take
#
# exit status: 0 the commit is good, 1 it is not, 75 the host cannot be reached any more
set -eu

dir=$1 host=${2-}
commit=${dir##*/}

# A place whose last commit was cancelled is locked until all of that has ended.
lane=
until [ -n "$lane" ]; do
	for place in "$LANES/${host:-here+}"/*; do
		exec 9>>"$place/lock"
		if flock -n 9; then
			lane=$place
			break
		fi
	done
	[ -n "$lane" ] || sleep 0.1
done
# shellcheck disable=SC2317 # for the trap
ended() {
	trap '' INT TERM HUP
	exec 9>&-
	flock -w 25 "$lane/lock" true || :
	exit 143
}
trap ended INT TERM HUP

rm -f "$lane/record"
mkdir -p "$dir"
if [ -n "$host" ]; then
	# shellcheck disable=SC2016 # for the shell there
	HOST_FIRST="sh support/make/checkout.sh $(cat "$HOSTS_DIR/$host/repository") \$at/tree $commit"
	export HOST_FIRST
	sh support/make/hostrow.sh "$lane" "$host" &
else
	row=row.sh
	[ -z "${SCHEDULER-}" ] || row=slurmtrial.sh
	{ sh support/make/checkout.sh "$LINUX_DIR" "$lane/tree" "$commit" && sh "support/make/$row" "$lane"; } &
fi
status=0
wait "$!" || status=$?
for file in build.log run.log record; do
	[ ! -f "$lane/$file" ] || cp "$lane/$file" "$dir/$file.new"
	[ ! -f "$dir/$file.new" ] || mv "$dir/$file.new" "$dir/$file"
done
exit "$status"
