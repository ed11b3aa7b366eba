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
if [ -z "$source" ]; then
	skip 'the same as gen_init_cpio' 'no kernel sources: set KERNEL_SRC, or build a board in CHECK_O'
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
file /uid one 0644 2147483647 2147483647
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
	lines=$(sed -n "s/^LINUX_rootfs_lines .*DIR),\(.*\),-n p)$/\1/p" "$TOP/package/linux/linux.mk" | sed 's/\$\$/$/g')
	eval "sed $lines all.list" >root.list
	is 'a directory leaves devices and other owners to a list' "$(cut -d ' ' -f 1,2 root.list | xargs)" 'nod /dev/console dir /home/me file /home/me/x'
	ok 'gen_initramfs.sh takes both' sh -c '"$1" -o theirs -u -1 -g -1 root root.list' sh "${source%/*}/gen_initramfs.sh"
	is 'and makes the same of them' "$(tree theirs)" "$(tree ours)"
fi
done_testing
