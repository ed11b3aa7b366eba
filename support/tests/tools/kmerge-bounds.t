#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# kmerge check on Kconfig files that it does not understand, or that have no end: it says where.
set -eu
# shellcheck source=support/tests/tap.sh
. support/tests/tap.sh

cd "$SCRATCH"
out=.tap.out
check() {
	timeout 60 "$TOOLBIN/kmerge" check --config /dev/null --kconfig tree frag
}

# bears NAME MESSAGE: with tree/Kconfig, that is said of what frag asks for, up to 300 bytes.
bears() {
	ok "$1" check
	is "$1: what it says" "$(cut -c 1-300 $out | sed 's/.*effect: //')" "$2"
}

# why NAME REQUEST MESSAGE
why() {
	printf '%s\n' "$2" >frag
	bears "$1" "$3"
}

# An expression that is not understood is named, and nothing else is made up.
mkdir tree
cat >tree/Kconfig <<'EOF'
config GARBLED
	bool "Garbled"
	depends on !OFF2
	depends on !OFF && \
		(OFF

config TWO
	bool "Two words"
	depends on !ON OFF

config IFPROMPT
	bool "Prompt" if ON ||

config NOPROMPT
	bool
	depends on = ON
	default y

config KNOWN
	bool "One reason is known"
	depends on ON |
	depends on OFF

config DEPIF
	bool "A dependency with a condition, as of kernels to come"
	depends on OFF if !ON

config DEPIFNOT
	bool "One whose condition is not met"
	depends on OFF if OFF2

config DEPIFBAD
	bool "One whose condition is not understood"
	depends on OFF if ON ON

config ON
	bool "On"
config OFF
	bool "Off"
config OFF2
	bool "Off, too"
EOF
at='the expression at Kconfig'
why 'an open parenthesis' CONFIG_GARBLED=y "it is n, and $at:4 was not understood: !OFF && (OFF (Kconfig:1)"
why 'two words' CONFIG_TWO=y "it is n, and $at:9 was not understood: !ON OFF (Kconfig:7)"
why 'the condition of a prompt' CONFIG_IFPROMPT=y "it is n, and $at:12 was not understood: \"Prompt\" if ON || (Kconfig:11)"
why 'no prompt' CONFIG_NOPROMPT=y "it is n, because it has no prompt, and $at:16 was not understood: = ON (Kconfig:14)"
why 'a reason that is known comes first' CONFIG_KNOWN=y \
	'it is n, because it depends on OFF, which is n (set it to y, too) (Kconfig:19)'
why 'depends on ... if' CONFIG_DEPIF=y 'it is n, because it depends on OFF, which is n (set it to y, too) (Kconfig:24)'
why 'depends on ... if, not met' CONFIG_DEPIFNOT=y \
	'it is n, though its Kconfig allows it: was it asked for? (Kconfig:28)'
why 'depends on ... if, not understood' CONFIG_DEPIFBAD=y "it is n, and $at:34 was not understood: OFF if ON ON (Kconfig:32)"

# bounded NAME MESSAGE: kmerge stops reading what is in tree, and says why. What did not take effect is
# told all the same. Begins a new tree.
echo CONFIG_A=y >frag
bounded() {
	fails 1 "$1" check
	is "$1: what it says" "$(cat $out)" "frag:1: CONFIG_A=y did not take effect: it is n
kmerge: tree$2"
	rm -rf tree
	mkdir -p tree/sub
}

# repeat N TEXT: TEXT N times.
repeat() {
	head -c "$1" /dev/zero | sed "s/\\x0/$2/g"
}

loop='this sources a file that sources this one: take out the loop'
rm -rf tree
mkdir -p tree/sub
printf 'config A\n	bool "a"\nsource "Kconfig"\nsource "Kconfig"\n' >tree/Kconfig
bounded 'a file that sources itself' "/Kconfig:3: $loop"
printf '\nrsource "./Kconfig"\nrsource "./Kconfig"\n' >tree/Kconfig
bounded 'by other names' "/Kconfig:2: $loop"
printf 'source "sub/Kconfig"\n' >tree/Kconfig
printf 'rsource \\\n  "../sub/../Kconfig"\n' >tree/sub/Kconfig
bounded 'by way of another' "/sub/Kconfig:1: $loop"
ln -s . tree/dir
printf 'rsource "dir/Kconfig"\n' >tree/Kconfig
bounded 'by a symbolic link' "/Kconfig:1: $loop"
for i in $(seq 0 70); do printf 'source "%s"\n' $((i + 1)) >"tree/$i"; done
mv tree/0 tree/Kconfig
bounded 'a long way' '/63:1: more than 64 files source each other'
for i in $(seq 0 40); do printf 'source "%s"\nsource "%s"\n' $((i + 1)) $((i + 1)) >"tree/$i"; done
mv tree/0 tree/Kconfig
touch tree/41
fails 1 'files that source others twice' check
said 'says how many there are' '^kmerge: tree/[0-9]*:[12]: more than 20000 files are sourced up to here$'
rm tree/*[0-9]
truncate -s 33M tree/big
printf 'config A\nsource "big"\n' >tree/Kconfig
bounded 'a large file' '/Kconfig:2: the files up to here have more than 32 MiB'
repeat 201 'if A\n' >tree/Kconfig
bounded 'blocks in blocks' '/Kconfig:201: more than 200 blocks are in each other'
mkfifo tree/Kconfig
bounded 'a fifo' ': cannot read its Kconfig or Config.in: No such file or directory'
mkdir tree/Kconfig tree/Config.in
bounded 'directories' ': cannot read its Kconfig or Config.in: No such file or directory'

mkfifo tree/fifo
printf 'config A\n	bool "a"\nsource "fifo"\nsource "../../../../../../../dev/zero"\nsource "sub"\n' >tree/Kconfig
bears 'what is no file is not read' 'it is n, though its Kconfig allows it: was it asked for? (Kconfig:1)'
for sign in '\&\&' '||'; do
	{ printf 'config A\n	bool "a"\n	depends on B' && repeat 250000 " $sign B" && echo; } >tree/Kconfig
	bears "a dependency of a megabyte, $sign" "it is n, and the expression at Kconfig:3 was not understood: $(
		{ printf B && repeat 60 " $sign B"; } | cut -c 1-160)... (Kconfig:1)"
done
for sign in '(' '!'; do
	{ printf 'config A\n	bool "a"\n	depends on ' && repeat 1000000 "$sign" && echo B; } >tree/Kconfig
	bears "one that has many $sign" "it is n, and the expression at Kconfig:3 was not understood: $(repeat 160 "$sign")... (Kconfig:1)"
done
{ printf 'config A\n	bool "a"\n	depends on B' && repeat 900 ' \&\& B' && echo; } >tree/Kconfig
bears '900 operands are understood' 'it is n, because it depends on B, which is n (there is no such symbol) (Kconfig:1)'

{ printf 'CONFIG_' && repeat 100000 A && echo '=y'; } >frag
{ printf 'config ' && repeat 100001 A && printf '\nconfig ' && repeat 99999 A && echo; } >tree/Kconfig
ok 'names of 100 KB' timeout 20 "$TOOLBIN/kmerge" check --config /dev/null --kconfig tree frag
is 'names of 100 KB: what it says' "$(tail -c 53 $out)" 'because there is no such symbol in the Kconfig files'
echo CONFIG_A=y >frag
repeat 300000 'config A\n' >tree/Kconfig
ok 'a symbol that is defined many times' timeout 20 "$TOOLBIN/kmerge" check --config /dev/null --kconfig tree frag

done_testing
