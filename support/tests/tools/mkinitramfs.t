#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# mkinitramfs: the archive and the manifest, byte for byte; determinism; what fails, and how.
set -eu
# shellcheck source=support/tests/mkinitramfs.sh
. support/tests/mkinitramfs.sh

# tree DIR: a small layer, made in the order of the names that follow.
tree() {
	mkdir "$1"
	dir=$1
	shift
	for what in "$@"; do
		case $what in
		bin) mkdir -p "$dir/bin" && chmod 755 "$dir/bin" ;;
		sh) mkdir -p "$dir/bin" && printf 'echo hi\n' >"$dir/bin/sh" && chmod 4755 "$dir/bin/sh" ;;
		zsh) ln "$dir/bin/sh" "$dir/bin/zsh" ;;
		ash) mkdir -p "$dir/bin" && ln -s sh "$dir/bin/ash" ;;
		empty) : >"$dir/empty" && chmod 600 "$dir/empty" ;;
		esac
	done
}
tree base bin sh zsh ash empty
mkdir -p over/etc
printf 'x=1\n' >over/etc/conf
chmod 600 over/etc/conf
cat >devices <<'EOF'
# what no tree can hold without root
dir /dev 0755 0 0
nod /dev/console 0600 0 5 c 5 1
pipe "/dev/a pipe" 0640 1 2
EOF

# make OUT [OPTION]...: the archive and its manifest, from all three.
make() {
	out=$1
	shift
	"$mki" -o "$out" -m "$out.manifest" "$@" \
		--layer base=base --overlay over=over --table "dev ices=devices"
}

# dump FILE: an archive as text, an entry a line, @ for zero bytes.
dump() {
	tr '\000' '@' <"$1" | awk '{ gsub(/070701/, "\n&"); print }'
}

# nothing DIR: there is nothing in it, not even a temporary file.
nothing() {
	is "$1" "$(ls -A "$2")" ''
}

ok 'it makes an archive' make out
cat >want <<'EOF'

07070100000001000041ED0000000000000000000000020000000000000000000000000000000000000000000000000000000400000000bin@@@
070701000000020000A1FF0000000000000000000000010000000000000002000000000000000000000000000000000000000800000000bin/ash@@@sh@@
07070100000003000089ED0000000000000000000000020000000000000000000000000000000000000000000000000000000700000000bin/sh@@@@
07070100000003000089ED0000000000000000000000020000000000000008000000000000000000000000000000000000000800000000bin/zsh@@@echo hi

07070100000004000041ED0000000000000000000000020000000000000000000000000000000000000000000000000000000400000000dev@@@
07070100000005000011A00000000100000002000000010000000000000000000000000000000000000000000000000000000B00000000dev/a pipe@@@@
07070100000006000021800000000000000005000000010000000000000000000000000000000000000005000000010000000C00000000dev/console@@@
07070100000007000081800000000000000000000000010000000000000000000000000000000000000000000000000000000600000000empty@
07070100000008000041ED0000000000000000000000020000000000000000000000000000000000000000000000000000000400000000etc@@@
07070100000009000081A40000000000000000000000010000000000000004000000000000000000000000000000000000000900000000etc/conf@@x=1

07070100000000000000000000000000000000000000010000000000000000000000000000000000000000000000000000000B00000000TRAILER!!!
EOF
is 'the archive is as it was' "$(dump out | sed '$s/@*$//')" "$(cat want)"
is 'its length is a multiple of 512' "$(($(wc -c <out) % 512))" 0
cat >want <<'EOF'
/bin dir 0755 0 0 0 - base
/bin/ash slink 0777 0 0 0 sh base
/bin/sh file 4755 0 0 8 ab08508fdf5ca4da5c4995987bc41c56c048aaa5eeb046417ae4049b7d40286e base
/bin/zsh link 4755 0 0 8 /bin/sh base
/dev dir 0755 0 0 0 - "dev ices"
"/dev/a pipe" pipe 0640 1 2 0 - "dev ices"
/dev/console char 0600 0 5 0 5:1 "dev ices"
/empty file 0600 0 0 0 e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855 base
/etc dir 0755 0 0 0 - over
/etc/conf file 0644 0 0 4 98752ee28d5484bdc2814fb70adb6a0b2fb31f6a9b8ee7ae81fd2fc9cf300b3b over
EOF
is 'the manifest is as it was' "$(cat out.manifest)" "$(cat want)"

