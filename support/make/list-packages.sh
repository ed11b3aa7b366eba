#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# What packages there are, by the menus that their Kconfig files name, each with the first sentence of its help.
#
# usage: list-packages.sh CONFIG KCONFIG...    CONFIG need not be there; what is enabled in it has a '*'
set -eu

config=$1
shift
for file; do
	name=$(basename "$(dirname "$file")")
	awk -v name="$name" -v symbol="PACKAGE_$(echo "$name" | tr a-z- A-Z_)" '
		sub(/^# Menu: */, "") && menu == "" { menu = $0; next }
		/^(menu)?config / { inside = $2 == symbol; help = 0; next }
		inside && $1 == "help" && NF == 1 { help = 1; next }
		help && /^[^ \t]/ { exit }
		help && NF { sub(/^[ \t]+/, ""); text = text (text == "" ? "" : " ") $0 }
		END {
			if (match(text, /\.( |$)/)) text = substr(text, 1, RSTART - 1)
			if (length(text) > 60) {
				text = substr(text, 1, 56)
				sub(/[ ,:(]*[^ ]*$/, " ...", text)
			}
			printf "%s\t%s\t%s\t%s\n", menu == "" ? "~" : menu, name, symbol, text
		}' "$file"
done | LC_ALL=C sort | awk -F '\t' -v config="$config" '
	BEGIN { while ((getline line <config) > 0) on[line] }
	$1 != menu { print (NR == 1 ? "" : "\n") ($1 == "~" ? "Others" : $1); menu = $1 }
	{ printf "  %s %-15s %s\n", ("CONFIG_" $3 "=y") in on ? "*" : " ", $2, $4 }'
