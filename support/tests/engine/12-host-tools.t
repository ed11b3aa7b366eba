#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The host tools are built when what they are made of has changed, whatever the dates of files say, and a make
# with dates ahead of the clock ends.
set -u
# shellcheck source=support/tests/engine.sh
. support/tests/engine.sh

# A checkout elsewhere, with the tools that are here.
top=$SCRATCH/top
mkdir -p "$top/support/tests"
cp -R Makefile Kconfig package board "$top"
for dir in arch make kconfig lib tools skeleton; do cp -R "support/$dir" "$top/support"; done
cp -R support/tests/unit support/tests/helpers "$top/support/tests"
cp -R support/fuzz "$top/support"
mkdir "$OUT/tools"
cp -R "${TOOLBIN%/bin}/." "$OUT/tools"
: >"$OUT/.whittle-output"
simple one
choose one
# there ARGUMENT...: a make there, which has to end; says which tools it builds
there() { timeout 300 make -C "$top" O="$OUT" EXTERNAL="$EXT" V=1 "$@"; }
# built: what the last ok compiled and linked
built() { sed -n -e 's,.* -c -o [^ ]*/\(tools/obj/[^ ]*\) .*,CC \1,p' -e 's,.* ar rcs [^ ]*/\(tools/lib.a\) .*,AR \1,p' \
	-e 's,.* -o [^ ]*/\(tools/bin/[a-z-]*\) .*,LD \1,p' "$SCRATCH/.tap.out" | LC_ALL=C sort | paste -s -d , -; }
one_object() { echo "AR tools/lib.a,CC tools/obj/$1.o,$(for tool in "$top"/support/tools/*/; do echo "LD tools/bin/$(basename "$tool")"; done | LC_ALL=C sort | paste -s -d , -)"; }
written='CC tools/obj/tools/write-scripts/main.o,LD tools/bin/write-scripts'
ahead='+1 hour'

ok 'all tools are there' there tools
mv "$top" "$SCRATCH/elsewhere"
top=$SCRATCH/elsewhere
ok 'the same sources, another checkout' there
is 'nothing is built' "$(built)" ''
ok 'once more' there
said 'nothing at all is done' "Nothing to be done for 'all'"

# ---- dates ahead ----

touch -d "$ahead" "$top/support/tools/write-scripts/main.c"
ok 'a source that is dated ahead' there
is 'is no other one' "$(built)" ''
echo '/* edited */' >>"$top/support/tools/write-scripts/main.c"
touch -d "$ahead" "$top/support/tools/write-scripts/main.c"
ok 'one that was edited, too' there
is 'is built once' "$(built)" "$written"
ok 'and not again' there tools
is 'nothing is built' "$(built)" ''
find "$top" -exec touch -h -d "$ahead" {} +
ok 'a whole tree that is dated ahead' there
is 'nothing is built' "$(built)" ''
ok 'with a package to build' there one-rebuild
find "$OUT/tools" -exec touch -h -d "$ahead" {} +
ok 'tools that are dated ahead' there
is 'nothing is built' "$(built)" ''
# As if the clock had been set back meanwhile.
echo '/* edited again */' >>"$top/support/tools/write-scripts/main.c"
touch -d '2001-01-01' "$top/support/tools/write-scripts/main.c"
ok 'an edit that is older than what was built' there
is 'is built' "$(built)" "$written"
cp "$top/support/tools/write-scripts/main.c" "$SCRATCH/saved"
date=$(stat -c %y "$top/support/tools/write-scripts/main.c")
sed 's/edited again/edited AGAIN/' "$SCRATCH/saved" >"$top/support/tools/write-scripts/main.c"
touch -d "$date" "$top/support/tools/write-scripts/main.c"
ok 'one of the same size and date' there
is 'is built, too' "$(built)" "$written"

# ---- what depends on what ----

