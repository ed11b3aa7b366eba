#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# A misspelt variable of a recipe would do nothing and say nothing.
set -u
. support/tests/engine.sh

simple thing
simple lib
simple thing-two
mk=$EXT/package/thing/thing.mk
choose thing lib
ok 'names that mean something' whittle
cp "$mk" "$SCRATCH/good"
printf 'THING_DEPEND := lib\nTHING_TARGETFILES := x\n' >>"$mk"
fails 2 'two that do not' whittle
said 'the first is told' "^$mk:[0-9]*: THING_DEPEND means nothing: did you mean DEPENDS?\$"
said 'the second is told' "^$mk:[0-9]*: THING_TARGETFILES means nothing: did you mean TARGET_FILES?\$"
said 'nothing is built' 'nothing was built'
fails 2 'once more' whittle
said 'it is not forgotten' 'THING_DEPEND means nothing'
cp "$SCRATCH/good" "$mk"
ok 'mended' whittle
is 'nothing is done anew' "$(steps)" ''
printf 'THING_private := lib\n' >>"$mk"
ok 'a private name' whittle
printf 'THING_TWO_DEPENDS := lib\n' >>"$mk"
fails 2 "another package's name" whittle
said 'whose it is' 'THING_TWO_DEPENDS belongs to package thing-two'
cp "$SCRATCH/good" "$mk"
printf 'OTHER_DEPENDS := lib\n' >>"$mk"
fails 2 "nobody's name" whittle
said 'how names begin' 'OTHER_DEPENDS: names in this recipe begin with THING_'
choose lib
ok 'a package that is not enabled is not read' whittle
done_testing
