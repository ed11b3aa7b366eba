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
said 'another digest: remedy' "'make source' tells whether the file or the expected digest is wrong"
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
fails 2 'max-size what' unpack --unverified --max-size 5X t.tar.gz dst
fails 2 'max-size 0' unpack --unverified --max-size 0 t.tar.gz dst
fails 1 'no such archive' unpack --unverified missing dst
said 'no such archive: says so' '^unpack: missing: cannot open: No such file'
fails 1 'a directory as archive' unpack --unverified top dst
mkfifo archive
fails 1 'a fifo as archive' timeout 30 "$TOOLBIN/unpack" --unverified archive dst
said 'a fifo as archive: says so' '^unpack: archive: not a regular file'
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
	TZ=Asia/Tokyo zip -qrX no-zone.zip top
	for zone in UTC America/New_York; do
		rm -rf dst
		TZ=$zone unpack --unverified --epoch-file epoch no-zone.zip dst
		is "zip: the time in $zone" "$(cat epoch)" 1000032408
	done
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
refused 'cut short' 'cannot decompress it, it is cut short' cut.tar.gz
{ cat t.tar && echo more; } >long.tar
refused 'trailing garbage' 'something else after its end' long.tar
: >nothing
refused 'empty file' 'it holds nothing' nothing
refused 'no archive' 'cannot read it as tar or zip' epoch

# One whose first name begins as a zip file does.
rm -rf dst
tar -cf pk.tar --transform 's,^top/a,PK,' top/a
ok 'a tar archive that begins with PK' unpack --unverified pk.tar dst
is 'a tar archive that begins with PK: content' "$(cat dst/PK)" one

# Archives that ask for too much.
tar -cf only-top.tar --no-recursion top
refused 'only a top directory' 'it has no files, only directories' only-top.tar
deep=$(head -c 60000 /dev/zero | sed 's,.,d/,g')
tar -cJf deep.tar.xz --transform "s,^top/a,${deep}a," top/a
refused 'a path of 60,000 components' 'is refused: its name is longer than 4095 bytes' deep.tar.xz
# shellcheck disable=SC2016 # the inner shell's
little='ulimit -v 600000; exec "$@"'
if sh -c "$little" sh "$TOOLBIN/unpack" --help >/dev/null 2>&1; then
	rm -rf out
	fails 1 'and within 600 MB' sh -c "$little" sh "$TOOLBIN/unpack" --unverified deep.tar.xz out
	said 'and within 600 MB: says so' 'its name is longer'
else
	skip 'and within 600 MB' 'the tool is one that checks itself, and takes more'
fi
truncate -s 10T huge
tar -cSf huge.tar huge
refused 'a file that claims 10 TiB' "entry 'huge' is refused: .*more than 64.0 MiB" huge.tar
mkfifo piped
cat huge.tar >piped &
refused 'and from a pipe' "entry 'huge' is refused: .*more than 8.0 GiB" - <piped
wait
tar -cf late.tar --format=pax --pax-option=mtime:=9223372036854775807 top/a
refused 'a time beyond all' 'its time is later than the year 2106' late.tar
tar -cf early.tar --format=pax --pax-option=mtime:=-7.5 top/a
rm -rf dst
ok 'a time before 1970' unpack --unverified --epoch-file epoch early.tar dst
is 'a time before 1970 is that' "$(cat epoch) $(stat -c %Y dst/a)" '0 0'
head -c 100M /dev/zero >zeros
tar -cf - zeros | xz -0 >zeros.tar.xz
refused 'a bomb' 'more than 64.0 MiB' zeros.tar.xz --max-size 64M
if command -v zstd >/dev/null; then
	tar -cf - zeros | zstd -q >zeros.tar.zst
	cat zeros.tar.zst >piped &
	refused 'a bomb in a pipe' 'it decompresses to more than 1100 times its size' - <piped
	wait
	cat zeros.tar.zst >piped &
	unpack --unverified --max-size 200M - out <piped
	is 'it is taken if it may be' "$(stat -c %s out/zeros)" 104857600
	rm -rf out
else
	skip 'a bomb in a pipe' 'no zstd on this machine'
fi

