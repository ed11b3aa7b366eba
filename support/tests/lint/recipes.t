#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Packages, boards and Kconfig files are written as the engine expects them.
set -eu
# shellcheck source=support/tests/tap.sh
. support/tests/tap.sh
# shellcheck source=support/tests/lint/files.sh
. support/tests/lint/files.sh

for board in board/*/; do
	set -- "$@" --board "$board"
done
for file in $(files '^\(Kconfig\|support/kconfig/.*\)$'); do
	set -- "$@" --kconfig "$file"
done
ok 'checkrecipe finds nothing' "$TOOLBIN/checkrecipe" --vocabulary support/make/vocabulary.mk "$@" package/*/

# shellcheck disable=SC2016 # make's own $
# The names that the engine reads, $($($1.prefix)_NAME), and those that it passes on by name; PKGDIR it sets itself.
none 'the vocabulary has the names that the engine reads' "$(
	files '^support/make/' | xargs grep -ohE '\$\(\$\(\$(\(KERNEL_PACKAGE\)|[1a-z*])\.prefix\)_[A-Z][A-Z0-9_]*' |
		sed 's/.*prefix)_//' | sort -u | while read -r name; do
		[ "$name" = PKGDIR ] || grep -qw "$name" support/make/vocabulary.mk || echo "$name"
	done
)"

none 'each package names a menu that the manual has' "$(
	for dir in package/*/; do
		grep -q "\"${dir}Kconfig\"" Kconfig && continue
		menu=$(sed -n 's/^# Menu: //p' "${dir}Kconfig")
		[ "$menu" = Images ] && continue
		[ -n "$menu" ] && grep -qxF "## $menu" docs/packages.md || echo "${dir}Kconfig: Menu: '$menu'"
	done
)"

# Those that every guest is made of are tested by booting one, keys by dropbear.
none 'each package has a test of its own, and a line in the manual' "$(
	for dir in package/*/; do
		name=$(basename "$dir")
		case $name in busybox | init | keep-partition | linux | linux-headers | musl | overlay-root) continue ;; esac
		case $name in image-* | *-host) continue ;; esac # docs/images.md, and engine/85-images.t
		[ "$name" = dropbear-keys ] || [ -f "${dir}test.sh" ] || echo "$name: no ${dir}test.sh"
		grep -q "^| $name |" docs/packages.md || echo "$name: docs/packages.md"
	done
)"
done_testing
