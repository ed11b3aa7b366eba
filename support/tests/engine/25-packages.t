#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# What packages there are, and a package that somebody is writing: what is wrong with it is told.
set -u
. support/tests/engine.sh

simple thing
simple other
sed -i '1i # Menu: Things' "$EXT/package/thing/Kconfig"
printf '\t  What comes. It is long.\n' >>"$EXT/package/other/Kconfig"
choose thing

ok 'list-packages' whittle list-packages
said 'the menu' '^Things$'
said 'one that is enabled' '^  \* thing  *For a test$'
said 'one that is not, with the first sentence of its help' '^    other  *For a test$'
said 'one of the tree' '^    busybox  *The usual small programs'
long=$(grep -v '^\*' "$SCRATCH/.tap.out" | grep -c '.\{81\}' || :)
is 'no line is longer than 80 columns' "$long" 0
rm -rf "$OUT"
ok 'without a configuration' whittle list-packages
ok 'nothing is made for that' test ! -e "$OUT/.config"
mkdir "$OUT"
choose thing

# A recipe that is not as it should be: the build says nothing of a licence that nobody knows, checkrecipe does.
local_pkg
ok 'checkrecipe' whittle checkrecipe PKG=local
said 'all is well' 'nothing is wrong'
sed -i 's/_LICENSE := MIT/_LICENSE := unknown/' "$EXT/package/other/other.mk"
fails 2 'checkrecipe of one that is not filled in' whittle checkrecipe PKG=other
said 'what is wrong' "^$EXT/package/other/other.mk:2: OTHER_LICENSE is unknown: fill it in$"
fails 2 'checkrecipe of all from outside the tree' whittle checkrecipe
said 'finds it, too' 'OTHER_LICENSE is unknown'
fails 2 'checkrecipe of what there is not' whittle checkrecipe PKG=nothing
said 'says where it looked' "there is no directory nothing in package $EXT/package"
fails 2 'checkrecipe of none' make O="$OUT" EXTERNAL= TOOLDIR="${TOOLBIN%/bin}" checkrecipe
said 'wants a name' 'checkrecipe wants PKG'

# Mistakes that other makes tell.
echo 'THING_DEPENDS := ohter' >>"$EXT/package/thing/thing.mk"
fails 2 'a dependency that is no package' whittle
said 'the one that was meant' 'thing depends on ohter, which is no package (is other meant?)'
sed -i 's/ohter/other/' "$EXT/package/thing/thing.mk"
fails 2 'one that is not enabled' whittle
said 'the remedy' "thing depends on other, which is not enabled: its Kconfig entry needs 'select'"
sed -i '$d' "$EXT/package/thing/thing.mk"
mv "$EXT/package/thing/thing.mk" "$EXT/package/thing/thign.mk"
fails 2 'a recipe of the wrong name' whittle thing
said 'its right name' "^$EXT/package/thing: a package without a recipe: write thing.mk, or rename it to that$"
mv "$EXT/package/thing/thign.mk" "$EXT/package/thing/thing.mk"
ok 'all is well' whittle thing
done_testing
