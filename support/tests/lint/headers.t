#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Each header compiles alone: it includes what it needs.
set -eu
# shellcheck source=support/tests/tap.sh
. support/tests/tap.sh
# shellcheck source=support/tests/lint/files.sh
. support/tests/lint/files.sh

files '\.h$' >"$SCRATCH/headers"
ok 'each header compiles alone' xargs gcc -fsyntax-only -x c -std=c11 -D_GNU_SOURCE \
	-Wall -Wextra -Werror -Isupport/lib -Isupport/tools <"$SCRATCH/headers"
done_testing
