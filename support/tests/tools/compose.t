#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# compose: a directory is replaced by the sum of trees, or stays as it was.
set -u
# shellcheck source=support/tests/tap.sh
. support/tests/tap.sh

cd "$SCRATCH" || exit 1
compose=$TOOLBIN/compose
mkdir -p a/boot b out/old
echo kernel >a/boot/kernel
echo root >b/root
echo same | tee a/same >b/same
ln -s root b/link

ok "--help" "$compose" --help
said "--help says how" '^usage: compose .*DIR NAME=TREE'
fails 2 "no arguments" "$compose"
said "says what is wanted" '^compose: expected DIR and NAME=TREE$'
fails 2 "--stamp without --clock" "$compose" --stamp s out a=a
fails 2 "an unknown option" "$compose" --bogus x out a=a
said "names it" "unknown option '--bogus'"
fails 2 "no NAME=" "$compose" out a
said "names it" "expected NAME=TREE, not 'a'"
ok "none of them touched anything" test -d out/old

ok "two trees" "$compose" --clock .clock --stamp d/stamp out first=a second=b third=missing
is "are all there is" "$(find out | LC_ALL=C sort | paste -s -d ' ' -)" \
	"out out/boot out/boot/kernel out/link out/root out/same"
is "with their content" "$(cat out/boot/kernel out/link out/same | paste -s -d ' ' -)" "kernel root same"
is "the stamp has a tick" "$(stat -c %Y d/stamp)" "$(cat .clock)"
is "nothing else is left" "$(echo *)" "a b d out"

echo other >b/same
cp -a out before
fails 1 "a conflict" "$compose" --clock .clock --stamp d/stamp2 out first=a second=b
is "is named with both" "$(cat .tap.out)" "compose: first and second both bring same, and they differ"
ok "the directory stays as it was" diff -r before out
ok "there is no stamp" test ! -e d/stamp2
is "and nothing half-done" "$(echo *)" "a b before d out"

# What a killed run left is no hindrance.
mkdir -p out.whittle-new/half out.whittle-old/half
ok "after a killed run" "$compose" out first=a
is "just the tree" "$(find out* | LC_ALL=C sort | paste -s -d ' ' -)" "out out/boot out/boot/kernel out/same"
ok "no tree" "$compose" out
is "is an empty directory" "$(find out*)" out
ok "a directory that is not there yet" "$compose" new/out second=b
is "is made" "$(cat new/out/root)" root
mkdir -p mine/out mine/out.old mine/out.new
ok "beside copies that a person keeps" "$compose" mine/out first=a
is "these stay" "$(echo mine/*)" "mine/out mine/out.new mine/out.old"
fails 1 "a place that cannot be" "$compose" a/same/out second=b
said "is named" 'compose: cannot recreate a/same/out.whittle-new: Not a directory'
done_testing
