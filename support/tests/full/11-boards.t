#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Every board with a lean kernel that says so ("Tested by:"), built and booted.
#
#   11-boards.t [BOARD...]
set -u
. support/tests/board.sh
. support/tests/machine.sh
export XDG_CACHE_HOME="$CHECK_O/cache"

# shellcheck disable=SC2046 # lists of names
[ $# != 0 ] || set -- $(grep -l '^# Tested by:' $(grep -l 'select LINUX_LEAN' board/*/Kconfig) | sed 's,^board/\(.*\)/Kconfig$,\1,')
for name; do
	lacking=$(board_lacks "$name")
	if [ -n "$lacking" ]; then
		skip "$name" "$lacking"
		continue
	fi
	built "$name" || continue
	runs "$name"
	shell_runs "$name"
	debugs "$name"
done
done_testing
