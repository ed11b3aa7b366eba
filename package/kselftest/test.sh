#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck source=support/tests/tap.sh
. /test/tap.sh

cd /usr/lib/kselftest || exit 1
for target in size tmpfs timens; do
	if [ $target = timens ] && ! grep -q "^$target:" kselftest-list.txt; then
		skip "$target" 'it is not installed: it is no default for 32 bits and for Linux 6.1'
		continue
	fi
	./run_kselftest.sh -c $target >"$SCRATCH/$target" 2>&1
	like "$target passes" "$(cat "$SCRATCH/$target")" "^ok 1 selftests: $target: "
	unlike 'and no part of it fails' "$(cat "$SCRATCH/$target")" '^not ok'
done
done_testing
