#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# mkinitramfs beside the kernel's own gen_init_cpio: for every list that one takes, both archives
# unpack to the same tree. KERNEL_SRC is a kernel tree; else one that was unpacked for a build is used.
# shellcheck disable=SC2016 # ${...} is for the lists
set -eu
# shellcheck source=support/tests/tap.sh
. support/tests/tap.sh
source=
for dir in "${KERNEL_SRC-}" "${CHECK_O:-output/check}"/*/build/linux/src output/build/linux/src; do
	[ -z "$source" ] && [ -f "$dir/usr/gen_init_cpio.c" ] && source=$(cd "$dir/usr" && pwd)/gen_init_cpio.c
done
for archive in "${XDG_CACHE_HOME:-$HOME/.cache}"/whittle/dl/linux/linux-*.tar.xz; do
	if [ "$source" ] || [ ! -f "$archive" ]; then continue; fi
	version=${archive##*/}
	version=${version%.tar.xz}
	tar -xJf "$archive" -C "$SCRATCH" "$version/usr" && source=$SCRATCH/$version/usr/gen_init_cpio.c
done
if [ -z "$source" ]; then
	skip 'the same as gen_init_cpio' 'no kernel sources: set KERNEL_SRC, build a board in CHECK_O, or have them downloaded'
	done_testing
fi
ok "gen_init_cpio compiles" "${CC_HOST:-gcc}" -w -o "$SCRATCH/gen" "$source"
# shellcheck source=support/tests/mkinitramfs.sh
. support/tests/mkinitramfs.sh

# tree ARCHIVE: what it unpacks to: a list, and the files' content.
tree() {
	"$mki" --write-list "$1"
	rm -rf x
	"$mki" --extract "$1" x >/dev/null 2>&1
	find x -type f -exec sha256sum {} + | sort
}
# same NAME LIST: both make the same of it.
same() {
	if ! ./gen "$2" >theirs 2>gen.err || ! "$mki" -o ours --table "t=$2" 2>ours.err; then
		ok "$1: both take it" cat "$2" gen.err ours.err /nowhere
		return
	fi
	is "$1" "$(tree ours)" "$(tree theirs)"
}

mkdir dir
printf 'one\n' >one
printf 'two, and longer\n' >dir/two
: >empty
ln -s one link
export DIR=dir INNER='${DIR}' HOME_OF=one
cat >all <<'END'
# comment

dir /dev 0755 0 0
dir	/tab	755	0	0
dir relative 0700 1 2
dir ./dotted 0755 0 0
dir /twice//slashed/ 0755 0 0
dir /twice 0755 0 0
nod /dev/console 0600 0 0 c 5 1
nod /dev/sda 0660 0 6 b 8 0
nod /dev/big 0600 0 0 c 511 1048575
slink /bin usr/bin 0777 0 0
slink /dangling /a/b/../c 0644 7 8
dir /usr 0755 0 0
dir /usr/bin 01777 1000 100
file /usr/bin/one one 04755 0 0
file /usr/bin/two ${DIR}/two 0644 1 2
file /usr/bin/inner ${INNER}/two 0644 1 2
file /usr/bin/split di${HOME_OF}r 0644 0 0
file /through link 0600 0 0
file /hard one 0644 0 0 /usr/bin/hard2 hard3 /zzz
file /empty empty 0100600 0 0
file /null /dev/null 0400 0 0 /null2
pipe /fifo 0622 0 0
sock /socket 0140755 5 5
slink /odd"name with\bs 0777 3 4
dir /$dollar 0755 0 0
file /$dollar/{x} one 0644 0 0
file /uid one 0644 2147483647 4294967294
dir / 0711 3 4
END
cp dir/two dioner
same 'each kind of line' all
sed 's/$/\r/' all >crlf
same 'lines that end in CR LF' crlf
printf 'dir /x 0755 0 0' >short
same 'a last line without its end' short
: >nothing
same 'an empty list' nothing
same "the kernel's own default list" "${source%/*}/default_cpio_list"

