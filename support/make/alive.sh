#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Run a command as long as standard input is open: when that ends, as when a connection is lost or the other side is
# interrupted, end all of it. It has no standard input of its own.
#
# usage: alive.sh COMMAND [ARGUMENT]...
#
# exit status: that of COMMAND
set -u

exec 3<&0
setsid "$@" </dev/null 3<&- &
command=$!
{
	while read -r _; do :; done <&3
	kill -TERM "-$command"
	sleep 10
	kill -KILL "-$command"
} >/dev/null 2>&1 &
watch=$!
exec 3<&-
trap 'kill -TERM "-$command" 2>/dev/null' TERM HUP INT
status=0
wait "$command" || status=$?
kill "$watch" 2>/dev/null
exit "$status"
