#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Do the row of a matrix that a task of Slurm is for, and note in its record how long it took.
#
# usage: slurmrow.sh LIST: a file with the directories of the rows, one a line
# takes: SLURM_ARRAY_TASK_ID
#
# exit status: 0 the row is ok, 1 it failed
set -eu

dir=$(sed -n "${SLURM_ARRAY_TASK_ID}p" "$1")
exec >"$dir/row.log" 2>&1
began=$(date +%s%N)
status=0
sh support/make/row.sh "$dir" || status=$?
[ ! -s "$dir/record" ] || {
	jq ".ms = $((($(date +%s%N) - began) / 1000000))" "$dir/record" >"$dir/record.new"
	mv "$dir/record.new" "$dir/record"
}
exit "$status"
