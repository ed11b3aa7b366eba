#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# mkinitramfs: any initramfs listed, extracted and written as a list; compressed or not, alone
# or several in a row; and what a hostile one cannot do.
# shellcheck disable=SC2016 # ${...} is for the tables
set -eu
# shellcheck source=support/tests/mkinitramfs.sh
. support/tests/mkinitramfs.sh

mkdir -p tree/bin tree/etc
printf 'echo hi\n' >tree/bin/sh
chmod 4755 tree/bin/sh
ln tree/bin/sh tree/bin/ash
ln -s sh 'tree/bin/b sh'
seq 1 20000 >tree/etc/numbers
chmod 500 tree/etc
mkfifo -m 640 tree/fifo
cat >table <<'EOF'
dir /dev 0755 0 0
nod /dev/sda 0660 0 6 b 8 0
EOF
"$mki" -o plain --layer t=tree --table t=table
cat >want <<'EOF'
# cpio at 0
drwxr-xr-x   2     0     0          0 1970-01-01 00:00 bin
-rwsr-xr-x   2     0     0          0 1970-01-01 00:00 bin/ash
lrwxrwxrwx   1     0     0          2 1970-01-01 00:00 "bin/b sh" -> sh
-rwsr-xr-x   2     0     0          8 1970-01-01 00:00 bin/sh
drwxr-xr-x   2     0     0          0 1970-01-01 00:00 dev
brw-rw----   1     0     6    8,    0 1970-01-01 00:00 dev/sda
dr-x------   2     0     0          0 1970-01-01 00:00 etc
-rw-r--r--   1     0     0     108894 1970-01-01 00:00 etc/numbers
prw-r-----   1     0     0          0 1970-01-01 00:00 fifo
EOF
is 'a list' "$("$mki" --list plain)" "$(cat want)"
is 'a list does not depend on the time zone' "$(TZ=Asia/Tokyo "$mki" --list plain)" "$(cat want)"

# facts DIR: all that extracting has to give back, but for device nodes.
facts() {
	(cd "$1" && find . -mindepth 1 ! -type b -printf '%P %M %n %s %l\n' | sed 's/^\([^ ]*\) d\(.*\) [0-9]* [0-9]* $/\1 d\2/' | sort)
	cat "$1/bin/ash" "$1/etc/numbers"
}
facts tree >tree.facts
echo 'dev drwxr-xr-x' >>tree.facts
sort tree.facts >want

for how in none gzip bzip2 xz zstd lz4; do
	ok "$how: it makes an archive" "$mki" -o "p.$how" --compress "$how" --layer t=tree --table t=table
	is "$how: lists the same" "$("$mki" --list "p.$how" | sed 1d)" "$("$mki" --list plain | sed 1d)"
	like "$how: is named" "$("$mki" --list "p.$how")" "^# $(echo "$how" | sed 's/none/cpio/') at 0"
	ok "$how: extracts" "$mki" --extract "p.$how" "x.$how"
	is "$how: ... to the same" "$(facts "x.$how" | sort)" "$(cat want)"
	if [ "$how" = none ]; then
		continue
	elif command -v "$how" >/dev/null; then
		ok "$how: the program of that name takes it" sh -c '"$1" -dc <"$2" | cmp - plain' sh "$how" "p.$how"
	else
		skip "$how: the program takes it" "no $how here"
	fi
done
if command -v xz >/dev/null; then
	xz --format=lzma -c plain >p.lzma
	is 'lzma is read, too' "$("$mki" --list p.lzma | sed 1d)" "$("$mki" --list plain | sed 1d)"
else
	skip 'lzma' 'no xz here'
fi
if command -v cpio >/dev/null; then
	is 'cpio lists the same names' "$(cpio -t --quiet <plain)" "$("$mki" --list plain | sed '1d
		s/.*00:00 //; s/ -> .*//; s/"//g')"
	mkdir c
	(cd c && cpio -id --quiet <../plain 2>/dev/null) || :
	is 'cpio extracts the same' "$(facts c | sort)" "$(cat want)"
	for format in newc crc; do
		(cd tree && find . | LC_ALL=C sort | cpio -o -H "$format" --quiet) >"c.$format"
		ok "an archive of cpio -H $format is read" "$mki" --extract "c.$format" "x.$format"
		is '... to the same' "$(facts "x.$format")" "$(facts tree)"
	done
	(cd tree && find . | cpio -o -H odc --quiet) >c.odc
	fails 1 'an archive of cpio -H odc is not' "$mki" --list c.odc
	said '... and the way to make it is said' "^mkinitramfs: c.odc: offset 0: .*'cpio -H newc'"
