#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# C functions that no source uses: unbounded, obsolete, or run a shell.
set -eu
# shellcheck source=support/tests/tap.sh
. support/tests/tap.sh
# shellcheck source=support/tests/lint/files.sh
. support/tests/lint/files.sh

files '\.[ch]$' | code >"$SCRATCH/code"
for name in strcpy strcat sprintf vsprintf gets strtok alloca system popen atoi; do
	none "nothing calls $name" \
		"$(grep -E "(^|[^[:alnum:]_])${name}[[:space:]]*\\(" "$SCRATCH/code")"
done
none 'no buffer of PATH_MAX bytes' "$(grep -w PATH_MAX "$SCRATCH/code")"
done_testing
