#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Do the row of a commit of a bisection, which is checked out, as a job of Slurm, and wait for it (trialrow.sh). A signal ends
# the job.
#
# usage: slurmtrial.sh DIR
# takes: what slurm.sh takes
#
# exit status: 0 the row is ok, 1 it failed
set -eu

dir=$1
me=bisect
top=$(pwd)
# shellcheck source=support/make/trial.sh
. support/make/trial.sh
# shellcheck source=support/make/slurm.sh
. support/make/slurm.sh

rm -f "$dir/record" "$dir/row.log"
echo "$dir" >"$dir/slurm.list"
echo 'a job of Slurm'
slurm_job "$dir/slurm.list" --array=1
[ -s "$dir/record" ] || slurm_lost "$dir" 1
[ ! -f "$dir/row.log" ] || cat "$dir/row.log"
[ "$(field result "$dir/record")" = ok ]