else
	skip 'cpio' 'no cpio here'
fi

# Written as a list, and back.
is 'a list for gen_init_cpio' "$("$mki" --write-list --source-prefix '${X}' plain)" 'dir /bin 0755 0 0
file /bin/ash ${X}/bin/ash 4755 0 0 /bin/sh
slink "/bin/b sh" sh 0777 0 0
dir /dev 0755 0 0
nod /dev/sda 0660 0 6 b 8 0
dir /etc 0500 0 0
file /etc/numbers ${X}/etc/numbers 0644 0 0
pipe /fifo 0640 0 0'
"$mki" --write-list --source-prefix x.none plain >list
"$mki" -o again --table t=list
ok '... from which the same archive is made' cmp plain again

# Several in a row.
mkdir -p first/kernel second/bin
echo microcode >first/kernel/code
echo second >second/bin/sh
"$mki" -o s.xz --compress xz --layer s=second
for how in none gzip bzip2 xz zstd lz4; do
	"$mki" -o row --compress "$how" --layer f=first --append p.lz4 --append plain --append s.xz
	"$mki" --list row >listed
	is "$how, lz4, cpio and xz in a row" "$(sed -n 's/^# \(.*\) at.*/\1/p' listed | xargs)" \
		"$(echo "$how" | sed 's/none/cpio/') lz4 cpio xz"
	is '... have all entries' "$(grep -vc '^#' listed)" 22
done
is 'a list of them has what the kernel would leave' \
	"$("$mki" --write-list row | sed -n '/ash/p; /kernel/p')" \
	'file /bin/ash bin/ash 0644 0 0 /bin/sh
dir /kernel 0755 0 0
file /kernel/code kernel/code 0644 0 0'
ok 'they extract over each other' "$mki" --extract row x.row
is '... through names that are hard links, as in the kernel' "$(cat x.row/bin/ash x.row/kernel/code)" 'second
microcode'
{ cat first/kernel/code plain; } >junk
fails 1 '--append of what is no archive' "$mki" -o never --layer f=first --append junk
said '... is refused' '^mkinitramfs: junk: offset 0: this is neither a cpio archive nor compressed data'
fails 1 '--append of what is not there' "$mki" -o never --layer f=first --append none
said '... is refused' '^mkinitramfs: none: cannot read: No such file'
{ cat p.gzip; head -c 5000 /dev/zero; cat plain; } >padded
fails 1 'padding that breaks the alignment' "$mki" --list padded
said '... is told' '^mkinitramfs: padded: offset [0-9]*: an entry does not begin at a multiple of 4 bytes'

# Broken ones.
for how in gzip bzip2 xz zstd lz4; do
	head -c "$(($(wc -c <"p.$how") / 2))" "p.$how" >broken
	fails 1 "$how data that is cut off" "$mki" --list broken
	said '... is told' "^mkinitramfs: broken: $how data at offset 0: the compressed data is cut off"
	fails 1 '... is not appended' "$mki" -o never --layer f=first --append broken
	said '... for that reason' "^mkinitramfs: broken: $how data at offset 0: the compressed data is cut off"
	head -c "$(($(wc -c <"p.$how") - 1))" "p.$how" >broken
	fails 1 '... nor without its last byte' "$mki" -o never --layer f=first --append broken
