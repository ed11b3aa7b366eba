#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# A line for each board: the goal that begins with it, its architecture, QEMU's machines, what tests it, its title.
#
#   O=DIR EXTERNAL=DIRS list-boards.sh BOARD...
set -eu
# shellcheck source=support/make/arch.sh
. support/make/arch.sh

row() {
	printf '  %-32s %-12s %-18s %-12s %s\n' "$@"
}
row goal architecture machines 'tested by' board
for board; do
	arch=$(board_arch "$board") || arch=
	machines=
	for machine in $([ -z "$arch" ] || arch_get "$arch" arch.machines); do
		# A variant of another one is chosen by runqemu alone.
		[ -n "$(arch_get "$arch" "machine.$machine.variant")" ] || machines=$machines${machines:+,}$machine
	done
	kconfig=$(board_file "$board" Kconfig) || kconfig=/dev/null
	tested=$(sed -n 's/^# Tested by: //p' "$kconfig" | head -n 1)
	title=$(sed -n 's/^[[:space:]]*bool "\(.*\)"/\1/p' "$kconfig" | head -n 1)
	row "${board}_defconfig" "${arch:--}" "${machines:--}" "${tested:--}" "$title"
done
