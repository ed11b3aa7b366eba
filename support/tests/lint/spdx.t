#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Each source says its licence in its first three lines.
set -eu
# shellcheck source=support/tests/tap.sh
. support/tests/tap.sh
# shellcheck source=support/tests/lint/files.sh
. support/tests/lint/files.sh

{
	files '\.\([ch]\|sh\|bash\|zsh\|awk\|mk\|t\)$'
	files '\(^\|/\)\(Makefile\|Kconfig\)[^/]*$'
	interpreted '.*'
} | sort -u >"$SCRATCH/sources"
none 'each source has an SPDX line' "$(
	while IFS= read -r file; do
		head -n 3 "$file" | grep -q 'SPDX-License-Identifier: [A-Z]' || echo "$file"
	done <"$SCRATCH/sources"
)"
done_testing
