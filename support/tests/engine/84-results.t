#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# What make tells runqemu of results: JUNIT, EXPECT, REPEAT, and the marks for a CI system, which it finds in the
# environment.
set -u
# shellcheck source=support/tests/engine.sh
. support/tests/engine.sh

simple one
choose one
ok 'a build to begin with' whittle
run() {
	whittle -n qemu-run "$@"
}
like 'JUNIT' "$(run JUNIT="~/a b.xml" RUN=x)" " --junit '$HOME/a b.xml' "
like 'EXPECT' "$(run EXPECT=known RUN=x)" " --expect 'known' "
like 'REPEAT, with a place for what failed' "$(run REPEAT=20 GUEST=ci RUN=x)" " --repeat 20 --keep-failed $OUT/run/ci.failed "
unlike 'by default there is none of it' "$(env -u GITHUB_ACTIONS -u GITLAB_CI make -n -j1 O="$OUT" EXTERNAL="$EXT" TOOLDIR="${TOOLBIN%/bin}" qemu-run RUN=x)" \
	' --\(junit\|expect\|repeat\|keep\|fold\) '
export GITHUB_ACTIONS=true
like 'on GitHub the log folds' "$(run RUN=x)" ' --fold github '
unlike 'unless that is not wanted' "$(run FOLD=n RUN=x)" ' --fold '
like 'or for another' "$(run FOLD=gitlab RUN=x)" ' --fold gitlab '
export GITHUB_ACTIONS=false GITLAB_CI=true
like 'on GitLab, too' "$(run RUN=x)" ' --fold gitlab '
unset GITHUB_ACTIONS GITLAB_CI
export JUNIT=junit.xml EXPECT=known REPEAT=3 FOLD=github
unlike 'nothing else comes from the environment' "$(run RUN=x)" ' --\(junit\|expect\|repeat\|keep\|fold\) '
unset JUNIT EXPECT REPEAT FOLD
like 'SNAPSHOTS' "$(whittle -n record SNAPSHOTS=64 RUN=x)" " --record $OUT/record/default --snapshots 64 -- 'x'"
fails 2 'SNAPSHOTS without a recording' whittle -n qemu-run SNAPSHOTS=64 RUN=x
said 'is told what it is for' "SNAPSHOTS= is for record: 'make record SNAPSHOTS=...'"
fails 2 'FOLD=jenkins' run FOLD=jenkins
said 'is told what it takes' 'FOLD=jenkins: github, gitlab or n is expected'
fails 2 'REPEAT=often' run REPEAT=often RUN=x
said 'is no number' 'REPEAT=often: a whole number is expected'
for name in ../images a/b ..; do
	fails 2 "GUEST=$name" run GUEST="$name" RUN=x
	said '... would write elsewhere' "GUEST=$name: a name is expected, without a slash"
done
fails 2 'BOOT without any image' run BOOT=ext4 RUN=x
said '... is told that there is none' 'what there is to boot is initramfs; menu Images has the choice'
fails 2 'JUNIT without a guest' whittle JUNIT=x all
said 'is idle' "JUNIT= is for qemu-run, record, replay-run, coverage, kcov: 'make qemu-run JUNIT=...'"

# One that is empty is not given. (RUN is an error: above.)
plain=$(run RUN=x 2>&1)
empty='' tried=0
for variable in $(sed -n '/^GUEST_VARIABLES :=/,/[^\\]$/{s/^[^=]*:=//;s/\\$//;p;}' support/make/given.mk) JSON JUNIT FOLD GUEST; do
	[ "$variable" != RUN ] || continue
	tried=$((tried + 1))
	[ "$(run RUN=x "$variable=" 2>&1)" = "$plain" ] || empty="$empty $variable"
done
is 'an empty variable is as none' "$empty" ''
ok 'of all that there are' test "$tried" -gt 20

# Old results are not to be taken for those of a guest that did not run.
touch "$SCRATCH/junit.xml" "$SCRATCH/result.json"
is 'make -n leaves an old file' "$(run JUNIT="$SCRATCH/junit.xml" >/dev/null && ls "$SCRATCH/junit.xml")" "$SCRATCH/junit.xml"
whittle qemu-run JUNIT="$SCRATCH/junit.xml" JSON="$SCRATCH/result.json" RUN=x TOOLBIN="$SCRATCH/nowhere" >/dev/null 2>&1 </dev/null || :
ok 'a run removes it first' test ! -e "$SCRATCH/junit.xml"
# old WORDS VARIABLE...: a make that fails with these words, and leaves no record
old() {
	old_words=$1
	shift
	touch "$SCRATCH/junit.xml" "$SCRATCH/result.json"
	fails 2 "$1" whittle qemu-run JUNIT="$SCRATCH/junit.xml" JSON="$SCRATCH/result.json" "$@"
	said '... is an error' "$old_words"
	ok '... that leaves no record' test ! -e "$SCRATCH/junit.xml" -a ! -e "$SCRATCH/result.json"
}
old 'a whole number is expected' REPEAT=often RUN=x
old 'RUN is empty' RUN=
old 'EXTERNAL names /nowhere' EXTERNAL=/nowhere RUN=x
old 'did you mean PORTS=' PORT=2222:22 RUN=x

touch "$SCRATCH/result.json"
fails 2 'a series without a question' whittle series JSON="$SCRATCH/result.json" RUN=x
ok '... leaves no record, either' test ! -e "$SCRATCH/result.json"

# None is written where there is no directory, and nothing is built first.
for variable in JSON JUNIT LOG; do
	fails 2 "$variable in a directory that is not there" whittle qemu-run RUN=x $variable="$SCRATCH/t y p o/file"
	said '... is an error' "$variable=$SCRATCH/t y p o/file: there is no directory $SCRATCH/t y p o\.  Stop"
done
fails 2 'of a series, too' whittle series BASE=x RUN=x JSON=/nowhere/x.json
said '... before it begins' 'JSON=/nowhere/x.json: there is no directory /nowhere'
fails 2 'and a chart' whittle boot-chart CHART=/nowhere/x.svg
said '... has to have one' 'CHART=/nowhere/x.svg: there is no directory /nowhere'
ok 'no directory is made' test ! -e "$SCRATCH/t y p o"
like 'the output directory is one' "$(whittle -n qemu-run O="$SCRATCH/o" RUN=x JSON="$SCRATCH/o/x.json" 2>&1)" 'SCRATCH\|configur\|runqemu'
unlike 'a log that is read' "$(whittle boot-chart LOG=/nowhere/log 2>&1)" 'there is no directory'

done_testing
