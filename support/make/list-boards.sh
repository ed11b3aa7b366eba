#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# A line for each board: the goal that begins with it, its architecture, QEMU's machine, what tests it, its title.
#
#   list-boards.sh DESCRIPTIONS DEFCONFIG...      (DESCRIPTIONS: the paths of *.arch, in one word)
set -eu

# of FILE KEY: the value of a description's line.
of() {
	sed -n "s/^$2 *= *//p" "$1"
}

descriptions=$1
shift
printf '  %-36s %-12s %-18s %-12s %s\n' goal architecture machine 'tested by' board
for defconfig; do
	kconfig=${defconfig%/defconfig}/Kconfig
	board=${defconfig%/defconfig}
	board=${board##*/}
	[ -e "$kconfig" ] || {
		printf '  %-36s\n' "${board}_defconfig"
		continue
	}
	select=$(sed -n 's/^[[:space:]]*select ARCH_//p' "$kconfig" | head -n 1)
	arch=- machine=-
	for file in $descriptions; do
		name=${file##*/}
		name=${name%.arch}
		if [ "$(echo "$name" | tr a-z- A-Z_)" = "$select" ]; then
			arch=$name
			machine=$(of "$file" arch.machines | tr ' ' ,)
			break
		fi
	done
	tested=$(sed -n 's/^# Tested by: //p' "$kconfig" | head -n 1)
	title=$(sed -n 's/^[[:space:]]*bool "\(.*\)"/\1/p' "$kconfig" | head -n 1)
	printf '  %-36s %-12s %-18s %-12s %s\n' "${board}_defconfig" "$arch" "$machine" "${tested:--}" "$title"
done