# Lists by chance, the same every time: parents first, owners and modes of all kinds.
awk 'function r(n) { seed = (seed * 1103515245 + 12345) % 2147483648; return int(seed / 65536) % n }
BEGIN {
	for (seed = 1; list < 12; list++) {
		dirs = 1; d[0] = ""; f = "random." list
		for (i = 0; i < 60; i++) {
			name = d[r(dirs)] "/" substr("abcdefghijklmnopqrstuvwxyz", r(20) + 1, 1 + r(6)) i
			owner = sprintf("%04o %d %d", r(4096), r(3) * 500, r(70000))
			k = r(7)
			if (k == 0) { print "dir", name, owner >f; d[dirs++] = name }
			if (k == 1) print "file", name, r(2) ? "one" : "${DIR}/two", owner >f
			if (k == 2) print "slink", name, "../t" r(9), owner >f
			if (k == 3) print "nod", name, owner, r(2) ? "c" : "b", r(4096), r(1048576) >f
			if (k == 4) print r(2) ? "pipe" : "sock", name, owner >f
			if (k == 5) print "file", name, r(3) ? "one" : "empty", owner, name ".2", name ".3" >f
			if (k == 6) print r(2) ? "# " name : "" >f
		}
		close(f)
	}
}'
for list in random.*; do
	same "$list" "$list"
done

# What it takes, and we do not, or otherwise: as docs/mkinitramfs.md has it.
# differs NAME LINES THEIRS OURS: what their archive has, as a list, and ours, or the message.
differs() {
	printf '%b\n' "$2" >list
	./gen list >theirs 2>gen.err || echo failed >theirs
	is "$1: gen_init_cpio" "$("$mki" --write-list theirs 2>&1 | sed 's/^mkinitramfs: //')" "$3"
	ours=$("$mki" -o ours --table t=list 2>&1 && "$mki" --write-list ours) || true
	like "$1: ours" "$ours" "^$4"
}
unset NONE
export OPEN='${'
differs 'a path twice' 'dir /x 0755 0 0\ndir /x 0700 1 2' 'dir /x 0700 1 2' 'mkinitramfs: list:2: /x is in this table already'
differs 'no parent' 'pipe /a/b 0600 0 0' 'pipe /a/b 0600 0 0' 'mkinitramfs: list:1: /a/b: nothing brings the directory /a'
printf 'pipe /a/b 0600 0 0\ndir /a 0755 0 0\n' >list
./gen list >theirs
is 'a parent that comes late: gen_init_cpio' "$("$mki" --list theirs | sed 's/.* //' | xargs)" '0 a/b a'
"$mki" -o ours --table t=list
is 'a parent that comes late: ours' "$("$mki" --list ours | sed 's/.* //' | xargs)" '0 a a/b'
differs 'below a link' 'slink /l d 0777 0 0\nfile /l/x one 0644 0 0' 'l/x: it lies below what is no directory' 'mkinitramfs: list:2: /l/x: /l is not a directory but a slink'
differs 'dots' 'dir /x/../y 0755 0 0' 'x/../y: the name leads out of the tree' "mkinitramfs: list:1: /x/../y: a name cannot have '..'"
differs 'the end' 'dir /TRAILER!!! 0755 0 0' '' 'mkinitramfs: list:1: /TRAILER!!!: this very name'
differs 'a file for the root' 'file / one 0644 0 0' '"": it would take the place of the root' 'mkinitramfs: list:1: the root cannot be a file'
differs 'a device C' 'nod /x 0600 0 0 C 1 3' 'nod /x 0600 0 0 c 1 3' "mkinitramfs: list:1: the device is of type 'C'"
differs 'a device B' 'nod /x 0600 0 0 B 1 3' 'nod /x 0600 0 0 c 1 3' "mkinitramfs: list:1: the device is of type 'B'"
differs 'owner -1' 'dir /x 0755 -1 -1' 'dir /x 0755 4294967295 4294967295' "mkinitramfs: list:1: the UID is '-1'"
differs 'owner -2' 'dir /x 0755 0 -2' 'dir /x 0755 0 4294967294' "mkinitramfs: list:1: the GID is '-2'"
differs 'owner 2^32-1' 'dir /x 0755 4294967295 0' 'dir /x 0755 4294967295 0' "mkinitramfs: list:1: the UID is '4294967295'"
differs 'the mode of another type' 'dir /x 0100755 0 0' 'sock /x 0755 0 0' 'mkinitramfs: list:1: the MODE 100755'
differs 'a minor that is too large' 'nod /x 0600 0 0 c 1 1048576' 'nod /x 0600 0 0 c 1 1048576' "mkinitramfs: list:1: the MINOR is '1048576'"
differs 'an unset variable' 'file /x one${NONE} 0644 0 0' 'file /x x 0644 0 0' 'mkinitramfs: list:1: ${NONE} is not set'
differs 'half a variable' 'file /x ${OPEN}HOME_OF} 0644 0 0' 'file /x x 0644 0 0' "mkinitramfs: list:1: the SOURCE '\${HOME_OF}'"
differs 'a source in /proc' 'file /x /proc/version 0644 0 0' 'file /x x 0644 0 0' 'mkinitramfs: /proc/version: its size changed'
differs 'an unknown type' 'fifo /x 0600 0 0' '' "mkinitramfs: list:1: 'fifo' is no type"
differs 'a type of ours' 'perm / 0755 0 0' '' 'mkinitramfs: list:1: /: no layer'
differs 'a word too many' 'dir /x 0755 0 0 /y' 'dir /x 0755 0 0' "mkinitramfs: list:1: '/y' is one word too many"
differs 'a lone type' 'dir' '' 'mkinitramfs: list:1: the NAME is missing'
differs 'an indented line' ' dir /x 0755 0 0' '' 'dir /x 0755 0 0$'
differs 'a NUL byte' 'dir /x 0755 0 0\0000junk' 'dir /x 0755 0 0' 'mkinitramfs: list: there is a NUL byte'
differs 'a lone # among links' 'file /x one 0644 0 0 /y # z' 'file /# # 0644 0 0 /x /y /z' 'mkinitramfs: list:1: what follows the GID'
differs 'a link that is no ASCII' 'file /x one 0644 0 0 \0303\0244 /z' 'file /x x 0644 0 0' "$(printf 'file /x x 0644 0 0 /z /\303\244$')"
differs 'a quoted name' 'dir "/x" 0755 0 0' 'dir /"/x" 0755 0 0' 'dir /x 0755 0 0$'