done
head -c 500 plain >broken
fails 1 'an archive that is cut off' "$mki" --list broken
said '... is told, with the offset' '^mkinitramfs: broken: offset 488: the archive is cut off'
fails 1 '... is not appended' "$mki" -o never --layer f=first --append broken
# Cut between two entries it is one by the kernel's format, but hardly what was meant.
head -c "$(LC_ALL=C grep -abo TRAILER plain | sed 's/:.*//' | awk '{ print $1 - 110 }')" plain >broken
ok 'one without a trailer is listed' "$mki" --list broken
fails 1 '... but not appended' "$mki" -o never --layer f=first --append broken
said '... for that reason' '^mkinitramfs: broken: an archive in it ends without a trailer, so it is cut off'
gzip -n <broken >broken.gz
fails 1 '... nor compressed' "$mki" -o never --layer f=first --append broken.gz
cat broken.gz p.gzip >broken
fails 1 '... nor before one that has one' "$mki" -o never --layer f=first --append broken
: >broken
fails 1 'nor is an empty file' "$mki" -o never --layer f=first --append broken
said '... for that reason' '^mkinitramfs: broken: there is no archive in it'
head -c 512 /dev/zero >broken
fails 1 'nor one of zeros' "$mki" -o never --layer f=first --append broken
ok 'one that is empty but for its trailer is' sh -c ': >nothing && "$1" -o broken --table t=nothing && "$1" -o whole --layer f=first --append broken' sh "$mki"
is 'nothing was made of what was refused' "$(ls never* 2>/dev/null)" ''
{ cat p.gzip; echo garbage; } >broken
fails 1 'garbage at the end' "$mki" --list broken
said '... is told' 'broken: offset [0-9]*: this is neither a cpio archive nor compressed data'
echo garbage | gzip >broken
fails 1 'garbage that is compressed' "$mki" --list broken
said '... is told' 'broken: gzip data at offset 0, offset 0 in it: this is no cpio archive'
printf '\211LZO and so on' >broken
fails 1 'lzo' "$mki" --list broken
said '... is named' 'broken: offset 0: lzo is not supported'
fails 1 'a file that is not there' "$mki" --list none
said '... is told' '^mkinitramfs: none: cannot read: No such file'
: >broken
is 'an empty file holds nothing' "$("$mki" --list broken)" ''