# Same input, same bytes.
mv base base1
tree base empty ash sh bin zsh
ok 'the order in which files were made does not matter' make again
ok '... same archive' cmp out again
rm -r over
(umask 077 && mkdir -p over/etc && printf 'x=1\n' >over/etc/conf)
touch -d 2001-01-01 over/etc/conf base/bin
ok 'umask, time zone and locale do not matter' env TZ=Asia/Tokyo LC_ALL=C.UTF-8 sh -c '
	umask 077
	exec "$@"' sh "$mki" -o again -m again.manifest \
	--table "dev ices=devices" --overlay over=over --layer base=base
ok '... same archive' cmp out again
ok '... same manifest' cmp out.manifest again.manifest
mkdir elsewhere
cd elsewhere
ok 'the directory it runs in does not matter' "$mki" -o ../again \
	--layer base=../base/ --overlay "over=$SCRATCH/over" --table 'dev ices=../devices'
cd ..
ok '... same archive' cmp out again
if [ "$(id -u)" = 0 ] && command -v setpriv >/dev/null; then
	chmod 755 . && chmod 644 base/empty && cp -a base theirs && chown -R 1234:5678 theirs
	chmod 4755 theirs/bin/sh
	"$mki" -o root --layer base=base
	mkdir -m 777 drop
	ok 'the user does not matter' setpriv --reuid 1234 --regid 5678 --clear-groups \
		"$mki" -o drop/out --layer base=theirs
	ok '... same archive' cmp root drop/out
	chmod 600 base/empty
else
	skip 'the user does not matter' 'needs root and setpriv'
fi

# Time stamps: the sixth number of a header.
stamp() {
	dd if="$1" bs=1 skip=46 count=8 2>/dev/null
}
is 'time stamps are 0' "$(stamp out)" 00000000
SOURCE_DATE_EPOCH=255 make again
is '... or SOURCE_DATE_EPOCH' "$(stamp again)" 000000FF
SOURCE_DATE_EPOCH=255 make again --mtime 16
is '... or --mtime, which wins' "$(stamp again)" 00000010
make again --mtime 4294967295
is '... up to 2106' "$(stamp again)" FFFFFFFF
fails 2 '... not later' make again --mtime 4294967296
said '... and says so' "--mtime takes a number from 0 to 4294967295, not '4294967296'"
fails 2 'a bad SOURCE_DATE_EPOCH' env SOURCE_DATE_EPOCH=today "$mki" -o again --layer base=base
said '... is named' "SOURCE_DATE_EPOCH takes a number from 0 to 4294967295, not 'today'"

# The manifest is left alone while it stays the same.
touch -d 2001-01-01 out.manifest
make out
ok 'a manifest that is the same is not written' [ out.manifest -ot devices ]
printf 'x=2\n' >over/etc/conf
make out
fails 1 'a changed one is' [ out.manifest -ot devices ]
like '... with the new digest' "$(cat out.manifest)" '^/etc/conf file 0644 0 0 4 [^9]'