# And back: what is written as a list is what gen_init_cpio would be given.
"$mki" -o ours --table t=all
"$mki" --extract --plain-owner ours files
"$mki" --write-list --source-prefix files ours >back
sed -i '/ "/d' back
ok 'it takes our lists' sh -c './gen back >theirs'
is 'and makes the same of them' "$(tree theirs)" "$(tree ours)"
if [ -x "${source%/*}/gen_initramfs.sh" ]; then
	mkdir usr
	cp gen usr/gen_init_cpio
	cat >table <<'END'
dir /bin 0755 0 0
file /bin/one one 0755 0 0
dir /dev 0755 0 0
nod /dev/console 0600 0 0 c 5 1
dir /home 0755 0 0
dir /home/me 0700 1000 1000
file /home/me/x dir/two 0600 1000 1000
slink /link bin/one 0777 0 0
pipe /pipe 0600 0 0
END
	"$mki" -o ours --table t=table
	rm -rf root
	"$mki" --extract --plain-owner ours root
	"$mki" --write-list --source-prefix root ours >all.list
	# As the kernel's recipe does, for a root filesystem that is built in as a directory.
	lines=$(sed -n "s/^LINUX_rootfs_lines  *:= \(-n -e .*\)$/\1/p" "$TOP/package/linux/linux.mk" | sed 's/\$\$/$/g')
	eval "sed $lines all.list" >root.list
	is 'a directory leaves devices and other owners to a list' "$(cut -d ' ' -f 1,2 root.list | xargs)" 'nod /dev/console dir /home/me file /home/me/x'
	ok 'gen_initramfs.sh takes both' sh -c '"$1" -o theirs -u -1 -g -1 root root.list' sh "${source%/*}/gen_initramfs.sh"
	is 'and makes the same of them' "$(tree theirs)" "$(tree ours)"
fi

