#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# mkinitramfs: tables. What gen_init_cpio takes gives the same tree; what is more; each error.
# shellcheck disable=SC2016 # ${...} is for the tables
set -eu
# shellcheck source=support/tests/mkinitramfs.sh
. support/tests/mkinitramfs.sh

# list OPTION...: what it makes, as a list.
list() {
	"$mki" -o out "$@" && "$mki" --write-list out
}

# bad NAME LINE MESSAGE: the table with just that line is refused at t:1.
bad() {
	printf '%s\n' "$2" >t
	fails 1 "$1" "$mki" -o never --table t=t
	said "... and says so" "^mkinitramfs: t:1: $3"
}

printf 'content\n' >src
mkdir sub
printf 'more\n' >sub/src
export SUB=sub

# A list in all of gen_init_cpio's format. The golden is what gen_init_cpio made of it (Linux
# 6.12): its archive, read back with --write-list.
cat >list <<'EOF'
# a comment

dir /dev 0755 0 0
dir	tab	755	0	0
nod /dev/console 0600 0 0 c 5 1
nod dev/sda 660 0 6 b 8 0 # a comment, too
   
slink /bin usr/bin 0777 0 0
dir /usr 0755 0 0
dir /usr/bin 01777 1000 100
file /usr/bin/tool src 04755 0 0
file /usr/bin/linked ${SUB}/src 0644 1 2 /usr/bin/linked2 /alink
file /empty /dev/null 0100644 0 0
pipe /fifo 0622 0 0
sock /socket 0755 5 5
slink /odd"name with\bs 0777 3 4
EOF
cat >golden <<'EOF'
file /alink alink 0644 1 2 /usr/bin/linked /usr/bin/linked2
slink /bin usr/bin 0777 0 0
dir /dev 0755 0 0
nod /dev/console 0600 0 0 c 5 1
nod /dev/sda 0660 0 6 b 8 0
file /empty empty 0644 0 0
pipe /fifo 0622 0 0
slink /odd"name with\bs 0777 3 4
sock /socket 0755 5 5
dir /tab 0755 0 0
dir /usr 0755 0 0
dir /usr/bin 1777 1000 100
file /usr/bin/tool usr/bin/tool 4755 0 0
EOF
is 'a list gives what gen_init_cpio makes of it' "$(list --table t=list)" "$(cat golden)"
"$mki" --extract out x 2>notes
is '... with that content' "$(cat x/alink x/empty x/usr/bin/tool x/usr/bin/linked2)" 'more
content
more'
cat list >crlf
sed -i 's/$/\r/' crlf
is 'lines may end in CR LF' "$(list --table t=crlf)" "$(cat golden)"
printf 'dir /x 0755 0 0' >short
is 'the last line may lack its end' "$(list --table t=short)" 'dir /x 0755 0 0'

# What is ours.
cat >ours <<'EOF'
dir "/a \"quoted\" name" 0755 0 0   # comment
  # an indented comment
file "/a \"quoted\" name/new\nline" "sub/src" 0644 0 0 "/#x" "/y z"
slink /l "tar get" 0777 0 0
dir / 0711 1 1
EOF
is 'names may be quoted, comments may follow, the root has a mode' "$(list --table t=ours)" \
	'dir /. 0711 1 1
file /#x #x 0644 0 0 "/a \"quoted\" name/new\nline" "/y z"
dir "/a \"quoted\" name" 0755 0 0
slink /l "tar get" 0777 0 0'
is '... as entry "." of the archive' "$("$mki" --list out | sed -n 2p)" \
	'drwx--x--x   2     1     1          0 1970-01-01 00:00 .'
mkdir -p tree/sub
printf 'x\n' >tree/sub/exec
chmod 700 tree/sub tree/sub/exec
: >tree/plain
chmod 600 tree/plain
cat >t <<'EOF'
tree /opt/t ${PWD}/tree 7 8 # all of it
dir /opt 0755 0 0
perm /opt/t/plain 0400 9 9
dir /opt/t/sub 0750 1 1
tree / tree
EOF
is 'tree brings a directory; later lines may change what is in it' "$(list --table t=t)" \
	'dir /opt 0755 0 0
dir /opt/t 0755 7 8
file /opt/t/plain opt/t/plain 0400 9 9
dir /opt/t/sub 0750 1 1
file /opt/t/sub/exec opt/t/sub/exec 0755 7 8
file /plain plain 0644 0 0
dir /sub 0755 0 0
file /sub/exec sub/exec 0755 0 0'
echo 'dir /inc 0755 0 0' >inc
printf 'include inc\npipe /inc/p 0600 0 0\n' >t
is 'include reads another table' "$(list --table t=t)" 'dir /inc 0755 0 0
pipe /inc/p 0600 0 0'
echo 'pipe /a/b/c 0600 3 3' >t
is '--make-parents makes what is not listed' "$(list --make-parents --table t=t)" 'dir /a 0755 0 0
dir /a/b 0755 0 0
pipe /a/b/c 0600 3 3'
printf 'dir /a 0700 0 0\n' >t2
is '... and leaves what is' "$(list --make-parents --table t=t --table t2=t2)" 'dir /a 0700 0 0
dir /a/b 0755 0 0
pipe /a/b/c 0600 3 3'

