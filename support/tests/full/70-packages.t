#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# All packages that have tests, in a guest: linked statically, then dynamically, for the default board, and for those of 32
# bits and of the other order of bytes; a table of each.
#
#   70-packages.t [BOARD...]
set -u
# shellcheck source=support/tests/board.sh
. support/tests/board.sh
export XDG_CACHE_HOME="$CHECK_O/cache"

[ $# != 0 ] || set -- qemu-x86_64 qemu-aarch64 qemu-riscv64 qemu-armv7 qemu-s390x
for how in static dynamic; do
	boards=
	for name; do
		lacking=$(board_lacks "$name")
		if [ -n "$lacking" ]; then
			skip "$name, with $how programs" "$lacking"
		else
			boards="$boards $name"
		fi
	done
	[ -n "$boards" ] || continue
	echo "CONFIG_TOOLCHAIN_LINK_$(echo $how | tr "[:lower:]" "[:upper:]")=y" >"$SCRATCH/$how.config"
	there=$CHECK_O/packages-$how
	PACKAGES_O="$there" PACKAGES_CONFIG="$SCRATCH/$how.config" BOARDS="$boards" support/tests/packages/boards >"$SCRATCH/$how.log" 2>&1 || :
	for name in $boards; do
		is "$name: no test fails, with $how programs" "$(grep -v -e ' ok, ' -e ' - ' "$there/$name/results" 2>&1)" ''
		like "$name: many pass" "$(grep -c ' ok, ' "$there/$name/results")" '^[2-9][0-9]$'
		is "$name: no path of this machine is in the image, with $how programs" \
			"$(cd "$there/$name/o/build" && grep -rlF -e "$(cd "$CHECK_O" && pwd)" -- */image/target)" ''
		if [ -s "$there/$name/results" ]; then
			sed -n "/^== $name\$/,/^[0-9]* passed, /p" "$SCRATCH/$how.log" | sed -n '/^PACKAGE /,$p' | sed 's/^/# /'
		else
			sed -n "/^== $name\$/,/^== /p" "$SCRATCH/$how.log" | tail -n 60 | sed 's/^/#   /'
		fi
	done
	echo "# all boards, with $how programs:"
	tail -n "$(($(cat "$there"/*/results | cut -d ' ' -f 1 | sort -u | wc -l) + 1))" "$SCRATCH/$how.log" | sed 's/^/#   /'
done
done_testing
