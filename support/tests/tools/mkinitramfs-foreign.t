#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# mkinitramfs: archives as distributions make them: plain ones with microcode and more in front,
# padding, then the compressed main one. And what two of them differ in. INITRD is a real one.
set -eu
# shellcheck source=support/tests/mkinitramfs.sh
. support/tests/mkinitramfs.sh
put early/kernel/x86/microcode/GenuineIntel.bin microcode
put early/early_cpio 1
put second/usr/lib/firmware/blob firmware
put main/bin/busybox busybox
put main/scripts/init-top/ORDER order
put main/init '#!/bin/sh'
chmod 755 main/init main/bin/busybox
ln -s busybox main/bin/sh
ln main/bin/busybox main/bin/ash

# archive DIR: by cpio, as distributions do; ours where that is not installed.
archive() {
	if command -v cpio >/dev/null; then
		(cd "$1" && find . | LC_ALL=C sort | cpio -o -H newc -R 0:0 --quiet)
	else
		"$mki" -o "$1.ours" --layer d="$1" && cat "$1.ours"
	fi
}
archive early >early.cpio
archive second >second.cpio
archive main >main.cpio
is 'archives end at a multiple of 512 bytes' "$(($(wc -c <early.cpio) % 512)) $(($(wc -c <main.cpio) % 512))" '0 0'
want=$("$mki" --write-list main.cpio)

kind=
# like_a NAME COMMAND...: an image with microcode, then main.cpio packed by the command.
like_a() {
	name=$1
	shift
	if ! command -v "$1" >/dev/null; then
		skip "$name" "no $1 here"
		return
	fi
	"$@" <main.cpio >packed
	cat early.cpio packed >image
	is "$name: its pieces" "$("$mki" --list image | sed -n 's/^# \(.*\) at.*/\1/p' | xargs)" "cpio $kind"
	{ cat early.cpio; head -c 4096 /dev/zero; cat second.cpio; head -c 512 /dev/zero; cat packed; } >image
	is "$name: with another in front, and padding" "$("$mki" --list image | sed -n 's/^# \(.*\) at.*/\1/p' | xargs)" "cpio cpio $kind"
	is "$name: all is there" "$("$mki" --write-list image | grep -v -e kernel -e /early -e /usr)" "$want"
	rm -rf x
	ok "$name: it is extracted" "$mki" --extract image x
	is "$name: whole" "$(cat x/kernel/x86/microcode/*.bin x/usr/lib/firmware/blob x/bin/ash x/init | xargs)" 'microcode firmware busybox #!/bin/sh'
	is "$name: differs from the main archive in what is in front" "$("$mki" --diff main.cpio image | grep -c '^[+]')" 9
}
kind=gzip like_a gzip gzip -n -9
kind=bzip2 like_a bzip2 bzip2 -9
kind=xz like_a xz xz --check=crc32
kind=xz like_a 'xz in many blocks' xz --check=crc32 --block-size=512
kind=lzma like_a lzma xz --format=lzma
kind=zstd like_a zstd zstd -q -19 -c
kind=zstd like_a 'zstd with a long window' zstd -q --long=27 -c
kind=lz4 like_a lz4 lz4 -q -l -9
{ cat early.cpio; printf '\211LZO\000\015\012\032\012 and so on'; } >image
fails 1 'lzo' "$mki" --list image
said 'is named, and the way out' "^mkinitramfs: image: offset $(wc -c <early.cpio): lzo is not supported: unpack it first, by 'tail -c +$(($(wc -c <early.cpio) + 1)) FILE | lzop -dc'"

real=${INITRD-}
for file in /boot/initrd.img* /boot/initramfs*; do
	[ -n "$real" ] || [ ! -r "$file" ] || real=$file
done
if [ -n "$real" ]; then
	ok "$real is listed" "$mki" --list "$real"
	rm -rf x
	ok 'and extracted' "$mki" --extract "$real" x
	is 'both have the same names' "$(find x -mindepth 1 | wc -l)" "$("$mki" --write-list "$real" | awk '$2 != "/" { n += $1 == "file" ? NF - 5 : 1 } END { print n }')"
	is 'and it does not differ from itself' "$("$mki" --diff "$real" "$real" | grep -vc '^#')" 0
