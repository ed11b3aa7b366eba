#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Makefiles: functions say how they are called, symbols of Kconfig are named whole, lines are short.
set -eu
# shellcheck source=support/tests/tap.sh
. support/tests/tap.sh
# shellcheck source=support/tests/lint/files.sh
. support/tests/lint/files.sh

files '^Makefile$\|^support/make/.*\.mk$' >"$SCRATCH/engine"
files '^Makefile$\|^support/make/.*\.mk$\|^package/.*\.mk$' >"$SCRATCH/makefiles"

# A function is a variable, or a define, that has $1 in it. Its file has a comment 'Usage: $(call NAME,...)'. The steps
# of types and the environments of modes have one for all.
none 'each function of support/make has a comment on its usage' "$(
	# shellcheck disable=SC2016 # awk's own $
	xargs awk '
		FNR == 1 { inside = "" }
		/^# Usage: / {
			line = $0
			while (match(line, /\$\(call [^,)]+/)) {
				usage[FILENAME, substr(line, RSTART + 7, RLENGTH - 7)]
				line = substr(line, RSTART + RLENGTH)
			}
		}
		/^define / { inside = $2 }
		/^endef/ { inside = "" }
		# one that goes on behind a backslash is a function, too
		!inside && !goes && /^[A-Za-z][A-Za-z0-9_.<>-]* *= / { name = $1 }
		{ goes = /\\$/ && (goes || name) }
		/\$\(?1/ && (inside || name) && !/^#/ { f = inside ? inside : name; if (!((FILENAME, f) in seen)) { seen[FILENAME, f]; order[++n] = FILENAME SUBSEP f } }
		!goes { name = "" }
		END {
			for (i = 1; i <= n; i++) {
				split(order[i], at, SUBSEP)
				kind = at[2]
				sub(/^TYPE_[a-z]+_[A-Z]+$/, "TYPE_<type>_<STEP>", kind)
				sub(/^env-(target|bare|kernel|host|none)$/, "env-<mode>", kind)
				if (!((at[1], kind) in usage)) print at[1] ": " at[2]
			}
		}' <"$SCRATCH/engine"
)"

none 'no line of a makefile is longer than 140 columns' "$(
	# shellcheck disable=SC2016 # awk's own $
	xargs awk '{ line = $0; gsub(/\t/, "        ", line) } length(line) > 140 { print FILENAME ":" FNR ": " length(line) " columns" }' <"$SCRATCH/makefiles"
)"

# A recipe's variables are its package's name and a word of the vocabulary. One of the engine that looks like that belongs
# to a name that no package can have.
none 'variables of the engine are those of no package' "$(
	# shellcheck disable=SC2016 # awk's own $
	xargs awk '
		{ goes = more; more = /\\$/ }
		!goes { list = $1 ~ /^KNOWN_(VARIABLES|STEPS)$/ ? "word" : $1 == "RESERVED_NAMES" ? "name" : "" }
		list { for (i = goes ? 1 : 3; i <= NF; i++) if (list == "word") word[$i]; else name[$i] }
		!list && /^(define )?[A-Z][A-Z0-9_]* *[:?]?=/ { v = $1 == "define" ? $2 : $1; sub(/[:?]?=.*/, "", v); set[v] = FILENAME }
		END {
			for (v in set) for (w in word) if (v ~ "_" w "$") {
				p = tolower(substr(v, 1, length(v) - length(w) - 1))
				gsub(/_/, "-", p)
				if (!(p in name)) print set[v] ": " v ", and " p " is not in RESERVED_NAMES"
			}
		}' <"$SCRATCH/engine"
)"

# A symbol takes effect where a makefile, a script or a line of Kconfig with a condition names it. Those of packages
# and boards are read by one loop over all of either (inputs.mk).
files '\(^\|/\)Kconfig$\|^support/kconfig/' >"$SCRATCH/kconfig"
none 'each symbol is named whole where it takes effect' "$(
	{
		files '^Makefile$\|^support/make/\|^package/.*\.mk$\|^scripts/' |
			xargs grep -ohE 'CONFIG_[A-Z0-9_]+' | sed 's/^CONFIG_//'
		xargs sed -n 's/^[[:space:]]*\(default\|range\|bool\|int\|string\|def_bool\|prompt\) .* if / if /p
			s/^[[:space:]]*\(depends on\|visible if\|select\|imply\|if\) / if /p' <"$SCRATCH/kconfig" |
			grep -oE '[A-Z][A-Z0-9_]+'
	} | sort -u >"$SCRATCH/named"
	xargs sed -n 's/^[[:space:]]*\(menu\)\{0,1\}config  *\([A-Za-z0-9_]*\).*/\2/p' <"$SCRATCH/kconfig" |
		grep -v '^PACKAGE_\|^BOARD_' | sort -u | grep -vxF -f "$SCRATCH/named"
)"
done_testing
