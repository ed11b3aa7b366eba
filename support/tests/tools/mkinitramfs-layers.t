#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# mkinitramfs: which layer wins, and which two cannot be together.
set -eu
# shellcheck source=support/tests/mkinitramfs.sh
. support/tests/mkinitramfs.sh

# manifest OPTION...: its lines, less owner, size and digest.
manifest() {
	"$mki" -o out -m man "$@" && awk '{ print $1, $2, $3, $NF }' man
}

# clash OPTION...: this fails, and no archive is made.
clash() {
	rm -f out
	fails 1 "$1" "$mki" -o out "$2" "$3" "$4" "$5"
	is '... and makes nothing' "$([ ! -e out ] || echo out)" ''
}

# Two layers of equal rank.
put a/bin/one 1
put a/etc/same same
put b/bin/two 2
put b/etc/same same
is 'layers merge; the first that brings a path has it' "$(manifest --layer a=a --layer b=b)" \
	'/bin dir 0755 a
/bin/one file 0644 a
/bin/two file 0644 b
/etc dir 0755 a
/etc/same file 0644 a'

put c/etc/same other
clash 'different content' --layer a=a --layer c=c
said '... names both, and the path' \
	"^mkinitramfs: /etc/same: layers 'a' and 'c' bring different content: let only one of them bring it"
put c/etc/same SAME
clash 'different content of the same length' --layer a=a --layer c=c
rm -r c
mkdir -p c/etc
cp -p a/etc/same c/etc/same
chmod 600 c/etc/same
clash 'different modes of a file' --layer a=a --layer c=c
said '... are told' "/etc/same: layers 'a' and 'c' bring different modes (0644, 0600)"
chmod 644 c/etc/same
chmod 700 c/etc
clash 'different modes of a directory' --layer a=a --layer c=c
said '... are told' "/etc: layers 'a' and 'c' bring different modes (0755, 0700)"
rm -r c
mkdir c
ln -s b c/etc
clash 'a directory and a symbolic link' --layer a=a --layer c=c
said '... are told' "/etc: layers 'a' and 'c' bring different types (dir, slink)"
mkdir d
ln -s c d/etc
clash 'different targets' --layer c=c --layer d=d
said '... are told' "/etc: layers 'c' and 'd' bring different targets (b, c)"
rm -r c d
for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23; do
	put "c/f$i" c
	put "d/f$i" d
done
clash 'many conflicts' --layer c=c --layer d=d
is '... are listed, up to 20' "$(grep -c 'bring different content' .tap.out)" 20
said '... and the rest is counted' 'and 3 more like these'
rm -r c d

# Overlays.
put o/etc/same over
put o/etc/more more
chmod 700 o/etc
chmod 640 o/etc/same
chmod 711 o/etc/more
put p/etc/more again
is 'overlays override in order, even a layer that follows; modes are 0755 and 0644' \
	"$(manifest --overlay o=o --overlay p=p --layer a=a)" \
	'/bin dir 0755 a
/bin/one file 0644 a
/etc dir 0755 a
/etc/more file 0644 p
/etc/same file 0644 o'
is 'the x bit of an overlay counts' "$(manifest --overlay o=o | grep more)" '/etc/more file 0755 o'
is 'an overlay may bring new directories, of mode 0755' "$(manifest --overlay o=o | head -n 1)" \
	'/etc dir 0755 o'
mkdir -p c/root
chmod 700 c/root
put o/root/.profile x
is 'a directory that is there keeps its mode' "$(manifest --layer c=c --overlay o=o | grep '^/root ')" \
	'/root dir 0700 c'
rm -r c

mkdir c
ln -s usr/lib c/lib
put l/lib/x x
clash 'an overlay with a directory where a layer has a symbolic link' --layer c=c --overlay l=l
said '... is told' "^mkinitramfs: l: /lib is a dir here, but a slink in 'c': put its files where that leads"
clash 'an overlay with a symbolic link where a layer has a directory' --layer l=l --overlay c=c
said '... is told' "^mkinitramfs: c: /lib is a slink here, but a dir in 'l': remove one of them"
put f/lib file
clash 'an overlay with a file where a layer has files below' --layer l=l --overlay f=f
said '... is told' "^mkinitramfs: f: /lib is a file here, but a dir in 'l': remove one of them"
clash 'an overlay with a directory where a layer has a file' --layer f=f --overlay l=l
rm l/lib/x
is 'an overlay may put a file in the place of an empty directory' \
	"$(manifest --layer l=l --overlay f=f)" '/lib file 0644 f'
clash '... but no symbolic link' --layer l=l --overlay c=c
is 'an overlay may put a file in the place of a symbolic link' \
	"$(manifest --layer c=c --overlay f=f)" '/lib file 0644 f'
ln -s elsewhere l/link
put f/link file
rm f/lib
is '... and a symbolic link in the place of a file' \
	"$(manifest --layer f=f --overlay l=l | grep link)" '/link slink 0777 l'

# Tables have the rank of overlays.
cat >t <<'EOF'
dir /etc 0700 0 0
file /bin/one a/etc/same 0711 1 2
EOF
is 'a table overrides, its directories too' "$(manifest --table t=t --layer a=a)" \
	'/bin dir 0755 a
/bin/one file 0711 t
/etc dir 0700 t
/etc/same file 0644 a'
is 'an overlay after it overrides it' "$(put q/bin/one q; manifest --table t=t --layer a=a --overlay q=q | grep one)" \
	'/bin/one file 0644 q'
echo 'slink /bin x 0777 0 0' >t
clash 'a table with a link where a layer has a directory' --layer a=a --table t=t
said '... is told with its line' "^mkinitramfs: t:1: /bin is a slink here, but a dir in 'a': remove one"
echo 'slink /sbin bin 0777 0 0' >t
echo 'pipe /sbin/p 0600 0 0' >>t
clash 'a path that leads through a symbolic link' --layer a=a --table t=t
said '... is told' "^mkinitramfs: t:2: /sbin/p: /sbin is not a directory but a slink (from 't'): give the path that it leads to"

# Hard links.
mkdir h
put h/z/one 1
ln h/z/one h/a-link
ln h/z/one h/lost
is 'hard links of a layer stay' "$("$mki" -o out -m man --layer h=h && cut -d ' ' -f 1,2,6,7 man | grep -v dir)" \
	'/a-link file 2 4355a46b19d348dc2f57c046f8ef63d4538ebb936000f3c9ee954a27460dd865
/lost link 2 /a-link
/z/one link 2 /a-link'
put i/lost found
is '... but for a name that an overlay takes' \
	"$("$mki" -o out --layer h=h --overlay i=i && "$mki" --write-list out)" \
	'file /a-link a-link 0644 0 0 /z/one
file /lost lost 0644 0 0
dir /z 0755 0 0'
put j/x 1
ln j/x j/y
echo 'perm /x 4711 3 4' >t
is 'perm changes all names of a file' "$("$mki" -o out --layer j=j --table t=t && "$mki" --write-list out)" \
	'file /x x 4711 3 4 /y'

# Set-id bits, devices and odd names of a layer are kept.
mkdir -p k/bin
put "k/bin/a b" x
chmod 6755 'k/bin/a b'
mkfifo -m 600 k/fifo
chmod 1777 k/bin
is 'set-id and sticky bits, fifos and blanks are kept' "$("$mki" -o out --layer k=k && "$mki" --write-list out)" \
	'dir /bin 1777 0 0
file "/bin/a b" "bin/a b" 6755 0 0
pipe /fifo 0600 0 0'
done_testing
