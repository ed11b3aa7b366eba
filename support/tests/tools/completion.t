#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Completion in bash and zsh: goals and variables of make, options of runqemu and their values.
# shellcheck disable=SC2016 # text for other shells
set -eu
# shellcheck source=support/tests/tap.sh
. support/tests/tap.sh
unset MAKEFLAGS MAKELEVEL

top=$(pwd)
make -s list-words O="$SCRATCH/o" >"$SCRATCH/words"
for word in all qemu-run qemu-debug check-packages linux-menuconfig musl-rebuild O= LINUX_DIR= PREFIX=; do
	ok "list-words has $word" grep -qx "$word" "$SCRATCH/words"
done
make -s list-defconfigs O="$SCRATCH/o" | grep -o '^ *[a-z0-9_-]*_defconfig' | tr -d ' ' >"$SCRATCH/boards"
ok 'there are boards' test -s "$SCRATCH/boards"
is 'list-words has each board' "$(grep -cxF -f "$SCRATCH/boards" "$SCRATCH/words")" "$(grep -c . "$SCRATCH/boards")"
for word in ARCHES=x86_64 ARCHES=s390x BOARDS=qemu-x86_64; do
	ok "list-words has $word" grep -qx "$word" "$SCRATCH/words"
done
is 'list-words has each word once' "$(sort "$SCRATCH/words" | uniq -d)" ''
is 'list-words has no word that make takes for something else' "$(grep -v -e '^[A-Za-z0-9_.-]*=\{0,1\}$' -e '^\(ARCHES\|BOARDS\)=[a-z0-9_-]*$' "$SCRATCH/words")" ''
is 'it writes nothing' "$(ls "$SCRATCH/o" 2>/dev/null)" ''

# offers FILE FUNCTION WORD...: what bash offers for the last word, on one line.
offers() {
	offers_file=$1 offers_function=$2
	shift 2
	bash --norc --noprofile -c 'file=$1 function=$2; shift 2
		source "$file" && COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
		"$function" "$1" "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}" && printf "%s\n" "${COMPREPLY[@]}"' \
		bash "$top/support/completion/$offers_file.bash" "$offers_function" "$@" | sort | paste -sd ' ' -
}
goal() {
	offers make _whittle_make make "$@"
}
if command -v bash >/dev/null; then
	is 'bash: a goal' "$(goal list-d)" list-defconfigs
	is 'bash: the second goal' "$(goal clean list-d)" list-defconfigs
	is 'bash: several' "$(goal qemu-)" \
		"$(printf '%s\n' qemu-debug qemu-run | cat - "$SCRATCH/boards" | grep '^qemu-' | sort | paste -sd ' ' -)"
	is 'bash: a goal of a package' "$(goal linux-mo linux-sa)" linux-savedefconfig
	is 'bash: a variable' "$(goal LINUX_D)" LINUX_DIR=
	is 'bash: a variable that has a list of values' "$(goal ARCHE)" ARCHES=
	is 'bash: a value' "$(goal matrix ARCHES = s3)" s390x
	is 'bash: all values' "$(goal BOARDS =)" "$(sed 's/_defconfig$//' "$SCRATCH/boards" | sort | paste -sd ' ' -)"
	mkdir "$SCRATCH/some"
	is "bash: a variable's value is a file" "$(goal LINUX_DIR = "$SCRATCH/so")" "$SCRATCH/some"
	is 'bash: all files behind =' "$(cd "$SCRATCH" && goal -C "$top" O = | tr ' ' '\n' | grep -x some)" some
	cd "$SCRATCH/some"
	touch list-down
	is 'bash: from elsewhere' "$(goal -C "$top" list-d)" list-defconfigs
	is 'bash: -C wants a directory' "$(goal -C "$SCRATCH/so")" "$SCRATCH/some"
	is 'bash: not in another tree' "$(goal list-d)" list-down
	printf '# Written by Whittle\nlist-words: ; @$(MAKE) -C %s $@\n' "$top" >Makefile
	is 'bash: in an output directory' "$(goal list-def)" list-defconfigs
	cd "$top"

	runqemu() {
		offers runqemu _runqemu "$TOOLBIN/runqemu" "$@"
	}
	is 'bash: options of runqemu' "$(runqemu --no-)" '--no-decode --no-net --no-strict --no-tune'
	is 'bash: each option that --help has' "$(runqemu -- | tr ' ' '\n')" \
		"$("$TOOLBIN/runqemu" --help | sed -n 's/^  \(--[a-z-]*\), \(--[a-z-]*\).*/\1\n\2/p; s/^  \(--[a-z-]*\)\( .*\|$\|\[.*\)/\1/p' | sort)"
	is 'bash: words that a value may be' "$(runqemu --accel '')" 'auto kvm tcg'
	is 'bash: behind =' "$(runqemu --machine = mi)" microvm
	like 'bash: right behind =' "$(runqemu --machine =)" '^auto .*microvm .*pc .*q35'
	is 'bash: an architecture' "$(runqemu --arch s390)" s390x
	is 'bash: a directory' "$(runqemu --images "$SCRATCH/so")" "$SCRATCH/some"
	is 'bash: a file' "$(runqemu --kernel "$SCRATCH/wo")" "$SCRATCH/words"
	is 'bash: a number is for whoever types it' "$(runqemu --cpus '')" ''
	is 'bash: the command in the guest as well' "$(runqemu --net -- --no)" ''
else
	skip 'bash' 'there is no bash'
fi

# typed TEXT: what zsh makes of TEXT and a tab.
mkdir "$SCRATCH/zsh"
cat >"$SCRATCH/zsh/.zshrc" <<END
PS1= PS2= RPS1= fpath=($top/support/completion \$fpath) PATH=$TOOLBIN:\$PATH
cd $top
autoload -U compinit
compinit -u -D
source support/completion/make.zsh
show() { print -r -- "got:\$BUFFER:"; exit }
zle -N show
bindkey ^X show
print ready:
END
cat >"$SCRATCH/type.zsh" <<'END'
zmodload zsh/zpty
zpty z env ZDOTDIR=${0:h}/zsh TERM=dumb zsh -d -i
zpty -r z text '*ready:*'
zpty -w -n z "$1"$'\t\x18'
zpty -r z text '*got:*:*' && print -r -- ${${text##*got:}%%:*}
END
typed() {
	timeout 60 zsh -f "$SCRATCH/type.zsh" "$1"
}
if command -v zsh >/dev/null; then
	is 'zsh: a goal' "$(typed 'make list-d')" 'make list-defconfigs '
	is 'zsh: a variable' "$(typed 'make LINUX_D')" 'make LINUX_DIR='
	is 'zsh: a file behind =' "$(typed 'make EXTERNAL=support/comp')" 'make EXTERNAL=support/completion/'
	is 'zsh: a value' "$(typed 'make matrix ARCHES=s3')" 'make matrix ARCHES=s390x '
	is 'zsh: an option of runqemu' "$(typed 'runqemu --acce')" 'runqemu --accel='
	is 'zsh: its value' "$(typed 'runqemu --accel=t')" 'runqemu --accel=tcg '
	is 'zsh: a directory' "$(typed 'runqemu --images support/comp')" 'runqemu --images support/completion/'
else
	skip 'zsh' 'there is no zsh'
fi
done_testing
