#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The format of C sources is what clang-format makes of them.
set -eu
# shellcheck source=support/tests/tap.sh
. support/tests/tap.sh
# shellcheck source=support/tests/lint/files.sh
. support/tests/lint/files.sh

if command -v clang-format >/dev/null; then
	: >"$SCRATCH/bad"
	files '\.[ch]$' | xargs clang-format --dry-run -Werror >"$SCRATCH/said" 2>&1 || {
		sed -n 's/^\([^ :]*\):[0-9]*:[0-9]*: error: .*/\1/p' "$SCRATCH/said" | uniq -c >"$SCRATCH/bad"
		[ -s "$SCRATCH/bad" ] || cp "$SCRATCH/said" "$SCRATCH/bad"
	}
	none 'each C source is as clang-format would have it (else: clang-format -i FILE)' \
		"$(cat "$SCRATCH/bad")"
else
	skip 'format' 'no clang-format here: scripts/bootstrap lint installs it'
fi
done_testing
