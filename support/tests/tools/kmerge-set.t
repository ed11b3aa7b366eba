#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# kmerge set: options as a person types them; and what check says of our own kind of tree.
set -eu
# shellcheck source=support/tests/tap.sh
. support/tests/tap.sh

cd "$SCRATCH"
mkdir tree generated
cat >tree/Kconfig <<'EOF'
config TEXT
	string "Text"
config NUMBER
	int "Number"
	range 1 9
config ADDRESS
	hex "Address"
config LANGUAGE
	bool "Language"
if LANGUAGE
config LANGUAGE_EDITING
	bool "Editing"
	depends on !TINY
endif
config TINY
	bool "Tiny"
config HIDDEN
	bool
source "more.in"
EOF
cat >generated/more.in <<EOF
config DRIVER
	bool "Driver"
	depends on BUS && LANGUAGE
source "$SCRATCH/outside"
EOF
cat >outside <<'EOF'
config BUS
	bool "Bus"
	depends on HIDDEN || TEXT != ""
EOF
printf 'CONFIG_NUMBER=1\nCONFIG_TEXT="x"\n# CONFIG_LANGUAGE is not set\n' >base
set_() { "$TOOLBIN/kmerge" set -o out --config base --kconfig tree --generated generated "$@"; }

ok 'a number, in one word' set_ NUMBER=2
is 'as a fragment' "$(cat out)" 'CONFIG_NUMBER=2'
ok 'several, by full names, with blanks' set_ " CONFIG_NUMBER=2   ADDRESS=0x1f	TINY=n "
is 'all are there' "$(cat out)" 'CONFIG_NUMBER=2
CONFIG_ADDRESS=0x1f
# CONFIG_TINY is not set'
ok 'a string with blanks and quotes' set_ "TEXT=\"a b \\\"c\\\" 'd' \\\\\""
is 'it is quoted' "$(cat out)" 'CONFIG_TEXT="a b \"c\" '\''d'\'' \\"'
ok 'the other quotes' set_ "TEXT='a \"b\"' NUMBER=3"
is 'they do it, too' "$(cat out)" 'CONFIG_TEXT="a \"b\""
CONFIG_NUMBER=3'
ok 'an empty one' set_ 'TEXT='
is 'is empty' "$(cat out)" 'CONFIG_TEXT=""'

ok 'what it depends on' set_ LANGUAGE_EDITING=y
is 'is set' "$(cat out)" 'CONFIG_LANGUAGE_EDITING=y
CONFIG_LANGUAGE=y'
said 'and told' '^LANGUAGE=y, too: LANGUAGE_EDITING depends on it$'
ok 'what that depends on, in files outside the tree' set_ DRIVER=y
is 'as well' "$(sort out | paste -s -d , -)" 'CONFIG_BUS=y,CONFIG_DRIVER=y,CONFIG_LANGUAGE=y'
ok 'what is asked for with n' set_ 'LANGUAGE_EDITING=y LANGUAGE=n'
is 'stays n' "$(cat out)" 'CONFIG_LANGUAGE_EDITING=y
# CONFIG_LANGUAGE is not set'

rm out
# wrong TEXT PATTERN: refused, with a message, and nothing is written.
wrong() {
	fails 1 "'$1'" set_ "$1"
	said 'the reason' "$2"
	ok 'nothing is written' test ! -e out
}
wrong LANGAUGE=y "^there is no option 'LANGAUGE'; did you mean LANGUAGE?$"
wrong language=y "^there is no option 'language'; did you mean LANGUAGE?$"
wrong TINY "^'TINY' has no value: write TINY=y, or =n, or another value$"
wrong TINY=m "^TINY takes y or n, not 'm'$"
wrong NUMBER=two "^NUMBER takes a number, not 'two'$"
wrong ADDRESS=zz '^ADDRESS takes a number such as 0x1f'
wrong "TEXT='a" '^a quote is not closed'
wrong 'TEXT=Hello, you' "^'you' is no option: put a value with blanks in quotes, as in NAME=\"two words\"$"
wrong '=y' "^there is no option ''$"
fails 2 'no text' set_
fails 2 'no tree' "$TOOLBIN/kmerge" set -o out --config base TINY=y

# check: what a person changed since a configuration that is known.
printf 'CONFIG_NUMBER=1\nCONFIG_LANGUAGE_EDITING=y\n' >before
printf 'CONFIG_NUMBER=20\nCONFIG_LANGUAGE_EDITING=y\nCONFIG_DRIVRE=y\n' >now
check() { "$TOOLBIN/kmerge" check --config base --kconfig tree --generated generated "$@" now; }
ok 'check' check
is 'all that did not take effect' "$(sed 's/ did not.*//' .tap.out)" 'now:1: CONFIG_NUMBER=20
now:2: CONFIG_LANGUAGE_EDITING=y
now:3: CONFIG_DRIVRE=y'
said 'a symbol from outside the tree is known' 'is DRIVER meant?'
ok 'check --before' check --before before
is 'what is new of it' "$(sed 's/ did not.*//' .tap.out)" 'now:1: CONFIG_NUMBER=20
now:3: CONFIG_DRIVRE=y'
done_testing
