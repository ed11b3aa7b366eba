#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The house rules: board -> package -> support/make -> support/tools -> support/lib; what is
# on the left may know what is on the right, never the reverse.
set -eu
# shellcheck source=support/tests/tap.sh
. support/tests/tap.sh
# shellcheck source=support/tests/lint/files.sh
. support/tests/lint/files.sh

# subdirs DIR: the names of the directories in DIR, joined by '|' for grep -E.
subdirs() {
	for dir in "$1"/*/; do
		basename "$dir"
	done | paste -sd '|' -
}
package="(^|[^A-Za-z0-9_])package/($(subdirs package))(\$|[^A-Za-z0-9_-])"
board="(^|[^A-Za-z0-9_])board/($(subdirs board))(\$|[^A-Za-z0-9_-])"
files '^support/\(tools\|lib\)/.*\.[ch]$' | code >"$SCRATCH/code"

none 'support/make names no package and no board' \
	"$(files '^support/make/' | mentions "$package|$board")"
none 'support/tools and support/lib name no package and no board' \
	"$(grep -E "$package|$board" "$SCRATCH/code")"
none 'no package names a board' \
	"$(files '^package/.*\(\.mk\|Kconfig\|\.sh\)$' | mentions "$board")"

# Kernel symbols are another matter: tools read kernel configurations.
files '\(^\|/\)Kconfig$\|^support/kconfig/' |
	xargs sed -n 's/^\(menu\)\{0,1\}config  *\([A-Za-z0-9_]*\).*/CONFIG_\2/p' >"$SCRATCH/ours"
none 'no tool knows a symbol of ours' "$(
	awk 'NR == FNR { ours[$0]; next }
		{ for (i = split($0, word, /[^A-Z0-9_]+/); i; i--) if (word[i] in ours) print }' \
		"$SCRATCH/ours" "$SCRATCH/code"
)"

none 'a source includes headers of its own tool and of support/lib, nothing else of ours' "$(
	# shellcheck disable=SC2016 # awk's own $2
	files '^\(support/tools\|support/lib\|package\)/.*\.[ch]$' |
		xargs awk -F '"' '/^[ \t]*#[ \t]*include[ \t]*"/ { print FILENAME, $2 }' |
		while read -r file header; do
			case $file:$header in
			package/*:*/*) echo "$file: $header" ;;
			*..*) echo "$file: $header" ;;
			support/tools/"${header%%/*}"/*:*/*) [ -f "support/tools/$header" ] || echo "$file: $header" ;;
			*:*/*) [ -f "support/lib/$header" ] || echo "$file: $header" ;;
			*) [ -f "${file%/*}/$header" ] || echo "$file: $header" ;;
			esac
		done
)"

# By a call that has its name, by a path, or as the first of its arguments.
none 'no tool runs another' "$(
	for main in support/tools/*/main.c; do
		tool=${main%/main.c}
		tool=${tool##*/}
		grep -E "(exec[lv]p?e?|spawnp?) *\(.*\"$tool\"|/$tool\"|argv.*= *\{ *\"$tool\"|argv\[0\] = \"$tool\"" \
			"$SCRATCH/code" | grep -v "^support/tools/$tool/"
	done
)"

# In a hook the environment names a repository. tap.sh takes that away for tests, base.mk for what make runs, and
# commits.sh for scripts that use it.
# shellcheck disable=SC2016 # text that is looked for
none 'a script that calls git looks away from the environment of a hook' "$(
	files '^scripts/\|^support/make/.*\.sh$\|^support/tests/.*run$\|^support/tests/tap\.sh$' | xargs grep -lE '^([^#]*[;&|(`{ \t])?git (-|[a-z])' |
		xargs grep -L -e 'unset \$(git rev-parse --local-env-vars 2>/dev/null)' -e '/support/make/commits\.sh"$'
)"
# shellcheck disable=SC2016 # text of makefiles
none '$(shell) calls git after git-own' "$(files '^support/make/' | xargs grep -nE '\$\(shell [^)]*git [a-z-]' | grep -v 'base.mk:.*--local-env-vars')"

none 'no Python and no Perl' "$(
	interpreted '.*\(python\|perl\)'
	files '\.\(py\|pl\|pm\)$'
	files '\.\(sh\|mk\|t\)$\|^scripts/\|\(^\|/\)Makefile$' |
		mentions '(^|[;&|(`])[ \t]*(python[0-9.]*|perl)[ \t]'
)"

none 'no source is longer than 450 lines' "$(
	files '\.\([ch]\|mk\)$' | xargs wc -l |
		awk '$1 > 450 && $2 != "total" { print $2 ": " $1 " lines" }'
)"
none 'no name holds a blank' "$(files '[[:blank:]]')"

# Which mirrors a machine is set up with is nobody else's business: apt tells, when it is asked.
apt=${LINT_APT:-/etc/apt}
cat "$apt/sources.list" "$apt/sources.list.d"/* 2>/dev/null |
	grep -oE '[a-z+]+://[^/ ]+' | sed 's,.*://,,; s/.*@//; s/:.*//' |
	grep -vE '^localhost$|^127\.' | sort -u >"$SCRATCH/hosts" || :
none 'no file names the mirrors of this machine' \
	"$(files . | xargs grep -lwF -f "$SCRATCH/hosts")"
done_testing
