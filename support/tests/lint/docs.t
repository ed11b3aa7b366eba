#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The manual is whole: a page for each tool, a way to each page, and no link to nowhere.
set -eu
# shellcheck source=support/tests/tap.sh
. support/tests/tap.sh
# shellcheck source=support/tests/lint/files.sh
. support/tests/lint/files.sh

for main in support/tools/*/main.c; do
	tool=${main%/main.c}
	tool=${tool##*/}
	ok "docs/$tool.md exists" test -s "docs/$tool.md"
	ok "$tool --help" "$TOOLBIN/$tool" --help
	said "$tool --help gives the usage" '^usage: '
done
for script in scripts/*; do
	ok "$script --help" "$script" --help
	said "$script --help gives the usage" '^usage: '
done

# A tool that has a page for man: that is without a fault, and both pages have all options.
for page in $(files '^docs/.*\.1$'); do
	tool=${page%.1}
	tool=${tool##*/}
	if command -v man >/dev/null; then
		none "man finds no fault in $page" "$(man --warnings -E UTF-8 -l -Tutf8 -Z "$page" 2>&1 >/dev/null)"
	else
		skip "$page" 'there is no man'
	fi
	none "docs/$tool.md and $page have each option" "$(
		"$TOOLBIN/$tool" --help | grep -o -e '--[a-z][a-z-]*' | sort -u | while read -r option; do
			[ "$option" = --help ] || grep -q -e "$option\([^a-z-]\|$\)" "docs/$tool.md" || echo "docs/$tool.md: $option"
			grep -q "Fl ${option#-}\([^a-z-]\|$\)" "$page" || echo "$page: $option"
		done
	)"
done

none 'each fuzz target has seeds, and a line in the manual' "$(
	for file in $(files '^support/fuzz/[^/]*\.c$'); do
		name=$(basename "$file" .c)
		[ -n "$(ls "support/fuzz/corpus/$name" 2>/dev/null)" ] || echo "$name: support/fuzz/corpus/$name"
		grep -q "^|.*\`$name\`.*|" docs/testing.md || echo "$name: docs/testing.md"
	done
)"

none 'each page begins with its title' "$(
	for page in $(files '^README\.md$\|^docs/.*\.md$'); do
		head -n 1 "$page" | grep -q '^# [A-Za-z]' || echo "$page: $(head -n 1 "$page")"
	done
)"

# links PAGE: what its relative links point to, seen from the top of the tree.
links() {
	dir=
	[ "${1%/*}" = "$1" ] || dir=${1%/*}/
	grep -o '](\([^)]*\))' "$1" | sed 's/^](//; s/)$//; s/#.*//' | grep -v -e : -e '^$' |
		sed "s,^,$dir," || :
}
for page in docs/README.md README.md; do
	[ ! -f "$page" ] || links "$page"
done >"$SCRATCH/linked"
none 'docs/README.md or README.md links to each page of docs/' \
	"$(files '^docs/.*\.md$' | grep -vxF -e docs/README.md -f "$SCRATCH/linked")"
none 'each link leads to a file' "$(
	for page in $(files '\.md$'); do
		links "$page" | while IFS= read -r target; do
			[ -e "$target" ] || echo "$page: $target"
		done
	done
)"
done_testing
