#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The manual is complete: a page for each tool, a link to each page, no dead links, and lines of at
# most 100 columns.
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
	option=--version
	# wcc answers --version as the compiler that it is
	[ "$tool" != wcc ] || option=--wcc-version
	is "$tool $option" "$("$TOOLBIN/$tool" "$option" 2>&1)" "$tool (Whittle) $(cat VERSION)"
	none "$tool --help has $option" "$("$TOOLBIN/$tool" --help | grep -q -e "^ .*$option" || echo "$tool")"
	[ "$tool" = wcc ] || none "$tool takes its options by getoption" "$(
		grep -q 'getoption\(answer\)\{0,1\}(' "${main%main.c}"*.c || echo "$tool"
	)"
done
ok 'VERSION is MAJOR.MINOR.PATCH' grep -qxE '[0-9]+\.[0-9]+\.[0-9]+(-[a-z0-9]+)?' VERSION
is 'NEWS.md begins with that version' "$(grep -m 1 -o '^## [^ ]*' NEWS.md)" "## $(cat VERSION)"
for script in scripts/*; do
	ok "$script --help" "$script" --help
	said "$script --help gives the usage" '^usage: '
done

# But of tools that make alone calls: --help is enough of those.
none 'the page of a tool has each of its options' "$(
	for main in support/tools/*/main.c; do
		tool=${main%/main.c}
		tool=${tool##*/}
		case $tool in step | inputs) continue ;; esac
		"$TOOLBIN/$tool" --help | grep -o -e '--[a-z][a-z-]*' | sort -u | while read -r option; do
			case $option in --help | --version) continue ;; esac
			grep -q -e "$option\([^a-z-]\|$\)" "docs/$tool.md" || echo "docs/$tool.md: $option"
		done
	done
)"

none 'each fuzz target has seeds, and a line in the manual' "$(
	for file in $(files '^support/fuzz/[^/]*\.c$'); do
		name=$(basename "$file" .c)
		[ -n "$(ls "support/fuzz/corpus/$name" 2>/dev/null)" ] || echo "$name: support/fuzz/corpus/$name"
		grep -q "^|.*\`$name\`.*|" docs/testing.md || echo "$name: docs/testing.md"
	done
)"

none 'docs/architectures.md has each key of a description' "$(
	grep -o '{ "[a-z][a-z.-]*", FIELD(' support/lib/arch/arch.c | cut -d '"' -f 2 | while read -r key; do
		grep -qE -e "\`(machine\.NAME\.)?$key\`|packages\.apt.*\`${key#packages.}\`" docs/architectures.md || echo "$key"
	done
)"

# Only the architectures of this tree.
O=$SCRATCH/none EXTERNAL=
# shellcheck source=support/make/arch.sh
. support/make/arch.sh
# row ARCH MACHINE: the rest of its row in the table of machines, as its description has it.
row() {
	boots=$(for kind in $(arch_get "$1" "machine.$2.kernel"); do
		case $kind in
		image) basename "$(arch_get "$1" arch.image)" ;;
		pvh) echo 'vmlinux with PVH' ;;
		*) echo "$kind" ;;
		esac
	done | paste -sd , - | sed 's/,/, /g')
	bus=$(arch_get "$1" "machine.$2.bus" | sed 's/device/mmio/; s/pci/PCI/')
	second=$(arch_get "$1" "machine.$2.tty")
	echo "| $boots | $bus | $(arch_get "$1" "machine.$2.console" | sed 's/,.*//') | ${second:-none} |"
}
none 'the table of machines in docs/architectures.md is what the descriptions say' "$(
	for file in support/arch/*.arch; do
		arch=$(basename "$file" .arch)
		arch_get "$arch" arch.machines | tr ' ' '\n' | while read -r machine; do
			[ -z "$(arch_get "$arch" "machine.$machine.variant")" ] || continue
			row=$(row "$arch" "$machine")
			grep "^|.*\`$arch\`" docs/architectures.md | grep -E "^[^|]*\|[^|]*\|([^|]*, )? *$machine(,[^|]*)? \|" | grep -qF "$row" ||
				echo "$arch, $machine: $row"
		done
	done
)"

none 'each page begins with its title' "$(
	for page in $(files '^README\.md$\|^docs/.*\.md$'); do
		head -n 1 "$page" | grep -q '^# [A-Za-z]' || echo "$page: $(head -n 1 "$page")"
	done
)"

# Tables, indented code and code between fences may be longer.
none 'pages wrap at 100 columns' "$(
	files '\.md$' | while read -r page; do
		awk -v page="$page" '
			/^(```|~~~)/ { fence = !fence; next }
			!fence && length > 100 && !/^(\||\t|    )/ { print page ":" NR ": " length " columns" }
		' "$page"
	done
)"

none 'make help fits into 80 columns' "$(
	for page in $(files '^support/make/help\.mk$'); do
		awk -v page="$page" '{ gsub(/\$\(O\)/, "output") } length > 80 { print page ":" NR ": " length " columns" }' "$page"
	done
)"

# targets PAGE: the targets of its relative links, seen from the top of the tree.
targets() {
	dir=
	[ "${1%/*}" = "$1" ] || dir=${1%/*}/
	grep -o '](\([^)]*\))' "$1" | sed "s/^](//; s/)\$//; s,^#,${1##*/}#," | grep -v -e : |
		sed "s,^,$dir," || :
}
# links PAGE: the files among them.
links() {
	targets "$1" | sed 's/#.*//'
}
# headings PAGE: the names that links have for them.
headings() {
	sed -n 's/^##* //p' "$1" | tr '[:upper:] ' '[:lower:]-' | tr -cd 'a-z0-9_\n-'
}
for page in docs/README.md README.md; do
	[ ! -f "$page" ] || links "$page"
done >"$SCRATCH/linked"
none 'docs/README.md or README.md links to each page of docs/' \
	"$(files '^docs/.*\.md$' | grep -vxF -e docs/README.md -f "$SCRATCH/linked")"
none 'the map of HACKING.md has each file of support/make' "$(
	files '^support/make/.*\.mk$' | while IFS= read -r file; do
		grep -qs "\`${file##*/}\`" HACKING.md || echo "$file"
	done
)"
none 'each link leads to a file' "$(
	for page in $(files '\.md$'); do
		links "$page" | while IFS= read -r target; do
			[ -e "$target" ] || echo "$page: $target"
		done
	done
)"
none 'each link to a heading leads to one' "$(
	for page in $(files '\.md$'); do
		targets "$page" | grep '#' | while IFS= read -r target; do
			[ ! -e "${target%#*}" ] || headings "${target%#*}" | grep -qxF -e "${target#*#}" ||
				echo "$page: $target"
		done
	done
)"
done_testing
