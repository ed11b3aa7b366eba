#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# copytree: what it copies, what it leaves out, when it starts afresh.
set -eu
# shellcheck source=support/tests/tap.sh
. support/tests/tap.sh
copytree=$TOOLBIN/copytree
cd "$SCRATCH"

mkdir -p src/sub src/.git
echo 'int x;' >src/a.c
echo 'int y;' >src/sub/b.c
echo '#define Z 1' >src/sub/z.h
echo 'all:' >src/Makefile
printf '#!/bin/sh\n' >src/run && chmod 755 src/run
ln -s sub/z.h src/z.h
ln -s nowhere src/dangling
echo 'with a blank' >'src/a file.txt'
echo object >src/a.o
printf '\177ELF and more' >src/program
printf '!<arch>\nand more' >src/library
echo secret >src/.git/config
touch -d '2020-01-01 12:00:00' src/a.c

ok 'a copy' "$copytree" src dst
is 'of all but what was compiled' "$(cd dst && find . ! -type d ! -name .copytree | LC_ALL=C sort | paste -s -d , -)" \
	'./Makefile,./a file.txt,./a.c,./dangling,./run,./sub/b.c,./sub/z.h,./z.h'
is 'a link is one' "$(readlink dst/z.h)" sub/z.h
is 'modes are kept' "$(stat -c %a dst/run)" 755
is 'and times' "$(stat -c %y dst/a.c | cut -c 1-16)" '2020-01-01 12:00'

echo built >dst/a.o
ok 'again' "$copytree" src dst
is 'what was built is kept' "$(cat dst/a.o)" built
echo 'int x = 2;' >src/a.c
ok 'an edited C file' "$copytree" src dst
is 'is copied' "$(cat dst/a.c)" 'int x = 2;'
is 'and what was built is kept' "$(cat dst/a.o)" built

# afresh NAME: what was built is gone, and the copy is right.
afresh() {
	ok "$1" "$copytree" src dst
	ok '... starts afresh' test ! -e dst/a.o
	is '... and is copied' "$(diff -r --no-dereference -x .git -x '*.o' -x program -x library -x .copytree src dst)" ''
	echo built >dst/a.o
}
echo '#define Z 2' >src/sub/z.h
afresh 'an edited header'
rm src/sub/b.c
afresh 'a file less'
echo >src/c.c
afresh 'a file more'
chmod 755 src/c.c
afresh 'another mode'
rm src/z.h && ln -s sub/b.h src/z.h
afresh 'another target of a link'
rm src/c.c && ln -s a.c src/c.c
afresh 'a link instead of a C file'
rm src/c.c && cp src/a.c src/c.c
afresh 'and a C file instead of a link'
rm dst/.copytree
afresh 'a copy that was cut short'
printf '\177ELF' >src/c.c
ok 'a file that is compiled now' "$copytree" src dst
ok 'is gone' test ! -e dst/c.c

mkdir "src/new
line"
echo >"src/new
line/f"
fails 1 'a line break' "$copytree" src other
said 'is told' 'line break in the name of src/new'
rm -r "src/new
line"
fails 1 'a directory that is not there' "$copytree" nothing other
said 'is told' 'cannot read nothing: No such file'
fails 2 'one directory' "$copytree" src
ok 'help' "$copytree" --help
mkdir src/none src/objects
echo >src/objects/x.o
mkdir -p shared
echo shared >shared/file
ln -s ../../shared/file src/sub/out
ln -s ../shared src/outdir
# anew NAME: what was built is gone
anew() {
	ok "$1" "$copytree" src dst
	ok '... starts afresh' test ! -e dst/a.o
	echo built >dst/a.o
}
anew 'directories without files, and links that lead out'
is 'the directories are there' "$(cd dst && find none objects | paste -s -d ' ')" 'none objects'
ok "another place" "$copytree" src deep/er/copy
is "the links lead to the same" "$(cat deep/er/copy/sub/out deep/er/copy/outdir/file)" 'shared
shared'
ok 'a directory that is gone' rmdir src/none
anew 'and then'
ok '... it is gone' test ! -e dst/none
touch src/none
anew 'a file in its place'
ok '... is one' test -f dst/none
done_testing
