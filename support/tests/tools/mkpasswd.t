#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# mkpasswd: hashes, the same every time; hashes that pass; what it refuses.
# shellcheck disable=SC2016 # $ is no variable here
set -eu
# shellcheck source=support/tests/tap.sh
. support/tests/tap.sh
mkpasswd=$TOOLBIN/mkpasswd
cd "$SCRATCH"

# hash TEXT [SEED]: of TEXT as it is, no newline added.
hash() {
	printf %s "$1" | "$mkpasswd" --salt-from "${2-whittle}"
}
# refuses NAME TEXT MESSAGE
refuses() {
	printf %b "$2" >in
	fails 1 "$1" "$mkpasswd" --salt-from x <in
	said '... is told' "^mkpasswd: $3"
}

# 'openssl passwd -6 -salt eCdwWwsjp5FJrQNT secret' gives this, too
golden='$6$eCdwWwsjp5FJrQNT$tUryp.amcTYninG5VC0Jj8x7MGDj4LPj.1cuGlahBvu7hlzoNkiHThsBaB02uXCh9Q6p9Iv07QmFxoJ1c3QjV/'
is 'a password' "$(hash secret)" "$golden"
is 'a newline is not part of it' "$(echo secret | "$mkpasswd" --salt-from whittle)" "$golden"
is 'blanks are' "$(hash 'secret ' | cut -c 1-20)" "$(echo "$golden" | cut -c 1-20)"
unlike '... so the hash is another' "$(hash 'secret ')" "${golden##*$}"
unlike 'another string gives another salt' "$(hash secret other | cut -d '$' -f 3)" \
	"$(echo "$golden" | cut -d '$' -f 3)"
like '... of 16 characters' "$(hash secret other)" '^$6$[./0-9A-Za-z]\{16\}$[./0-9A-Za-z]\{86\}$'
if command -v openssl >/dev/null; then
	for text in x 'ü $dollar' "$(printf '%0255d' 0)" '$notahash'; do
		hash "$text" >got
		printf '%s\n' "$text" | openssl passwd -6 -stdin -salt "$(cut -d '$' -f 3 got)" >want
		is "openssl makes the same of '$(echo "$text" | cut -c 1-20)'" "$(cat got)" "$(cat want)"
	done
else
	skip 'the same as openssl' 'no openssl here'
fi

for text in "$golden" '$1$salt$qJH7.N4xYta3aEG/dfqo/0' \
	'$2b$05$abcdefghijklmnopqrstuu5Lo4Lo6Lo6Lo6Lo6Lo6Lo6Lo6Lo6Lo6' \
	'$y$j9T$F5Jx5fExrKuPp53xLKQ..1$X3DX6M94c7o.9agCG9G317fhZg9SqC.5i5rd.RhAtQ7' \
	'$6$rounds=5000$salt$'"${golden##*$}"; do
	is "a hash passes: $(echo "$text" | cut -c 1-12)..." "$(hash "$text")" "$text"
done

refuses 'nothing' '' 'the password is empty: write it, one line, to standard input'
refuses 'an empty line' '\n' 'the password is empty'
refuses 'two lines' 'a\nb\n' 'more than one line: give only the password'
refuses 'a second line that is empty' 'a\n\n' 'more than one line'
refuses 'a NUL byte' 'a\0000b\n' 'the password has a NUL byte'
refuses 'a password that is too long' "$(printf '%0512d' 0)" 'the password is too long: give at most 511'
refuses 'a hash without a salt' '$6$abc' 'this looks like a password hash, but it has no salt'
refuses 'a hash that is cut off' '$6$salt$abcdef' 'this looks like a password hash, but it is truncated'
refuses 'a hash of a whole line of shadow' "$golden:::" 'this looks like .* characters that no hash has'
fails 2 'no --salt-from' "$mkpasswd"
said '... is told' 'give --salt-from STRING'
fails 2 'an empty one' "$mkpasswd" --salt-from ''
fails 2 'an operand' "$mkpasswd" --salt-from x secret
said '... is told' "'secret': the password is read from standard input"
fails 2 'an unknown option' "$mkpasswd" --method md5
ok 'help' "$mkpasswd" --help
said '... is shown' '^usage: mkpasswd'
if [ -w /dev/full ]; then
	fails 1 'a full disk' sh -c 'echo secret | "$1" --salt-from x >/dev/full' sh "$mkpasswd"
	said '... is told' 'cannot write to standard output: No space left'
else
	skip 'a full disk' 'no /dev/full here'
fi
done_testing