echo '/* edited */' >>"$top/support/lib/fs/buildclock.c"
ok 'a file of the library' there tools
is 'it, and all that is linked with it' "$(built)" "$(one_object lib/fs/buildclock)"
for header in "$top"/support/tools/kmerge/*.h; do :; done
echo '/* edited */' >>"$header"
ok 'a header of a tool' there tools
unlike 'has that tool built alone' "$(built)" 'AR\|bin/[a-jl-z]'
like 'it is' "$(built)" 'CC tools/obj/tools/kmerge/.*LD tools/bin/kmerge'
echo 'int unused; int unused;' >"$top/support/tools/write-scripts/more.c"
ok 'a new file of a tool' there tools
is 'is linked with it' "$(built)" "CC tools/obj/tools/write-scripts/more.o,LD tools/bin/write-scripts"
rm "$top/support/tools/write-scripts/more.c"
ok 'one less' there tools
is 'has it linked anew' "$(built)" 'LD tools/bin/write-scripts'
rm "$OUT/tools/bin/write-scripts"
ok 'a program that was removed' there tools
is 'is linked' "$(built)" 'LD tools/bin/write-scripts'
ok 'other flags' there -n tools HOST_CFLAGS=-O1
# One more is made of the descriptions of architectures.
is 'have all built' "$(grep -c -e ' -O1 .* -c -o ' "$SCRATCH/.tap.out")" $(($(find "$top/support/lib" "$top/support/tools" -name '*.c' | wc -l) + 1))
ok 'once more, for -n builds nothing' there -n tools HOST_CFLAGS=-O1
is 'they still have' "$(grep -c -e ' -O1 .* -c -o ' "$SCRATCH/.tap.out")" $(($(find "$top/support/lib" "$top/support/tools" -name '*.c' | wc -l) + 1))
ok 'the old ones' there tools
is 'have nothing' "$(built)" ''

# ---- what was cut short ----

echo '#error here' >>"$top/support/tools/write-scripts/main.c"
fails 2 'what cannot be compiled' there
sed -i '$d' "$top/support/tools/write-scripts/main.c"
ok 'is compiled when it was put right' there
is 'though what it was made of is as before' "$(built)" 'CC tools/obj/tools/write-scripts/main.o'
# Half an object, by a compiler that was killed, of a source that has been put back since.
echo unfinished >"$OUT/tools/sums/obj/tools/write-scripts/main.o"
: >"$OUT/tools/obj/tools/write-scripts/main.o"
touch "$top/support/tools/write-scripts/main.c"
ok 'half an object' there
is 'is made whole' "$(built)" 'CC tools/obj/tools/write-scripts/main.o'
ok 'an end' there
is 'there is nothing left to do' "$(built)" ''
# ---- the cache ----

# Another O, and another checkout, take what was built from the same sources.
export XDG_CACHE_HOME="$SCRATCH/kept"
ok 'tools for a new O' timeout 600 make -C "$top" O="$SCRATCH/first" tools
said 'are compiled, which one line says' '^  TOOLS  *[0-9]* to build$'
cp -R "$top" "$SCRATCH/other"
ok 'for another O of another checkout' timeout 600 make -C "$SCRATCH/other" O="$SCRATCH/second" tools
unlike 'they are not' "$(cat "$SCRATCH/.tap.out")" 'TOOLS'
ok 'they run' "$SCRATCH/second/tools/bin/inputs" --help
is 'they are the same programs' "$(cd "$SCRATCH/second/tools/bin" && sha256sum -- *)" "$(cd "$SCRATCH/first/tools/bin" && sha256sum -- *)"
echo '/* more */' >>"$SCRATCH/other/support/tools/write-scripts/main.c"
ok 'of other sources' timeout 600 make -C "$SCRATCH/other" O="$SCRATCH/second" tools
said 'they are compiled' 'TOOLS'
cp "$top/support/tools/write-scripts/main.c" "$SCRATCH/other/support/tools/write-scripts/main.c"
: >"$SCRATCH/small"
ok 'a cache that cannot be written to' sh support/make/tools.sh keep "$SCRATCH/small/none" "$SCRATCH/first/tools/facts" "$SCRATCH/first/tools/bin" gcc
is 'is told in one line' "$(cat "$SCRATCH/.tap.out")" "the host tools are not kept for others: cannot write to $SCRATCH/small/none"
rm "$SCRATCH/small"
for kept in "$XDG_CACHE_HOME"/whittle/tools/*/; do echo damage >>"$kept/bin/inputs"; done
ok 'what is kept is damaged' timeout 600 make -C "$SCRATCH/other" O="$SCRATCH/third" tools
said 'it is said' 'is damaged: it is removed, and built again'
ok 'and built again' "$SCRATCH/third/tools/bin/inputs" --help

# ---- a full disk ----

mkdir -p "$SCRATCH/some/bin" "$SCRATCH/full"
echo tool >"$SCRATCH/some/bin/tool"
printf '#!/bin/sh\necho "cp: No space left on device" >&2\nexit 1\n' >"$SCRATCH/full/cp"
chmod +x "$SCRATCH/full/cp"
store() { sh support/make/tools.sh "$1" "$SCRATCH/store" "$SCRATCH/some/bin/tool" "$2" echo; }
ok 'programs are kept' store keep "$SCRATCH/some/bin"
PATH="$SCRATCH/full:$PATH" fails 3 'taken where there is no room' store take "$SCRATCH/taken/bin"
is 'one message is all' "$(sed 's/ from .* to .*:/:/' "$SCRATCH/.tap.out")" 'cannot copy the host programs: No space left on device'
done_testing