# What the system says is told, and nothing stays.
(trap '' XFSZ && ulimit -f 100 && "$TOOLBIN/unpack" --unverified --max-size 200M zeros.tar.xz out 2>err) || :
is 'a file that may not grow' "$(cat err)" "unpack: zeros.tar.xz: entry 'zeros': Write failed: File too large"
(ulimit -f 100 && "$TOOLBIN/unpack" --unverified --max-size 200M zeros.tar.xz out 2>err) || :
is 'nor end it' "$(cat err)" "unpack: zeros.tar.xz: entry 'zeros': Write failed: File too large"
is 'a file that may not grow: nothing left' "$(ls -d out* 2>/dev/null || :)" ""
mkdir small
# shellcheck disable=SC2016 # the inner shell's
full='mount -t tmpfs -o size=1m none small && cd small && { "$1" --unverified --max-size 200M ../zeros.tar.xz out 2>../err; ls; }'
if unshare -rm true 2>/dev/null; then
	is 'a full disk: nothing left' "$(unshare -rm sh -c "$full" sh "$TOOLBIN/unpack")" ""
	is 'a full disk' "$(cat err)" \
		"unpack: ../zeros.tar.xz: entry 'zeros': Write failed: No space left on device"
else
	skip 'a full disk' 'no name spaces on this machine'
fi

# begin OPTION...: start it, with standard input from the fifo pipe, which is held open; $pid.
rm -rf dst
mkfifo pipe
begin() {
	# under nohup SIGHUP is ignored, which a program hands on to those that it starts
	env --default-signal=HUP "$TOOLBIN/unpack" --unverified "$@" dst <pipe 2>err &
	pid=$!
	exec 9>pipe
}

# await COMMAND...: until it succeeds, or 60 s are over.
await() {
	tries=0
	until "$@" >/dev/null 2>&1 || [ $tries = 600 ]; do
		sleep 0.1
		tries=$((tries + 1))
	done
}

# ended NAME SIGNAL STATUS: it ends by SIGNAL in time, with STATUS, and leaves nothing.
ended() {
	kill "-$2" "$pid"
	(sleep 60 && kill -KILL "$pid") >/dev/null 2>&1 &
	watch=$!
	status=0
	wait "$pid" 2>/dev/null || status=$?
	kill $watch 2>/dev/null || :
	exec 9>&-
	is "$1: SIG$2 ends it" "$status" "$3"
	is "$1: nothing left" "$(ls -d dst* 2>/dev/null || :)" ""
}

# A signal ends it at every stage, and what there is so far is removed.
begin -
head -c 200 t.tar >&9
await test -d "dst.tmp$pid"
ok 'a temporary while it works' test -d "dst.tmp$pid"
ended 'waiting for data' TERM 143
is 'SIGTERM: says so' "$(cat err)" 'unpack: -: interrupted'
begin -
head -c 200 t.tar >&9
await test -d "dst.tmp$pid"
ended 'SIGHUP' HUP 129

# What it does within libarchive cannot be interrupted there: pax headers with access control lists of this size take
# it minutes. A header is a file's of which the type, and so the sum, are changed.
awk 'BEGIN { for (i = 0; i < 60000; i++) printf "u:%d:rwx,", i; print "" }' >acl
length=$(($(wc -c <acl) + 25))
printf '%s SCHILY.acl.access=' "$length" | cat - acl >record
is 'the record is as long as it says' "$(wc -c <record)" "$length"
tar -b 1 -cf header record
old=$(dd if=header bs=1 skip=148 count=6 2>/dev/null)
printf '%06o' $((0$old + 0110)) | dd of=header bs=1 seek=148 conv=notrunc 2>/dev/null
printf x | dd of=header bs=1 seek=156 conv=notrunc 2>/dev/null
head -c -1024 header >once
{ cat once once once once once once once once && cat t.tar; } >acl.tar
begin acl.tar
await test -e "dst.tmp$pid"
ended 'busy with a header' TERM 143

mkfifo epoch-fifo
begin --epoch-file epoch-fifo t.tar
await test -f "dst.tmp$pid/top/a"
ended 'waiting for a reader of the epoch' TERM 143

# The process that unpacks is ended by somebody.
begin -
head -c 200 t.tar >&9
await grep -q . "/proc/$pid/task/$pid/children"
pid2=$(tr -d ' ' <"/proc/$pid/task/$pid/children")
kill -KILL "$pid2"
status=0
wait "$pid" || status=$?
exec 9>&-
is 'its child is killed: status' $status 1
is 'its child is killed: says so' "$(cat err)" \
	'unpack: -: the process that unpacked it was ended by signal 9 (Killed)'
is 'its child is killed: nothing left' "$(ls -d dst* 2>/dev/null || :)" ""

done_testing
