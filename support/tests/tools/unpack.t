#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# unpack: the command line, digests, and that a directory appears whole or not at all.
set -eu
. support/tests/tap.sh

umask 077
cd "$SCRATCH"
mkdir -p top/sub
echo one >top/a
echo two >top/sub/b
chmod 750 top/sub/b
touch -d @1000000000 top/a
touch -d @1000000007 top/sub/b
ln -s /nowhere top/link
tar -cf t.tar top
gzip -nk t.tar
sum=$(sha256sum t.tar.gz | cut -d ' ' -f 1)
other=$(printf '%064d' 1)

unpack() {
	"$TOOLBIN/unpack" "$@"
}

# names DIR: what is in it, each followed by a blank.
names() {
	(cd "$1" && printf "%s " *)
}

# refused NAME PATTERN ARCHIVE [OPTION]...: exit 1, says PATTERN and the archive, leaves nothing.
refused() {
	name=$1 pattern=$2 archive=$3
	shift 3
	rm -rf out
	fails 1 "$name" unpack --unverified "$@" "$archive" out
	said "$name: says so" "^unpack: $archive: .*$pattern"
	is "$name: leaves nothing" "$(ls -d out* 2>/dev/null || :)" ""
}

ok 'help' unpack --help
said 'help: usage' '^usage: unpack'

ok 'unpacks' unpack --sha256 "$sum" t.tar.gz dst
is 'content' "$(cat dst/a dst/sub/b)" "one
two"
is 'modes whatever the umask' "$(stat -c '%a' dst dst/a dst/sub dst/sub/b | tr '\n' ' ')" \
	"755 644 755 755 "
is 'times' "$(stat -c '%Y' dst/a dst/sub/b | tr '\n' ' ')" "1000000000 1000000007 "
is 'symbolic link' "$(readlink dst/link)" /nowhere
is 'nothing else' "$(names dst)" "a link sub "
is 'no temporary' "$(ls -d dst.*  2>/dev/null || :)" ""

fails 1 'a directory that is not empty' unpack --sha256 "$sum" t.tar.gz dst
said 'a directory that is not empty: says so' 'dst: is not empty: remove it first'
ok 'an empty directory, parents to be made' unpack --sha256 "$sum" t.tar.gz deep/er/dst/
ok 'is filled' test -f deep/er/dst/a
mkdir empty
ok 'an empty directory that exists' unpack --sha256 "$sum" t.tar.gz empty
ok 'is filled, too' test -f empty/a
echo >file
fails 1 'a file in the way' unpack --sha256 "$sum" t.tar.gz file
said 'a file in the way: says so' 'file: cannot unpack to there: Not a directory'

rm -rf dst
fails 1 'another digest' unpack --sha256 "$other" t.tar.gz dst
said 'another digest: names the file' '^unpack: t.tar.gz: its sha256 is not the expected one'
said 'another digest: expected' "^  expected  $other"
said 'another digest: got' "^  got       $sum"
said 'another digest: remedy' "remove it and run 'make source'"
fails 1 'nothing left' test -e dst
ok 'any digest of several' unpack --sha256 "$other" --sha256 "$sum" t.tar.gz dst
rm -rf dst

fails 2 'no digest' unpack t.tar.gz dst
said 'no digest: says so' 'expected either --sha256 or --unverified'
fails 2 'both' unpack --unverified --sha256 "$sum" t.tar.gz dst
fails 2 'a digest that is none' unpack --sha256 123 t.tar.gz dst
fails 2 'standard input with a digest' unpack --sha256 "$sum" - dst
fails 2 'one argument' unpack --unverified t.tar.gz
fails 2 'DIR .' unpack --unverified t.tar.gz ./
fails 2 'an unknown option' unpack --frobnicate t.tar.gz dst
fails 2 'strip what' unpack --unverified --strip x t.tar.gz dst
fails 2 'only what' unpack --unverified --only ../x t.tar.gz dst
fails 1 'no such archive' unpack --unverified missing dst
said 'no such archive: says so' '^unpack: missing: cannot open: No such file'
fails 1 'a directory as archive' unpack --unverified top dst
fails 1 'nothing was made' test -e dst

unpack --unverified - dst <t.tar.gz
is 'standard input' "$(cat dst/a)" one
rm -rf dst
gzip -c t.tar | unpack --unverified - dst
is 'a pipe' "$(cat dst/a)" one
rm -rf dst

ok 'epoch' unpack --unverified --epoch-file epoch t.tar.gz dst
is 'epoch is the newest file' "$(cat epoch)" 1000000007
rm -rf dst
fails 1 'epoch file that cannot be written' unpack --unverified --epoch-file no/where t.tar.gz dst
said 'epoch file that cannot be written: says so' 'no/where: cannot write: No such file'
fails 1 'epoch file that cannot be written: nothing left' test -e dst

