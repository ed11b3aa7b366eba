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
	-Wall -Wextra -Werror -Isupport/lib -Isupport/tools -isystem /usr/include/libxml2 <"$SCRATCH/headers"

# One name, one header; one function, one place.
none 'no two headers have one name' "$(files '^support/.*\.h$' | sed 's,.*/,,' | sort | uniq -d)"
# A function at the beginning of a line, as clang-format writes a declaration or a definition.
function='^[a-z][A-Za-z0-9_ *]*[ *]\([a-z][A-Za-z0-9_]*\)(.*'
none 'a header is implemented by the file of its name' "$(
	files '^support/\(lib\|tools\)/.*\.h$' | while read -r header; do
		sed -n "/^\(static\|typedef\)/d; s/$function/\1/p" "$header" | while read -r name; do
			grep -q "^[a-z][A-Za-z0-9_ *]*[ *]$name(" "${header%h}c" 2>/dev/null || echo "$header: $name"
		done
	done
)"
none 'no two functions with external linkage have one name' "$(
	files '^support/\(lib\|tools\)/.*\.c$' | while read -r source; do
		sed -n "/^static/d; /;\$/d; s/$function/\1/p" "$source" | sed '/^main$/d' | sort -u
	done | sort | uniq -d
)"

done_testing