# In the kernel's build: the recipe's own lines, then the rules of the kernel's usr/Makefile, twice.
# take FORM: what the recipe does before it calls the kernel's make; FORM is DIR or LIST.
take() {
	(cd "$TOP" && printf '%s\n' 'comma := ,' 'include package/linux/linux.mk' '$(info $(LINUX_rootfs_take))' 'none: ;' |
		make -s -f - "CONFIG_ROOTFS_BUILTIN=y" "CONFIG_ROOTFS_BUILTIN_$1=y" newline="$newline") >take.sh
	rm -rf rootfs.all rootfs.list
	ROOTFS=$PWD PATH=$TOOLBIN:$PATH sh -eu take.sh 9>odd.err >take.out 2>&1
}
newline='
'
usr() {
	make -s -f usr.mk ramfs-input="$1" usr/initramfs_data.cpio
}
# twice FORM INPUT: what is wrong with what the kernel packs of names/; nothing if it is what the archive has.
twice() {
	"$mki" -o initramfs.cpio --layer l=names
	take "$1" || cat odd.err take.out
	usr "$2" || true
	tree usr/initramfs_data.cpio >theirs.tree
	tree initramfs.cpio | cmp - theirs.tree || true
}
# builtin NAME FORM INPUT: the form has all that the archive has.
builtin() {
	"$mki" -o initramfs.cpio --layer l=names
	ok "$1" take "$2"
	ok '... is packed by the kernel' usr "$3"
	is '... to the same' "$(tree usr/initramfs_data.cpio)" "$(tree initramfs.cpio)"
}
if [ -x "${source%/*}/gen_initramfs.sh" ]; then
	{
		printf '%s\n' 'obj := usr' "src := ${source%/*}" 'CONFIG_SHELL := sh' 'CONFIG_INITRAMFS_ROOT_UID := -1' 'CONFIG_INITRAMFS_ROOT_GID := -1' \
			'if_changed = $(if $(filter-out FORCE,$?)$(if $(wildcard $@),,anew),$(cmd_$1),@:)'
		sed -n '/^-include .*initramfs_data.cpio.d/,/^endif/{/^endif/d;p;}' "${source%/*}/Makefile"
		echo 'FORCE: ;'
	} >usr.mk
	mkdir -p usr
	cp gen usr/gen_init_cpio
	# Each by itself: in the makefile of names one may hide what others do.
	for name in plain '-dash' 'a:b' '#hash' 'x#y' '$dollar' '$(error)' '%percent' 'a%b' 'semi;colon' 'pi|pe' 'amp&' 'a=b' 'lib(member)' \
		"quo'te" 'in"side' '~tilde' '!x' 'ümlaut' '{a,b}' '`tick`' '<x>' 'a,b' '@x' 'a]' '[' '"quote'; do
		for form in 'DIR rootfs rootfs.list' 'LIST rootfs.list'; do
			rm -rf names usr/init* usr/.init*
			mkdir -p "names/dir/$name"
			echo first >"names/dir/$name/f"
			echo first >"names/$name"
			ln -s "to$name" "names/dir/link"
			echo 'the first' >seen
			twice "${form%% *}" "${form#* }" >>seen 2>&1
			echo edited >"names/$name"
			echo 'the second' >>seen
			twice "${form%% *}" "${form#* }" >>seen 2>&1
			is "${form%% *}: $name, and an edit" "$(cat seen)" "$(printf 'the first\nthe second')"
		done
	done
	for name in 'back\slash' 'star*' 'quest?' 'cl[as]s'; do
		: >"names/$name"
		"$mki" -o initramfs.cpio --layer l=names
		fails 1 "DIR: $name" take DIR
		is '... is named' "$(head -n 1 odd.err)" "file /$name rootfs/$name 0644 0 0"
		like '... with what to do' "$(sed 1d odd.err)" "^linux: the kernel's build cannot pack the names above: rename them, or build .* in as an archive, or as a list"
		builtin "LIST: $name" LIST rootfs.list
		rm "names/$name"
	done
	for name in 'two words' "tab$(printf '\t')" "new${newline}line" '${VAR}'; do
		label=$(printf %s "$name" | tr '\t\n' '  ')
		: >"names/$name"
		"$mki" -o initramfs.cpio --layer l=names
		for form in DIR LIST; do
			fails 1 "$form: $label" take $form
			like '... is told' "$(sed 1d odd.err)" "^linux: the kernel's build cannot pack the names above: .* as an archive"
			is '... alone' "$(wc -l <odd.err)" 2
		done
		rm "names/$name"
	done
fi
done_testing