# Failures: nothing appears, nothing is left behind, what was there stays.
mkdir new
fails 1 'a layer that is missing' "$mki" -o new/out -m new/man --layer a=none
said '... is named' '^mkinitramfs: none: cannot list the directory: No such file'
nothing '... and nothing is made' new
fails 1 'an overlay that is missing' "$mki" -o new/out --overlay a=none
fails 1 'a table that is missing' "$mki" -o new/out --table a=none
said '... is named' "^mkinitramfs: none: cannot read the table 'a': No such file"
fails 1 'an output directory that is missing' "$mki" -o none/out --layer base=base
said '... is named' '^mkinitramfs: none/out: cannot create: No such file'
fails 1 'a manifest that cannot be written' "$mki" -o new/out -m none/man --layer base=base
said '... is named' '^mkinitramfs: none/man: cannot create: No such file'
nothing '... and no archive is made' new
mkdir new/out
fails 1 'an archive that cannot take its name' "$mki" -o new/out -m new/man --layer base=base
said '... is named' '^mkinitramfs: new/out: cannot put it in place: Is a directory'
rmdir new/out
nothing '... and no manifest is made' new
head -c 3000000 /dev/urandom >base/big
for how in none gzip bzip2 xz zstd lz4; do
	fails 1 "a full disk, with $how" sh -c 'trap "" XFSZ; ulimit -f 1000; exec "$@"' sh \
		"$mki" -o new/out -m new/man --compress "$how" --layer base=base
	said '... is said' '^mkinitramfs: new/out: cannot write: File too large'
	nothing '... and nothing is left' new
done
rm base/big
truncate -s 4294967296 base/big
fails 1 'a file of 4 GiB' "$mki" -o new/out --layer base=base
said '... is named' '^mkinitramfs: base/big: it has 4294967296 bytes, but a cpio archive takes 4294967295'
rm base/big
: >'base/TRAILER!!!'
fails 1 'a file of the name that ends an archive' "$mki" -o new/out --layer base=base
said '... is named' '^mkinitramfs: base: /TRAILER!!!: this very name marks the end'
rm 'base/TRAILER!!!'
echo 'file /grows /proc/version 0644 0 0' >grows
fails 1 'a file that grows while it is read' "$mki" -o new/out --table t=grows
said '... is named' '^mkinitramfs: /proc/version: its size changed while it was read (it was 0 bytes)'
if [ "$(stat -c %s /sys/kernel/uevent_seqnum 2>/dev/null)" = 4096 ]; then
	echo 'file /shrinks /sys/kernel/uevent_seqnum 0644 0 0' >shrinks
	fails 1 'a file that shrinks while it is read' "$mki" -o new/out --table t=shrinks
	said '... is named' 'uevent_seqnum: its size changed while it was read (it was 4096 bytes)'
else
	skip 'a file that shrinks' 'no /sys here'
fi
nothing 'nothing is left of all that' new
mkfifo stuck
"$mki" -o new/out --layer base=base --append stuck &
pid=$!
for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
	[ -z "$(ls -A new)" ] || break
	sleep 0.1
done
like 'work goes on under a temporary name' "$(ls -A new)" '^out\.tmp'
kill "$pid"
status=0
wait "$pid" 2>/dev/null || status=$?
is 'a signal ends it' "$status" 143
nothing '... and the temporary file is gone' new

# Usage.
fails 2 'no arguments' "$mki"
said '... say what is needed' 'give the archive to write with -o OUT'
said '... and where to look' "try 'mkinitramfs --help'"
fails 2 'no layer' "$mki" -o new/out
said '... is said' 'give at least one --layer'
fails 2 'a layer without a name' "$mki" -o new/out --layer base
said '... is said' "'base': give a layer as NAME=PATH"
fails 2 'an operand' "$mki" -o new/out --layer base=base more
fails 2 'an unknown option' "$mki" --frobnicate
fails 2 'an unknown compression' make again --compress rar
said '... is said' "--compress is 'rar': give none, gzip, bzip2, xz, zstd or lz4"
fails 2 'a level that there is not' make again --compress gzip --level 10
said '... is said' "--level takes a number from 1 to 9, not '10'"
fails 2 'a level without a compression' make again --level 1
fails 2 'one name for both outputs' "$mki" -o new/out -m new/out --layer base=base
fails 2 'two modes' "$mki" --list --write-list out
fails 2 'making and listing' "$mki" --list -o new/out out
fails 2 'listing and compressing' "$mki" --list --compress gzip out
fails 2 '--source-prefix without --write-list' "$mki" --list --source-prefix x out
fails 2 '--extract without DIR' "$mki" --extract out
ok 'help' "$mki" --help
said '... is shown' '^usage: mkinitramfs'
nothing 'nothing was made' new
done_testing
