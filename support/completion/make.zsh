# SPDX-License-Identifier: GPL-2.0-or-later
# zsh: make's goals and variables in a tree of Whittle, or in an output directory of one. Elsewhere make
# is completed as it was before. Source this file in ~/.zshrc, behind compinit.

_whittle_make() {
	local dir=. at=${words[(i)-C]}
	(( at < CURRENT )) && dir=${(Q)words[at+1]}
	if [[ ! -f $dir/support/make/complete.mk ]] && ! grep -qs '^# Written by Whittle' $dir/Makefile; then
		_make "$@"
		return
	fi
	local -a all=(${(f)"$(command make -s -C $dir list-words 2>/dev/null)"})
	if [[ $words[CURRENT] == *=* ]]; then
		local name=${words[CURRENT]%%=*}
		local -a values=(${${(M)all:#$name=?*}#*=})
		compset -P '*='
		if (( $#values )); then compadd -- $values; else _files; fi
	elif [[ $words[CURRENT-1] == -C ]]; then
		_files -/
	else
		compadd -- ${all:#*=*}
		compadd -Q -S '' -- ${(M)all:#*=}
	fi
}
compdef _whittle_make make
