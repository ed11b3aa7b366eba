# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
# bash: make's goals and variables in a tree of Whittle, or in an output directory of one. Elsewhere make
# is completed as it was before. Source this file in ~/.bashrc.

# Print make's words for the directory $1.
_whittle_words() {
	command make -s -C "$1" list-words 2>/dev/null
}

# Print the directory that make will work in, if that is one of Whittle.
_whittle_dir() {
	local dir=. i
	for ((i = 1; i < COMP_CWORD; i++)); do
		[ "${COMP_WORDS[i]}" != -C ] || dir=${COMP_WORDS[i + 1]}
	done
	if [ -f "$dir/support/make/complete.mk" ] || grep -qs '^# Written by Whittle' "$dir/Makefile"; then
		echo "$dir"
	fi
}

# Complete make as bash-completion does it, or by names of files.
_whittle_other() {
	local name
	for name in _comp_load __load_completion; do
		! declare -F "$name" >/dev/null || { "$name" make && break; }
	done
	complete -F _whittle_make make
	for name in _comp_cmd_make _make; do
		! declare -F "$name" >/dev/null || { "$name" "$@" && return; }
	done
	mapfile -t COMPREPLY < <(compgen -f -- "$2")
}

# As for each function of complete -F: the command, the word, the word before it.
_whittle_make() {
	local dir name values cur=$2
	dir=$(_whittle_dir)
	if [ -z "$dir" ]; then
		_whittle_other "$@"
		return
	fi
	# '=' is a word of its own
	[ "$cur" != = ] || cur=
	case "$2 $3" in
	'= '* | *' ='*)
		name=${COMP_WORDS[COMP_CWORD - 1]}
		[ "$2" = = ] || name=${COMP_WORDS[COMP_CWORD - 2]}
		values=$(_whittle_words "$dir" | sed -n "s/^$name=//p")
		if [ -n "$values" ]; then
			mapfile -t COMPREPLY < <(compgen -W "$values" -- "$cur")
		else
			compopt -o filenames 2>/dev/null || :
			mapfile -t COMPREPLY < <(compgen -f -- "$cur")
		fi
		;;
	*' -C') compopt -o filenames 2>/dev/null || :; mapfile -t COMPREPLY < <(compgen -d -- "$cur") ;;
	*)
		mapfile -t COMPREPLY < <(compgen -W "$(_whittle_words "$dir" | grep -v =.)" -- "$cur")
		case ${COMPREPLY[*]} in *=) compopt -o nospace 2>/dev/null || : ;; esac
		;;
	esac
}
complete -F _whittle_make make
