#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# kmerge: merge and diff, the command line, and its exit codes.
set -eu
. support/tests/tap.sh

cd "$SCRATCH"
kmerge() {
	"$TOOLBIN/kmerge" "$@"
}

cat >base <<'EOF'
#
# Automatically generated file; DO NOT EDIT.
#
CONFIG_A=y
CONFIG_CHOICE_ONE=y
# CONFIG_CHOICE_TWO is not set
CONFIG_NAME="old name"
CONFIG_NR=8
EOF
cat >frag1 <<'EOF'
# a fragment
CONFIG_CHOICE_TWO=y
CONFIG_NR=16

CONFIG_NEW=m
EOF
cat >frag2 <<'EOF'
CONFIG_A=n
CONFIG_NR=0x20
CONFIG_NAME="with \"quotes\""
EOF

ok 'help' kmerge --help
said 'help: usage' '^usage: kmerge merge'
ok 'help of a command' kmerge merge --help

# What is set last comes last: of a choice, Kconfig takes the last that is y.
ok 'merge' kmerge merge -o out base frag1 frag2
is 'merge: result' "$(cat out)" 'CONFIG_CHOICE_ONE=y
CONFIG_CHOICE_TWO=y
CONFIG_NEW=m
# CONFIG_A is not set
CONFIG_NR=0x20
CONFIG_NAME="with \"quotes\""'
touch -d @1000 out
ok 'merge again' kmerge merge --output out base frag1 frag2
is 'merge again: the file is left alone' "$(stat -c %Y out)" 1000
ok 'merge, other order' kmerge merge -o out base frag2 frag1
is 'merge, other order: later wins' "$(grep NR= out)" 'CONFIG_NR=16'
ok 'merge onto nothing' kmerge merge -o out2 /dev/null frag2
is 'merge onto nothing: result' "$(cat out2)" '# CONFIG_A is not set
CONFIG_NR=0x20
CONFIG_NAME="with \"quotes\""'
ok 'merge nothing' kmerge merge -o out2 /dev/null
is 'merge nothing: empty' "$(wc -c <out2)" 0

printf 'CONFIG_A=y\n\nCONFIG_B=yes\nB=y\n' >bad
rm -f out2
fails 1 'malformed lines' kmerge merge -o out2 base bad
said 'malformed lines: first' "^bad:3: 'CONFIG_B=yes': its value is none of"
said 'malformed lines: second' "^bad:4: 'B=y': expected CONFIG_NAME=value"
fails 1 'malformed lines: nothing written' test -e out2
fails 1 'no such fragment' kmerge merge -o out2 base missing
said 'no such fragment: says so' '^missing: cannot read: No such file'
fails 1 'output that cannot be written' kmerge merge -o no/where base
said 'output that cannot be written: says so' '^kmerge: no/where: cannot write:'

# diff makes the fragment that turns one into the other.
ok 'diff' kmerge diff base out
"$TOOLBIN/kmerge" diff base out >delta.frag
is 'diff: result' "$(cat delta.frag)" '# CONFIG_A is not set
CONFIG_NAME="with \"quotes\""
CONFIG_CHOICE_TWO=y
CONFIG_NR=16
CONFIG_NEW=m'
kmerge merge -o again base delta.frag
is 'diff: merging it gives the same' "$(sort again)" "$(sort out)"
is 'diff: of a file and itself' "$(kmerge diff out out)" ''
is 'diff: what is gone' "$(kmerge diff base /dev/null)" '# CONFIG_A is not set
# CONFIG_CHOICE_ONE is not set'
fails 1 'diff: malformed' kmerge diff base bad
"$TOOLBIN/kmerge" diff base out >/dev/full 2>err && status=0 || status=$?
is 'diff: output that is full' "$status $(cat err)" \
	'1 kmerge: cannot write to standard output: No space left on device'

# check without Kconfig files.
cat >want <<'EOF'
CONFIG_NR=16
CONFIG_NEW=y
CONFIG_ABSENT=n
CONFIG_ABSENT2=y
CONFIG_STR="x"
CONFIG_NAME="with \"quotes\""
CONFIG_A=y
EOF
printf '# CONFIG_A is not set\n' >want2
ok 'check' kmerge check --config out want want2
is 'check: result' "$(kmerge check --config out want want2 2>&1)" \
	'want:2: CONFIG_NEW=y did not take effect: it is m
want:4: CONFIG_ABSENT2=y did not take effect: it is n
want:5: CONFIG_STR="x" did not take effect: it is absent'
fails 1 'check --strict' kmerge check --config out --strict want want2
ok 'check --strict, nothing wrong' kmerge check --config out --strict want2
is 'check: silence when all is well' "$(kmerge check --config out want2 out 2>&1)" ''
echo 'CONFIG_NR=0x10' >hex
is 'check: numbers by value' "$(kmerge check --config out hex 2>&1)" ''
fails 1 'check: malformed' kmerge check --config out bad
fails 1 'check: no such configuration' kmerge check --config missing want
fails 1 'check: no Kconfig' kmerge check --config out --kconfig . want
said 'check: no Kconfig: says so' '^kmerge: .: cannot read its Kconfig or Config.in: No such file'

printf 'CONFIG_A=y\nCONFIG_S="a \\"b\\" \\\\ c"\nCONFIG_N=12\n# CONFIG_OFF is not set\nCONFIG_E=""\nCONFIG_A=m\n' >config
ok 'get' kmerge get --config config S A N OFF E
is 'get: values, a line each' "$(cat "$SCRATCH/.tap.out")" "$(printf 'a "b" \\ c\nm\n12\nn\n')"
fails 1 'get: one that is not set' kmerge get --config config NONE N
is 'get: the others are printed' "$(cat "$SCRATCH/.tap.out")" 12
fails 1 'get: no such file' kmerge get --config none A
said 'get: it is named' 'none: cannot read'
fails 2 'get without --config' kmerge get A
fails 2 'get without NAME' kmerge get --config config

fails 2 'no command' kmerge
fails 2 'unknown command' kmerge mrege
said 'unknown command: says so' "^kmerge: 'mrege': expected merge, check, set, diff or get"
fails 2 'merge without -o' kmerge merge base
fails 2 'merge without BASE' kmerge merge -o out
fails 2 'check without --config' kmerge check frag1
fails 2 'check without FRAGMENT' kmerge check --config out
fails 2 'diff of one' kmerge diff base
fails 2 'unknown option' kmerge merge --frobnicate -o out base
fails 2 'option of another command' kmerge diff --strict base out

printf 'CONFIG_A=\033[31m\n\033]0;title\007\n' >escapes
printf 'CONFIG_A=y\n' >out
fails 1 'a fragment with escape sequences' kmerge check --config out escapes
said 'its value is shown as text' "^escapes:1: 'CONFIG_A=.x1b\[31m'"
said 'and so is what is no line' "^escapes:2: '.x1b\]0;title.x07'"
unlike 'nothing of it reaches the terminal' "$(cat "$SCRATCH/.tap.out")" "$(printf '[\033\007]')"

done_testing
