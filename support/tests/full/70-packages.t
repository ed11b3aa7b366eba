#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# All packages that have tests, in a guest: linked statically, then dynamically.
set -u
# shellcheck source=support/tests/board.sh
. support/tests/board.sh
export XDG_CACHE_HOME="$CHECK_O/cache"

for how in static dynamic; do
	echo "CONFIG_TOOLCHAIN_LINK_$(echo $how | tr "[:lower:]" "[:upper:]")=y" >"$SCRATCH/$how.config"
	status=0
	PACKAGES_O="$CHECK_O/packages-$how" PACKAGES_CONFIG="$SCRATCH/$how.config" support/tests/packages/run >"$SCRATCH/$how.log" 2>&1 || status=$?
	is "all tests pass, with $how programs" "$status" 0
	sed -n '/^PACKAGE /,$p' "$SCRATCH/$how.log" | sed 's/^/# /'
	[ $status = 0 ] || tail -n 60 "$SCRATCH/$how.log" | sed 's/^/#   /'
	is "no path of this machine is in the image, with $how programs" \
		"$(cd "$CHECK_O/packages-$how/o/build" && grep -rlF -e "$(cd "$CHECK_O" && pwd)" -- */image/target)" ''
	like 'there are some' "$(tail -n 1 "$SCRATCH/$how.log")" '^[1-9][0-9]* passed, 0 failed$'
done
done_testing
