#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# runcompare: what it says of records of runs, and which it refuses.
set -u
# shellcheck source=support/tests/tap.sh
. support/tests/tap.sh

runcompare=$TOOLBIN/runcompare
make=$PWD
cd "$SCRATCH" || exit 1

# record FILE BOOT TOTAL...: of runs that succeeded, with these times in ms
record() {
	file=$1
	shift
	{
		printf '{ "exit": 0, "boot_ms": 1, "total_ms": 2, "repeat": { "each": ['
		comma=
		while [ $# -gt 0 ]; do
			printf '%s\n{ "exit": 0, "boot_ms": %s, "total_ms": %s }' "$comma" "$1" "$2"
			comma=,
			shift 2
		done
		printf '] } }\n'
	} >"$file"
}
# row NAME: the line on that time, without its blanks
row() {
	sed -n "s/^$1 //p" .tap.out | tr -s ' '
}

record a 100 110 101 111 102 112 103 113 104 124 105 115
record b 110 120 111 121 112 122 113 123 114 134 115 125
ok 'two sets' "$runcompare" a b
said 'are named' '^A: a, 6 runs$'
is 'a difference' "$(row boot)" ' 102.5 112.5 +10.0 +9.8 % +7.0 to +13.0 B is slower'
is 'none' "$(row command)" ' 10.0 10.0 +0.0 +0.0 % +0.0 to +0.0 no difference can be told'
is 'of both together' "$(row total)" ' 112.5 122.5 +10.0 +8.9 % +5.0 to +15.0 B is slower'
ok 'the other way round' "$runcompare" b a
like 'it is faster' "$(row boot)" ' -10.0 .* -13.0 to -7.0 B is faster$'
record few 100 110 101 111 102 112
ok 'few runs' "$runcompare" a few
like 'do not tell' "$(row boot)" ' 102.5 101.0 -1.5 .* too few runs to tell$\|no difference can be told$'
record few 100 110 101 111
ok 'two runs' "$runcompare" few few
like 'tell nothing' "$(row boot)" '^ 100.5 100.5 +0.0 +0.0 % too few runs to tell$'
printf '{ "exit": 0, "boot_ms": 100, "total_ms": 90 }' >one
ok 'a record of a single run' "$runcompare" one one
said 'is one' '^A: one, 1 run$'
sed 's/"exit": 0, "boot_ms": 104/"exit": 122, "boot_ms": 104/' a >failed
ok 'a set with a failure' "$runcompare" failed a
said 'is without it' '^A: failed, 6 runs, of which 1 failed and do not count$'
sed 's/"boot_ms": [0-9]*/"boot_ms": null/' a >silent
ok 'runs that did not say when init was reached' "$runcompare" silent a
is 'have a total' "$(row boot)$(row total | cut -d ' ' -f 2)" 112.5
fails 1 'what cannot be written' sh -c '"$@" >/dev/full' sh "$runcompare" a b
said 'is told' '^runcompare: cannot write to standard output: No space left on device$'

fails 1 'a record that is not there' "$runcompare" a nowhere
said 'is named' 'runcompare: cannot read nowhere: No such file'
echo '{ "exit": 0' >bad
fails 1 'half a record' "$runcompare" bad a
said 'is none' 'runcompare: bad: it is not JSON'
echo '{ "name": "x" }' >bad
fails 1 'another file' "$runcompare" a bad
said 'is none' 'bad: it is no record of a run (JSON=FILE of make)'
echo '{ "repeat": { "each": [ {} ] } }' >bad
fails 1 'a run without fields' "$runcompare" a bad
said 'is none' 'bad: a run in it has not the fields of a record'
sed 's/"exit": 0/"exit": 3/' a >bad
fails 1 'runs that all failed' "$runcompare" a bad
said 'have no times' 'bad: no run in it succeeded, so there are no times'
fails 2 'one record' "$runcompare" a
said 'is not enough' 'two records are expected, A and B'

cd "$make" || exit 1
ok 'make run-compare' make -s O="$SCRATCH/out" TOOLDIR="${TOOLBIN%/bin}" run-compare A="$SCRATCH/a" B="$SCRATCH/b"
said 'compares them' 'B is slower'
fails 2 'with one record' make -s O="$SCRATCH/out" TOOLDIR="${TOOLBIN%/bin}" run-compare A="$SCRATCH/a"
said 'it says what it needs' 'run-compare needs A=FILE and B=FILE'

done_testing