# entry MODE NAME DATA [NLINK INO]: a hostile entry.
entry() {
	printf '070701%08X%08X%08X%08X%08X%08X%08X%08X%08X%08X%08X%08X%08X%s\000' "${5:-1}" "$((0$1))" \
		"$(id -u)" "$(id -g)" "${4:-1}" 0 ${#3} 0 0 0 0 $((${#2} + 1)) 0 "$2"
	pad $((110 + ${#2} + 1))
	printf %s "$3"
	pad ${#3}
}
pad() {
	printf '\000\000\000\000' | head -c $(((4 - $1 % 4) % 4))
}
# hostile NAME MESSAGE: extracting the file evil fails, and leaves the outside alone.
hostile() {
	rm -rf jail outside
	mkdir outside
	echo safe >outside/file
	chmod 644 outside/file
	fails 1 "$1" "$mki" --extract evil jail/root
	said '... is refused' "$2"
	is '... and nothing happens outside' "$(ls -A jail) $(ls -A outside) $(cat outside/file) $(stat -c %a outside/file)" \
		'root file safe 644'
}
out=$SCRATCH/outside
entry 100644 ../evil x >evil
hostile 'a name with ..' '^mkinitramfs: ../evil: not extracted: the name leads out'
entry 100644 a/../../evil x >evil
hostile 'a name with .. inside' 'leads out of the directory'
entry 100644 "$out/evil" x >evil
hostile 'an absolute name' 'leads out of the directory'
{ entry 120777 l "$out"; entry 100644 l/evil x; } >evil
hostile 'a path through a link' '^mkinitramfs: l/evil: not extracted: it lies below what is no directory'
{ entry 120777 l "$out"; entry 040777 l/d ''; } >evil
hostile 'a directory through a link' 'not extracted: it lies below'
{ entry 120777 l "$out"; entry 040777 l ''; entry 100644 l/../x y; } >evil
hostile 'a directory over a link' 'leads out'
is '... which takes its place' "$(stat -c %F jail/root/l)" directory
{ entry 100644 a '' 2 7; entry 120777 a "$out/file"; entry 100777 b '' 2 7; } >evil
hostile 'a hard link to a link' '^mkinitramfs: b: File exists'
{ entry 100644 a '' 2 7; entry 120777 a "$out/file"; entry 100777 b bad 2 7; entry 100644 ../c ''; } >evil
hostile 'data through a hard link to a link' 'leads out'
{ entry 040755 d ''; entry 100644 d/f x; entry 120777 d "$out"; } >evil
hostile 'a link over a directory with files' '^mkinitramfs: d: Directory not empty'
entry 170000 odd '' >evil
hostile 'an unknown type' '^mkinitramfs: odd: not extracted: an entry of unknown type'
entry 100644 . x >evil
hostile 'a file in the place of the root' 'would take the place of the directory'
entry 100644 "$(printf 'esc\033[2J')" '' >evil
is 'control characters do not reach the terminal' "$("$mki" --list evil | sed -n 2p | cut -c 56-)" '"esc\033[2J"'
entry 100644 ../evil x >evil
fails 1 '--write-list of a name with ..' "$mki" --write-list evil
said '... is refused' '^mkinitramfs: ../evil: the name leads out of the tree'

# Where to extract.
mkdir full
: >full/x
fails 1 'a directory that is not empty' "$mki" --extract plain full
said '... is refused' '^mkinitramfs: full: not empty: give a new or an empty directory'
mkdir empty
ok 'an empty directory is fine' "$mki" --extract plain empty
{ entry 040000 d ''; entry 100644 d/f x; entry 100000 d/g y; } >closed
ok 'a directory that is closed to us is filled first' "$mki" --extract closed x.closed
is '... and closed then' "$(stat -c %a x.closed/d)" 0
if [ "$(id -u)" = 0 ] && command -v setpriv >/dev/null; then
	chmod 755 . && mkdir -m 777 drop
	ok 'it extracts as a user' setpriv --reuid 1234 --regid 5678 --clear-groups \
		"$mki" --extract plain drop/x
	said '... less the device, with a note' '^mkinitramfs: dev/sda: skipped: only root can make a device node'
	is '... to the same' "$(facts drop/x | sort)" "$(cat want)"
	ok '... and what is closed, too' setpriv --reuid 1234 --regid 5678 --clear-groups \
		"$mki" --extract closed drop/c
else
	skip 'it extracts as a user' 'needs root and setpriv'
fi
if [ "$(id -u)" = 0 ] && mknod probe b 8 0 2>/dev/null; then
	is 'root gets owners and devices' "$(stat -c '%u %g %a %F %t' x.none/dev/sda)" '0 6 660 block special file 8'
else
	skip 'root gets devices' 'needs root'
fi
is 'nothing was made by what failed' "$([ ! -e never ] || echo never)" ''

# Control characters, of both sets, reach no terminal; they stay what they are in lists.
rm -rf odd
mkdir odd
c1=$(printf '\302\233')
for name in "$(printf 'esc\033[31mred')" "c1${c1}31m" "$(printf 'latin\344')" "$(printf 'cr\rx')" 'ümlaut'; do
	echo 1 >"odd/$name"
done
ln -s "$(printf 'to\033]0;title\007')" odd/link
"$mki" -o names -m rootfs.manifest --layer "$(printf 'who\033[2J')"=odd
"$mki" -o none --table t=nothing
# raw COMMAND...: the bytes of its output and messages that would harm a terminal.
raw() {
	"$@" 2>&1 | LC_ALL=C sed "s/ümlaut//g; s/$c1/C1/g" | LC_ALL=C tr -d '\n\t -~' | od -An -c
}
is '--list shows no raw control characters' "$(raw "$mki" --list names)" ''
is '--diff shows none' "$(raw "$mki" --diff none names)$(raw "$mki" --diff names none)" ''
is '--sizes shows none' "$(raw "$mki" --sizes names)$(raw "$mki" --sizes --files names)" ''
ok '... not even of C1' sh -c '! { "$1" --list names; "$1" --diff none names; "$1" --sizes --files names; "$1" --write-list names; } | LC_ALL=C grep -q "$2"' sh "$mki" "$c1"
like '--list shows what is there' "$("$mki" --list names)" 'ümlaut$'
rm rootfs.manifest
cp -r odd odd2
echo 2 >"odd2/$(printf 'esc\033[31mred')"
fails 1 'names in messages' "$mki" -o never --layer a=odd --layer b=odd2
is '... have none either' "$(LC_ALL=C tr -d '\n\t -~' <.tap.out | od -An -c)" ''
"$mki" --extract names x.names
"$mki" --write-list --source-prefix x.names names >list
ok 'a list of such names' "$mki" -o again --table t=list
ok '... gives the same archive' cmp names again
done_testing