# Which top directory is dropped.
tar -cf dot.tar ./top
tar -cf flat.tar -C top a sub
tar -cf flatdot.tar -C top .
tar -cf file.tar -C top a
for row in 'dot.tar:a link sub ' 'flat.tar:a sub ' 'flatdot.tar:a link sub ' 'file.tar:a '; do
	rm -rf dst
	unpack --unverified "${row%%:*}" dst
	is "the top of ${row%%:*}" "$(names dst)" "${row#*:}"
done
rm -rf dst
is 'mode of DIR, too' "$(unpack --unverified --strip 0 flat.tar dst && stat -c %a dst)" 755
rm -rf dst
ok '--strip 0' unpack --unverified --strip 0 t.tar.gz dst
ok '--strip 0: keeps the top' test -f dst/top/a
rm -rf dst
ok '--strip 2' unpack --unverified --strip 2 --only b t.tar.gz dst
is '--strip 2: leaves' "$(ls dst)" b
rm -rf dst
ok '--only' unpack --unverified --only sub t.tar.gz dst
is '--only: just that' "$(cd dst && find . -type f)" ./sub/b
refused '--only nothing' "it has nothing under 'missing'" t.tar.gz --only missing
refused 'nothing to strip' "entry 'a' is refused: it has no directory" flat.tar --strip 1

# Every compression that has a tool here.
for z in gzip bzip2 xz zstd lz4 lzip; do
	if ! command -v $z >/dev/null; then
		skip "$z" "no $z on this machine"
		continue
	fi
	rm -rf dst
	$z -c <t.tar >"t.$z"
	ok "$z" unpack --unverified "t.$z" dst
	is "$z: content" "$(cat dst/a dst/sub/b | tr '\n' ' ')" "one two "
done
if command -v zip >/dev/null; then
	rm -rf dst
	zip -qry t.zip top
	ok 'zip' unpack --unverified t.zip dst
	is 'zip: mode and link' "$(stat -c %a dst/sub/b) $(readlink dst/link)" '755 /nowhere'
	head -c 300 t.zip >cut.zip
	refused 'zip that is cut short' 'cannot read it as tar or zip' cut.zip
else
	skip 'zip' 'no zip on this machine'
fi

# Evil archives, as far as GNU tar makes them; unit tests have the rest.
mkdir evil
echo x >evil/f
ln -s "$SCRATCH/victim" evil/l
mkfifo evil/p
mkdir victim
tar -cf up.tar --transform 's,^evil,../evil,' -P evil/f
refused 'a path that goes up' "entry '../evil/f' is refused: it has a '..'" up.tar
tar -cf abs.tar --transform 's,^evil,/evil,' -P evil/f
refused 'an absolute path' "entry '/evil/f' is refused: it is an absolute path" abs.tar
tar -cf fifo.tar evil/p
refused 'a fifo' "entry 'evil/p' is refused: it is a fifo" fifo.tar
tar -cf through.tar evil/l
tar -rf through.tar --transform 's,^evil/f,evil/l/f,' evil/f
refused 'writing through a link' "entry 'evil/l/f' is refused: it goes through 'evil/l'" through.tar
is 'writing through a link: the target' "$(ls victim)" ""
chmod 4755 evil/f
tar -cf setuid.tar evil/f
refused 'a set-id file' "entry 'evil/f' is refused: it has a set-id bit" setuid.tar

# Archives that are damaged.
head -c 100 t.tar.gz >cut.tar.gz
refused 'cut short' 'damaged or cut short' cut.tar.gz
{ cat t.tar && echo more; } >long.tar
refused 'trailing garbage' 'something else after its end' long.tar
: >nothing
refused 'empty file' 'it holds nothing' nothing
refused 'no archive' 'cannot read it as tar or zip' epoch

# A signal removes what there is so far.
rm -rf dst
mkfifo pipe
"$TOOLBIN/unpack" --unverified - dst <pipe 2>err &
pid=$!
exec 9>pipe
head -c 200 t.tar >&9
tries=0
until ls -d dst.tmp* >/dev/null 2>&1 || [ $tries = 100 ]; do
	sleep 0.05
	tries=$((tries + 1))
done
ok 'a temporary while it works' test -d "dst.tmp$pid"
kill -TERM $pid
status=0
wait $pid 2>/dev/null || status=$?
exec 9>&-
is 'SIGTERM ends it' $status 143
is 'SIGTERM: says so' "$(cat err)" 'unpack: -: interrupted'
is 'SIGTERM: nothing left' "$(ls -d dst* 2>/dev/null || :)" ""

done_testing
