#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# A package whose files are an archive of their own; archives that are added for one boot; looking
# into what was built.
# shellcheck disable=SC2016 # text for other shells stands in single quotes
set -u
. support/tests/engine.sh

simple liba
pkg mods <<'END'
MODS_LAYER := own
define MODS_BUILD
echo module >m.ko
endef
define MODS_INSTALL
install -D -m 644 m.ko $(IMAGE)/target/usr/lib/modules/1/m.ko
endef
END
mkdir -p "$SCRATCH/over/etc"
echo mine >"$SCRATCH/over/etc/mine"
echo "CONFIG_ROOTFS_OVERLAY=\"$SCRATCH/over\"" >"$SCRATCH/config.more"
choose liba mods

images=$OUT/images
kept=$OUT/build/rootfs/build/kept
# look GOAL...: what it prints.
look() {
	whittle -s "$@" 2>&1
}
# paths ARCHIVE-NUMBER: of the built initramfs, on one line.
paths() {
	look initramfs-list | awk -v n="$1" '/^#/ { i++ } !/^#/ && i == n { print $NF }' | xargs
}
# old: the archives that are kept were all made long ago.
old() {
	find "$kept" -type f -exec touch -d @0 {} +
}
# fresh: how many were made since.
fresh() {
	find "$kept" -type f -newermt @1 | wc -l
}

ok 'a first build' whittle
is 'the initramfs has two archives' "$(look initramfs-list | grep '^#' | sed 's/at .*//' | xargs)" '# gzip # gzip'
is 'the second has what that package brings' "$(paths 2)" 'usr/lib usr/lib/modules usr/lib/modules/1 usr/lib/modules/1/m.ko'
is 'the manifest is one' "$(grep -c -e ' mods$' -e ' liba$' -e ' over$' "$images/rootfs.manifest")" 6
is 'the other files are in the first' "$(paths 1 | tr ' ' '\n' | grep -c -e usr/share/liba -e etc/mine)" 2

old
sed -i 's/echo module/echo another/' "$EXT/package/mods/mods.mk"
ok 'a change in that package' whittle
is 'runs it and packs' "$(steps)" 'BUILD mods,CONFIGURE mods,INSTALL mods,INSTALL rootfs'
is 'its archive alone is packed anew' "$(fresh)" 1
is 'it is there' "$(unpacked usr/lib/modules/1/m.ko)" another
old
echo other >"$SCRATCH/over/etc/mine"
ok 'a change in an overlay' whittle
is 'packs' "$(steps)" 'INSTALL rootfs'
is 'the other archive alone anew' "$(fresh)" 1
cp -r "$images" "$SCRATCH/images"
rm -rf "$OUT/build" "$images"
ok 'from nothing' whittle
ok 'it is the same to the byte' diff -r "$images" "$SCRATCH/images"

mkdir -p "$SCRATCH/over/usr/lib/modules/1"
echo mine >"$SCRATCH/over/usr/lib/modules/1/m.ko"
ok 'an overlay over a file of that package' whittle
is 'wins' "$(unpacked usr/lib/modules/1/m.ko)" mine
rm -r "$SCRATCH/over/usr"
sed -i 's|install -D|mkdir -p $(IMAGE)/target/usr/share \&\& echo x >$(IMAGE)/target/usr/share/liba \&\& install -D|' "$EXT/package/mods/mods.mk"
fails 2 'another content for a file of another package' whittle
said 'is told as between any two' "/usr/share/liba: layers 'liba' and 'mods' bring different content"
sed -i 's|mkdir -p.*&& install|install|' "$EXT/package/mods/mods.mk"
ok 'without it' whittle

sed -i 's/MODS_LAYER := own/MODS_LAYER := mine/' "$EXT/package/mods/mods.mk"
fails 2 'a layer that there is not' whittle
said 'is told' 'mods.mk: there is no LAYER mine; there is: own'
sed -i 's/MODS_LAYER := mine//' "$EXT/package/mods/mods.mk"
ok 'a package that stays apart no more' whittle
is 'there is one archive' "$(look initramfs-list | grep -c '^#')" 1

