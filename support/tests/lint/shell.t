#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Shell scripts are POSIX sh and please shellcheck.
set -eu
# shellcheck source=support/tests/tap.sh
. support/tests/tap.sh
# shellcheck source=support/tests/lint/files.sh
. support/tests/lint/files.sh

none 'scripts are run by sh, not by bash' "$(interpreted '.*bash')"

none 'each test can be run' "$(files '\.t$' | while IFS= read -r file; do [ -x "$file" ] || echo "chmod +x $file"; done)"

{ interpreted '.*/sh'; files '\.sh$'; } | sort -u >"$SCRATCH/sh"
while IFS= read -r file; do
	ok "$file parses" sh -n "$file"
done <"$SCRATCH/sh"
if command -v shellcheck >/dev/null; then
	# SC2317, SC2329: that a function is never called is seldom true where it is an argument of ok
	files '\.bash$' >>"$SCRATCH/sh"
	ok 'shellcheck finds nothing' \
		xargs shellcheck -x -e SC2317,SC2329 -f gcc <"$SCRATCH/sh"
else
	skip 'shellcheck' 'no shellcheck here: scripts/bootstrap lint installs it'
fi
done_testing
