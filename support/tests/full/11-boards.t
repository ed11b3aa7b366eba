#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Every board with a lean kernel, built and booted.
#
#   11-boards.t [BOARD...]
set -u
. support/tests/board.sh
. support/tests/machine.sh
export XDG_CACHE_HOME="$CHECK_O/cache"

# shellcheck disable=SC2046 # a list of names
[ $# != 0 ] || set -- $(grep -l 'select LINUX_LEAN' board/*/Kconfig | sed 's,^board/\(.*\)/Kconfig$,\1,')
for name; do
	arch=$(sed -n 's/^[[:space:]]*select ARCH_//p' "board/$name/Kconfig" | tr A-Z_ a-z_)
	cross=$(sed -n 's/^arch.cross *= *//p' "support/arch/$arch.arch")
	qemu=$(sed -n 's/^arch.qemu *= *//p' "support/arch/$arch.arch")
	if [ -z "$(command -v "${cross}gcc")" ] || [ -z "$(command -v "$qemu")" ]; then
		skip "$name" "there is no ${cross}gcc or no $qemu: scripts/bootstrap check-full installs them"
		continue
	fi
	built "$name" || continue
	runs "$name"
	shell_runs "$name"
	debugs "$name"
done
done_testing
