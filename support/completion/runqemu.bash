# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
# bash: the options of runqemu and their values, as its --help has them.

# As for each function of complete -F: the command, the word, the word before it.
_runqemu() {
	local cur=$2 option=$3 value words i help
	for ((i = 1; i < COMP_CWORD; i++)); do
		[ "${COMP_WORDS[i]}" != -- ] || return 0
	done
	# '=' is a word of its own: --accel = tcg
	[ "$cur" != = ] || cur=
	[ "$option" != = ] || option=${COMP_WORDS[COMP_CWORD - 2]}
	help=$("$1" --help 2>/dev/null)
	# "  --accel WHICH      auto, kvm or tcg (auto: ...)": the value, and the words that it may be
	read -r value words < <(awk -v option="$option" '
		$1 == option && $2 ~ /^[A-Z]/ { $1 = ""; sub(/\(.*/, ""); gsub(/,| or /, " "); print }' <<<"$help")
	case $value in
	FILE*) compopt -o filenames 2>/dev/null || :; mapfile -t COMPREPLY < <(compgen -f -- "$cur") ;;
	DIR*) compopt -o filenames 2>/dev/null || :; mapfile -t COMPREPLY < <(compgen -d -- "$cur") ;;
	WHICH) mapfile -t COMPREPLY < <(compgen -W "$words" -- "$cur") ;;
	'') mapfile -t COMPREPLY < <(compgen -W "$(grep -o '^  --[^A-Z]*' <<<"$help" | grep -o -e '--[a-z][a-z-]*')" -- "$cur") ;;
	esac
}
complete -F _runqemu runqemu
