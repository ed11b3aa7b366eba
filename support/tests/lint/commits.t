#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The subject of a commit says which part it changes and what, "area: what", in at most 72 characters
# (HACKING.md). Older commits than this one are as they are.
set -eu
# shellcheck source=support/tests/tap.sh
. support/tests/tap.sh
# shellcheck source=support/tests/lint/files.sh
. support/tests/lint/files.sh
since=${LINT_SINCE:-e53f795b42c0ae138e74591137de9356c45c86cf}

if [ ! -e .git ] || ! git rev-parse -q --verify "$since^{commit}" >/dev/null 2>&1; then
	skip 'subjects of commits' "there is no history back to $since here"
	done_testing
	exit
fi
git log --no-merges --format='%h %s' "$since.." >"$SCRATCH/subjects"
none 'a subject has at most 72 characters' "$(LC_ALL=C awk 'length($0) - length($1) - 1 > 72' "$SCRATCH/subjects")"
none 'a subject is "area: what", without a full stop' \
	"$(grep -vE '^[0-9a-f]+ [a-z0-9][a-z0-9_./-]*(, [a-z0-9][a-z0-9_./-]*)*: [^ ].*[^. ]$' "$SCRATCH/subjects")"
done_testing
