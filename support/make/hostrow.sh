#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Do a row of a matrix on another machine, which was made ready for it (hosts.sh), and bring back its record and logs.
#
# usage: hostrow.sh DIR HOST
# takes: HOSTS_DIR, HOST_SSH; HOST_FIRST, a line of shell to run there before, with the directory of the row as $at
#
# exit status: 0 the row is ok, 1 it failed, 75 the host cannot be reached any more
set -eu

dir=$1 host=$2
# shellcheck source=support/make/trial.sh
. support/make/trial.sh
# shellcheck source=support/make/hostrun.sh
. support/make/hostrun.sh

at=$(echo "$dir" | mapped)
echo "on $host"
stage "$dir/asked" row extra expected
result=0
# shellcheck disable=SC2016 # for the shell there
alive "rm -f \$at/record; ${HOST_FIRST:+$HOST_FIRST && }exec sh support/make/row.sh \$at" || result=$?
over "cd $at && tar -cf - \$(ls record build.log run.log verdict 2>/dev/null)" </dev/null | tar -C "$dir" -xf - || exit 75
[ "$result" = 0 ] || exit 1
