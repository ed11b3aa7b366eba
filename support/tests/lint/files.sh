# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
# What the lint tests look at; sourced after tap.sh. Names in a tree of ours hold no blanks.

# files PATTERN: the files of this tree that match, tracked or new, less what git ignores.
files() {
	{
		if [ ! -e .git ] || ! git ls-files -co --exclude-standard 2>/dev/null; then
			find . -path ./output -prune -o -type f ! -name '*~' ! -name '*.orig' ! -name '*.rej' -print
		fi
	} | sed 's,^\./,,' | grep -e "$1" | while IFS= read -r file; do
		[ ! -f "$file" ] || echo "$file"
	done
}

# interpreted PATTERN: the files whose first line is "#!" and a command that matches.
interpreted() {
	files . | while IFS= read -r file; do
		IFS= read -r line <"$file" || :
		case $line in
		'#!'*) ! expr "$line" : "#! *$1" >/dev/null || echo "$file" ;;
		esac
	done
}

# code: the C sources that standard input names, as FILE:LINE:TEXT, less comments and empty lines.
code() {
	xargs gcc -w -fpreprocessed -dD -E -x c | awk '
		/^# [0-9]+ "/ { line = $2 - 1; file = $3; gsub(/"/, "", file); next }
		{ line++ }
		NF { print file ":" line ":" $0 }'
}

# mentions PATTERN: the lines that match an extended regular expression in the makefiles,
# scripts ... that standard input names, as FILE:LINE:TEXT; their comments do not count.
mentions() {
	# shellcheck disable=SC2016 # awk's own $0
	PATTERN=$1 xargs awk '
		{ text = $0; sub(/^#.*/, "", text); sub(/[ \t]#.*/, "", text) }
		text ~ ENVIRON["PATTERN"] { print FILENAME ":" FNR ":" $0 }'
}

# none NAME OFFENDERS: there are none; each line of OFFENDERS is one.
none() {
	is "$1" "$2" ''
}