else
	skip 'a real one' 'there is none in /boot: set INITRD'
fi

# Differences.
mkdir -p a b
cat >t.a <<'END'
dir /bin 0755 0 0
file /bin/same early/early_cpio 0755 0 0
file /bin/content early/early_cpio 0755 0 0
file /bin/mode early/early_cpio 0755 0 0
file /bin/several early/early_cpio 0755 0 0
file /bin/linked main/init 0755 0 0 /bin/linked2
dir /etc 0755 0 0
slink /etc/link old 0777 0 0
slink "/etc/a link" same 0777 0 0
file /etc/gone main/init 0644 0 0
nod /dev 0600 0 0 c 1 3
END
sed -e '/content/s|early/early_cpio|main/init|' -e '/mode/s/0755/4755/' -e '/several/s|.*|file /bin/several main/init 0700 1 2|' \
	-e '/gone/d' -e '/link old/s/old/"new one"/' -e 's/c 1 3/b 8 1/' t.a >t.b
echo 'pipe "/etc/new one" 0600 0 0' >>t.b
"$mki" -o a/x.cpio --compress xz --table t=t.a
"$mki" -o b/x.cpio --table t=t.b
is 'each difference' "$("$mki" --diff a/x.cpio b/x.cpio)" '~ /bin/content content 2 -> 10 bytes (+8)
~ /bin/mode mode 0755 -> 4755
~ /bin/several content 2 -> 10 bytes (+8), mode 0755 -> 0700, owner 0:0 -> 1:2
~ /dev type char -> block
- /etc/gone file 10 bytes
~ /etc/link target old -> "new one"
+ "/etc/new one" pipe
# /bin: 0 added, 0 removed, 3 changed; 18 -> 34 bytes (+16)
# /dev: 0 added, 0 removed, 1 changed; 0 -> 0 bytes (+0)
# /etc: 1 added, 1 removed, 1 changed; 10 -> 0 bytes (-10)
# total: 1 added, 1 removed, 5 changed; 28 -> 34 bytes (+6)'
sed 's/b 8 1/b 8 2/' t.b >t.c
"$mki" -o c.cpio --table t=t.c
is 'a device number' "$("$mki" --diff b/x.cpio c.cpio | head -n 1)" '~ /dev device 8:1 -> 8:2'
is 'none' "$("$mki" --diff a/x.cpio a/x.cpio)" '# total: 0 added, 0 removed, 0 changed; 28 -> 28 bytes (+0)'
put one/usr/x 1
put two/usr/y 1
"$mki" -o a/p.cpio -m a/rootfs.manifest --layer one=one
"$mki" -o b/p.cpio -m b/rootfs.manifest --layer one=one --layer two=two
is 'with manifests beside them, totals are by layer' "$("$mki" --diff a/p.cpio b/p.cpio)" '+ /usr/y file 2 bytes
# two: 1 added, 0 removed, 0 changed; 0 -> 2 bytes (+2)
# total: 1 added, 0 removed, 0 changed; 2 -> 4 bytes (+2)'
cp b/p.cpio alone.cpio
is 'one of them is enough' "$("$mki" --diff alone.cpio a/p.cpio | tail -n 2 | head -n 1)" '# /usr: 0 added, 1 removed, 0 changed; 2 -> 0 bytes (-2)'
echo broken >a/rootfs.manifest
fails 1 'a manifest that is broken' "$mki" --diff a/p.cpio b/p.cpio
said 'is told' '^mkinitramfs: a/rootfs.manifest:1: the TYPE is missing'
fails 1 'a file that is not there' "$mki" --diff none b/p.cpio
said 'is named' '^mkinitramfs: none: cannot read: No such file'
fails 2 'one file' "$mki" --diff a/p.cpio
said 'is not enough' 'diff takes two files, OLD and NEW'

# Extracted without owners and devices, whoever runs it.
rm -rf x
ok '--plain-owner' "$mki" --extract --plain-owner b/x.cpio x
is 'leaves owners alone' "$(stat -c %u x/bin/several)" "$(id -u)"
ok 'and devices out' test ! -e x/dev
fails 2 'it goes with --extract' "$mki" --list --plain-owner b/x.cpio
said 'and with nothing else' 'plain-owner goes with --extract'
done_testing