# Looking into it.
is 'a list of any file' "$(look initramfs-list FILE="$SCRATCH/images/initramfs.cpio.gz" | grep -c '^#')" 2
ok 'extracted' whittle -s initramfs-extract DIR="$SCRATCH/y"
is 'are all its files' "$(cat "$SCRATCH/y/etc/mine" "$SCRATCH/y/usr/lib/modules/1/m.ko" | xargs)" 'other another'
fails 2 'a directory is wanted' whittle initramfs-extract
said 'and that is said' 'initramfs-extract wants DIR=DIRECTORY'
cp -r "$images" "$SCRATCH/before"
echo more >>"$SCRATCH/over/etc/mine"
ok 'another overlay' whittle
is 'what it changed, and where' "$(look initramfs-diff A="$SCRATCH/before/initramfs.cpio.gz" B="$images/initramfs.cpio.gz" | sed '$d')" \
	'~ /etc/mine content 6 -> 11 bytes (+5)
# over: 0 added, 0 removed, 1 changed; 6 -> 11 bytes (+5)'
ok "make's own B stays what it was" test -d "$OUT/build/rootfs"
fails 2 'two files are wanted' whittle initramfs-diff A=x
said 'and that is said' 'initramfs-diff wants A=FILE and B=FILE'
ok 'nothing of that made anything stale' whittle
said 'there is nothing to do' 'Nothing to be done'

is 'sizes by package' "$(look size | awk '{ print $1, $2 }' | sort | xargs)" '(archive) 0 liba 1 mods 1 over 1 package files skeleton '"$(look size | awk '$1 == "skeleton" { print $2 }')"' total '"$(look size | awk '$1 == "total" { print $2 }')"
is 'in all it is the file' "$(look size | awk '$1 == "total" { print $4 }')" "$(stat -c %s "$images/initramfs.cpio.gz")"
like 'of one package, by file' "$(look size PKG=mods)" '  /usr/lib/modules/1/m.ko$'
like 'of all, by file' "$(look size V=1)" '  /usr/share/liba$'
like 'of any file' "$(look size FILE="$SCRATCH/images/initramfs.cpio.gz" PKG=liba)" '  /usr/share/liba$'
fails 2 'a package that brought nothing' whittle size PKG=nobody
said 'is told' "nothing in it is from 'nobody'"

# For one boot.
mkdir -p "$SCRATCH/extra/tmp" "$SCRATCH/extra/etc"
echo extra | tee "$SCRATCH/extra/tmp/x" >"$SCRATCH/extra/etc/mine"
echo 'dir /last 0755 0 0' >"$SCRATCH/table"
"$TOOLBIN/mkinitramfs" -o "$SCRATCH/last.cpio" --table t="$SCRATCH/table"
before=$(cd "$images" && sha256sum -- *)
ok 'a directory and an archive for one boot' whittle "$OUT/build/extra/initramfs.cpio" INITRAMFS_EXTRA="$SCRATCH/extra $SCRATCH/last.cpio"
rm -rf "$SCRATCH/x"
ok 'are after all else' "$TOOLBIN/mkinitramfs" --extract "$OUT/build/extra/initramfs.cpio" "$SCRATCH/x"
is 'and win' "$(cat "$SCRATCH/x/etc/mine" "$SCRATCH/x/tmp/x" && cd "$SCRATCH/x" && ls -d last)" 'extra
extra
last'
is 'directories that are there keep their mode' "$(stat -c %a "$SCRATCH/x/tmp")" 1777
is 'images/ is as before' "$(cd "$images" && sha256sum -- *)" "$before"
like 'QEMU gets them' "$(whittle -n qemu-run INITRAMFS_EXTRA="$SCRATCH/extra")" 'runqemu.* --initramfs [^ ]*/extra/initramfs.cpio'
like 'and without them what was built' "$(whittle -n qemu-run)" 'runqemu.* --initramfs [^ ]*/rootfs/image/host/initramfs.cpio'
head -c 200 "$SCRATCH/last.cpio" >"$SCRATCH/cut.cpio"
fails 2 'one that is cut off' whittle "$OUT/build/extra/initramfs.cpio" INITRAMFS_EXTRA="$SCRATCH/cut.cpio"
said 'is named, before anything boots' "^mkinitramfs: $SCRATCH/cut.cpio: "
fails 2 'one that is not there' whittle "$OUT/build/extra/initramfs.cpio" INITRAMFS_EXTRA="$SCRATCH/none"
said 'is named' "$SCRATCH/none: cannot read: No such file"
done_testing