# Errors: of a line.
bad 'an unknown type' 'fifo /x 0600 0 0' "'fifo' is no type of entry: use dir, file, nod"
bad 'no name' 'dir' 'the NAME is missing'
bad 'no mode' 'dir /x' 'the MODE is missing'
bad 'no owner' 'dir /x 0755 0' 'the GID is missing'
bad 'a mode that is not octal' 'dir /x 0789 0 0' "the MODE is '0789': give an octal number up to"
bad 'a mode of another type' 'dir /x 0100755 0 0' 'the MODE 100755 is not that of a dir: give'
bad 'a mode that is too large' 'dir /x 1000000 0 0' "the MODE is '1000000'"
bad 'a negative owner' 'dir /x 0755 -1 0' "the UID is '-1': give a number up to 4294967294"
bad 'an owner that is no number' 'dir /x 0755 0 root' "the GID is 'root'"
bad 'an owner that is too large' 'dir /x 0755 4294967295 0' "the UID is '4294967295'"
bad 'a word too many' 'dir /x 0755 0 0 /y' "'/y' is one word too many: quote a name that has spaces"
bad 'a device type' 'nod /x 0600 0 0 x 1 1' "the device is of type 'x': give c or b"
bad 'no minor number' 'nod /x 0600 0 0 c 1' 'the MINOR is missing'
bad 'a minor number' 'nod /x 0600 0 0 c 1 1048576' "the MINOR is '1048576': give a number up to 1048575"
bad 'a major number' 'nod /x 0600 0 0 c 4096 1' "the MAJOR is '4096': give a number up to 4095"
bad 'an empty target' 'slink /x "" 0777 0 0' 'the TARGET has 0 bytes: give 1 to 4095'
bad 'a name that leads out' 'dir /x/../.. 0755 0 0' "/x/../..: a name cannot have '..' in it"
bad 'a hard link that leads out' 'file /x src 0644 0 0 ../y' "../y: a name cannot have '..'"
bad 'a comment among hard links' 'file /x src 0644 0 0 # y' 'what follows the GID are hard links'
bad 'a missing source' 'file /x none 0644 0 0' "the SOURCE 'none': No such file"
bad 'a source that is a directory' 'file /x sub 0644 0 0' "the SOURCE 'sub' is a dir: give a file"
bad 'a variable that is not set' 'file /x ${NONE_SUCH}/x 0644 0 0' '${NONE_SUCH} is not set: export it'
export LOOP='x${LOOP}'
bad 'a variable that holds itself' 'file /x ${LOOP}/x 0644 0 0' '${LOOP} leads back to itself: write the path out'
bad 'an open quote' 'dir "/x 0755 0 0' 'a double quote is not closed'
bad 'a bad escape' 'dir "/\x" 0755 0 0' 'unknown escape in a quoted string'
bad 'a root that is a file' 'file / src 0644 0 0' 'the root cannot be a file'
bad 'perm of nothing' 'perm /x 0644 0 0' '/x: no layer, overlay or line above brings it'
bad 'an include that is missing' 'include none' "cannot include 'none': No such file"
bad 'an include of itself' 'include t' "'t' includes itself: take out the loop"
bad 'a missing parent' 'pipe /a/b 0600 0 0' "/a/b: nothing brings the directory /a: add 'dir /a 0755 0 0', or use --make-parents"
bad 'a parent that is no directory' 'file /x src 0644 0 0 /x/y' "/x/y: /x is not a directory but a file (from 't')"
bad 'a name that is too long' "dir /$(printf '%0256d' 0) 0755 0 0" '.*: a name in it is longer than 255 bytes'
bad 'the name that ends an archive' 'dir /TRAILER!!! 0755 0 0' '/TRAILER!!!: this very name marks'
bad 'a tree that is missing' 'tree / none' "the DIR 'none': No such file"
bad 'a tree that is a file' 'tree / src' "the DIR 'src' is a file: give a directory"
bad 'a tree whose owner is half' 'tree / tree 5' 'the GID is missing'
truncate -s 4294967296 huge
bad 'a source of 4 GiB' 'file /x huge 0644 0 0' "the SOURCE 'huge' has 4294967296 bytes, but"
rm huge

# Errors: of several lines.
cat >t <<'EOF'
dir /x 0755 0 0
dir x/ 0755 0 0
include inc2
frob
EOF
printf '\ndir //x 0700 0 0\n' >inc2
fails 1 'duplicates within a table, also through include' "$mki" -o never --table t=t
said '... are told' '^mkinitramfs: t:2: /x is in this table already (t:1): remove one of them'
said '... with the line of the included file' '^mkinitramfs: inc2:2: /x is in this table already (t:1)'
said '... and other errors with them' "^mkinitramfs: t:4: 'frob' is no type of entry"
printf 'dir /x 0755 0 0\nperm /x 0700 0 0\n' >t
fails 1 'perm of a line of the same table' "$mki" -o never --table t=t
said '... is told' 't:2: /x is in this table already (t:1): give its mode and owner there'
printf 'pipe /plain 0600 0 0\ntree / tree\n' >t
fails 1 'a tree over a line of the same table' "$mki" -o never --table t=t
said '... is told' 't:2: /plain is in this table already (t:1)'
printf 'dir /x 0755 0 0\n' >t
ok 'two tables may bring one path' "$mki" -o out --table t=t --table t2=t
printf 'dir /a 0755 0 0\n\000dir /b 0755 0 0\n' >t
fails 1 'a NUL byte' "$mki" -o never --table t=t
said '... is told' '^mkinitramfs: t: there is a NUL byte at offset 16: give a text file'
printf 'perm /bin 0700 1 1\n' >t
mkdir -p layer/bin
is 'perm changes what a layer brought' "$(list --layer l=layer --table t=t)" 'dir /bin 0700 1 1'
is 'nothing was made' "$([ ! -e never ] || echo never)" ''
done_testing
