#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# mkinitramfs: an image of several parts, what is kept of them for the next run, and archives that
# go over one that was made before.
set -eu
# shellcheck source=support/tests/mkinitramfs.sh
. support/tests/mkinitramfs.sh
put base/usr/bin/tool tool
put base/etc/conf base
put mod/usr/lib/modules/1/a.ko one
put mod/usr/lib/modules/1/b.ko two
ln mod/usr/lib/modules/1/a.ko mod/usr/lib/modules/1/c.ko
put over/etc/conf mine

# pieces FILE: the kinds of its pieces.
pieces() {
	"$mki" --list "$1" | sed -n 's/^# \(.*\) at.*/\1/p' | xargs
}
# made OPTION...: the usual image, as out.gz and plain.
made() {
	"$mki" -o out.gz -m manifest --compress gzip --plain plain --kept kept \
		--layer base=base --layer mod=mod --apart mod --overlay over=over "$@"
}

# Parts.
ok 'two parts' made
is 'are two compressed pieces' "$(pieces out.gz)" 'gzip gzip'
is 'and two plain archives' "$(pieces plain)" 'cpio cpio'
is 'the second has what that layer brings, the first the rest' "$("$mki" --list plain | sed -n 's/.*00:00 //p; s/^# .*/#/p' | xargs)" \
	'# etc etc/conf usr usr/bin usr/bin/tool # usr/lib usr/lib/modules usr/lib/modules/1 usr/lib/modules/1/a.ko usr/lib/modules/1/b.ko usr/lib/modules/1/c.ko'
ok 'they unpack to one tree' "$mki" --extract out.gz x
is 'with hard links' "$(stat -c %h x/usr/lib/modules/1/a.ko)" 2
is 'the manifest is one' "$(cut -d ' ' -f 1,8 manifest | xargs)" \
	'/etc base /etc/conf over /usr base /usr/bin base /usr/bin/tool base /usr/lib mod /usr/lib/modules mod /usr/lib/modules/1 mod /usr/lib/modules/1/a.ko mod /usr/lib/modules/1/b.ko mod /usr/lib/modules/1/c.ko mod'
ok 'without --plain it is the same' "$mki" -o again.gz --compress gzip --layer base=base --layer mod=mod --apart mod --overlay over=over
ok '... to the byte' cmp out.gz again.gz
for how in none bzip2 xz zstd lz4; do
	"$mki" -o a --compress $how --layer base=base --layer mod=mod --apart mod
	"$mki" -o b --compress $how --plain p --layer base=base --layer mod=mod --apart mod
	ok "$how: likewise" cmp a b
	is "$how: both parts" "$("$mki" --list a | grep -c '\.ko')" 3
done
"$mki" -o one --layer base=base --layer mod=mod
is 'what is unpacked is what one archive has' "$("$mki" --write-list one)" "$("$mki" --write-list a)"
put over/usr/lib/modules/1/a.ko mine
put over/usr/lib/modules/2/d.ko mine
ok 'an overlay over what stays apart' made
is '... is the only one who brings that path' "$("$mki" --list plain | grep -c 'a\.ko')" 1
rm -rf x
ok '... and wins' "$mki" --extract out.gz x
is '... with directories in front of what they hold' "$(cat x/usr/lib/modules/1/a.ko x/usr/lib/modules/1/c.ko x/usr/lib/modules/2/d.ko | xargs)" 'mine one mine'
rm -r over/usr
put mod/etc/conf mod
fails 1 'two layers that differ' "$mki" -o never --layer base=base --layer mod=mod --apart mod
said '... are told, apart or not' "^mkinitramfs: /etc/conf: layers 'base' and 'mod' bring different content"
rm -r mod/etc
mkdir empty
"$mki" -o a --layer base=base --layer e=empty --apart e
"$mki" -o b --layer base=base
ok 'a part with nothing in it is none' cmp a b
fails 2 '--apart of no layer' "$mki" -o never --layer base=base --apart mod
said '... is told' '^mkinitramfs: --apart mod: there is no layer of that name'

# What is kept.
made
find kept -type f | sort >before
is 'a compressed archive is kept for each part' "$(wc -l <before)" 2
made
is 'the next run makes none' "$(find kept -type f | sort)" "$(cat before)"
cp out.gz first.gz
touch -d @0 kept/*
put mod/usr/lib/modules/1/b.ko changed
made
is 'a change in one part leaves the other' "$(find kept -type f ! -newermt @1 | wc -l) $(find kept -type f | wc -l)" '1 2'
"$mki" -o clean.gz --compress gzip --layer base=base --layer mod=mod --apart mod --overlay over=over
ok '... and the bytes are those of a first run' cmp out.gz clean.gz
put base/usr/bin/tool longer-than-before
touch -d @0 kept/*
made
is 'a change in the other, too' "$(find kept -type f ! -newermt @1 | wc -l)" 1
put mod/usr/lib/modules/1/b.ko two
put base/usr/bin/tool tool
made
ok 'and back' cmp out.gz first.gz
find kept -type f | sort >before
made --level 1
find kept -type f | sort >after
is 'another level makes all anew' "$(comm -12 before after | wc -l)" 0
# A power cut may leave files that are empty or hold other bytes than were written.
cp out.gz level1.gz
for file in kept/*; do
	cp "$file" whole
	for how in empty short long zeros; do
		case $how in
		empty) : >"$file" ;;
		short) head -c 100 whole >"$file" ;;
		long) echo more >>"$file" ;;
		zeros) head -c "$(wc -c <whole)" /dev/zero >"$file" ;;
		esac
		ok "one that is kept is damaged: $how" made --level 1
		is '... it is not said' "$(cat .tap.out)" ''
		ok '... the image is right' cmp out.gz level1.gz
		ok '... and it is as it was' cmp "$file" whole
	done
done
touch kept/mine
made
ok 'what is not of its making stays there' test -e kept/mine
"$mki" -o out.none -m m2 --plain p2 --kept kept2 --layer base=base
ok 'what is not compressed is not kept' test ! -e kept2
ok '... and is the same' cmp out.none p2
fails 2 '--kept alone' "$mki" -o never --kept kept --layer base=base
said '... is refused' 'kept goes with --plain'
fails 2 '--plain and -o' "$mki" -o never --plain never --layer base=base
said '... must differ' 'plain names the same file'
: >file
fails 1 'a directory that is none' "$mki" -o never --compress gzip --plain never.p --kept file/kept --layer base=base
said '... is told' '^mkinitramfs: file/kept: cannot keep archives there:'
is 'nothing is left' "$(ls -d never* 2>/dev/null || :)" ''

# Appended archives go after both forms.
"$mki" -o extra.cpio --layer over=over
ok 'an archive that is appended' made --append extra.cpio
is '... to the compressed one' "$(pieces out.gz)" 'gzip gzip cpio'
is '... to the plain one' "$(pieces plain)" 'cpio cpio cpio'
ok 'archives alone are joined' "$mki" -o joined --append first.gz --append extra.cpio
is '... in that order' "$(pieces joined)" 'gzip gzip cpio'

# Over what was made before.
cat >table <<'END'
dir /dev 0755 0 0
dir /tmp 1777 0 0
nod /dev/null 0666 0 0 c 1 3
slink /link etc 0777 0 0
pipe "/a pipe" 0600 0 0
END
"$mki" -o base.cpio -m base.manifest --layer base=base --table table=table
put extra/tmp/x new
put extra/etc/conf new
ok 'an overlay over a manifest' "$mki" -o e.cpio -m e.manifest --over base.manifest --overlay extra=extra
is '... has what is new, and no directory that is there' "$("$mki" --list e.cpio | sed -n 's/.*00:00 //p' | xargs)" 'etc/conf tmp/x'
cat base.cpio e.cpio >both
"$mki" -o want --layer base=base --table table=table --overlay extra=extra
is '... and gives with it what one run would' "$("$mki" --write-list both)" "$("$mki" --write-list want)"
"$mki" -o want -m want.manifest --layer base=base --table table=table --overlay extra=extra
ok '... as the manifest says' cmp e.manifest want.manifest
ok 'a layer that brings the same' "$mki" -o e.cpio --over base.manifest --layer base2=base
is '... adds nothing' "$("$mki" --list e.cpio | wc -l)" 1
put other/etc/conf other
fails 1 'a layer that differs' "$mki" -o never --over base.manifest --layer other=other
said '... is told' "/etc/conf: layers 'base' and 'other' bring different content"
put other2/dev/null other
ok 'an overlay may replace a device' "$mki" -o never --over base.manifest --overlay o=other2
rm never
echo 'dir /tmp 0700 1 1' >t
ok 'a table may change a directory' "$mki" -o e.cpio --over base.manifest --table t=t
is '... that is there' "$("$mki" --write-list e.cpio)" 'dir /tmp 0700 1 1'
echo 'perm /dev/null 0600 0 0' >t
ok 'perm of what is there' "$mki" -o e.cpio --over base.manifest --table t=t
is '... packs it anew' "$("$mki" --write-list e.cpio)" 'nod /dev/null 0600 0 0 c 1 3'
echo 'perm /etc/conf 0600 0 0' >t
fails 1 'perm of a file that is there' "$mki" -o never --over base.manifest --table t=t
said '... is refused' "^mkinitramfs: t:1: /etc/conf is there already, by 'base', and its content is not at hand"
put none/nowhere/x x
echo 'file /missing/x none/nowhere/x 0644 0 0' >t
fails 1 'a missing parent' "$mki" -o never --over base.manifest --table t=t
said '... is told' 't:1: /missing/x: nothing brings the directory /missing'
"$mki" -o l.cpio -m l.manifest --layer mod=mod
put linked/usr/lib/modules/1/a.ko new
fails 1 'one name of a file with several' "$mki" -o never --over l.manifest --overlay o=linked
said '... cannot be replaced' '/usr/lib/modules/1/a.ko has further names (hard links) in what is there already'
for line in 'x' '/x fifo 0644 0 0 0 - l' '/x file 0999 0 0 0 - l' '/x file 0644 0 0 0 abc l' '/x link 0644 0 0 0 /y l' '/x char 0644 0 0 0 5 l'; do
	echo "$line" >m
	fails 1 "a manifest with '$line'" "$mki" -o never --over m --layer base=base
	said '... is refused' '^mkinitramfs: m:1: '
done
fails 1 'a manifest that is not there' "$mki" -o never --over none.manifest --layer base=base
said '... is told' 'none.manifest: cannot read the manifest: No such file'
is 'nothing was made by what failed' "$([ ! -e never ] || echo never)" ''

# A skeleton: of a checkout, but equal to other layers.
put skel/etc/rc x
chmod 700 skel/etc skel/etc/rc
put skel/etc/plain x
chmod 600 skel/etc/plain
is 'modes of a skeleton' "$("$mki" -o s --skeleton s=skel && "$mki" --write-list s)" 'dir /etc 0755 0 0
file /etc/plain etc/plain 0644 0 0
file /etc/rc etc/rc 0755 0 0'
put skel/etc/conf skel
fails 1 'it overrides nothing' "$mki" -o never --layer base=base --skeleton s=skel
said '... and says so' "layers 'base' and 's' bring different content"
done_testing
