#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# What is wrong with recipes, sources and configurations is named, and stops the build.
set -u
. support/tests/engine.sh

simple one
simple two
choose one two
ok 'a build to begin with' whittle
sum=$(sha256sum <"$OUT/images/initramfs.cpio.gz")

# two packages, one path
sed -i 's,usr/share/two,usr/share/one,' "$EXT/package/two/two.mk"
fails 2 'two packages bring one path' whittle
said 'the path is named' 'usr/share/one'
said 'one package is named' "$(printf '\\bone\\b')"
said 'the other too' "$(printf '\\btwo\\b')"
is 'images are as they were' "$(sha256sum <"$OUT/images/initramfs.cpio.gz")" "$sum"
sed -i 's,target/usr/share/one,target/usr/share/two,' "$EXT/package/two/two.mk"
ok 'mended' whittle

# two directories, one name
mkdir -p "$SCRATCH/more/package" && cp -r "$EXT/package/two" "$SCRATCH/more/package"
fails 2 'a package that another directory has' whittle EXTERNAL="$EXT:$SCRATCH/more"
said 'both are named, and what to do' "^$SCRATCH/more/package/two: $EXT/package/two is a package of the same name: rename one, or take it away\$"
fails 2 'a directory that is named twice' whittle EXTERNAL="$EXT $EXT"
said 'it is named' "^$EXT/package/two: its directory is given twice: name it once\$"
ok 'mended' whittle EXTERNAL="$EXT"

# a step that fails
sed -i 's/^echo two >out/echo two >out; echo it broke here; false/' "$EXT/package/two/two.mk"
fails 2 'a step that fails' whittle
said 'the tail of its log' '^it broke here'
said 'the path of its log' "out/build/two/build.log"
said 'package and step' 'two: build failed'
echo '{ "cause": "ok" }' >"$SCRATCH/record"
ln -s record "$SCRATCH/link"
ok 'what would be done' whittle -n JSON="$SCRATCH/record" qemu-run
ok 'leaves the record of an earlier guest' test -e "$SCRATCH/record"
fails 2 'a guest, by another name of it' whittle JSON="$SCRATCH/link" RUN=true qemu-run
ok 'leaves it, too' test -e "$SCRATCH/record"
fails 2 'a guest, which does not come to be' whittle JSON="$SCRATCH/record" RUN=true qemu-run
ok 'has not the record of an earlier one' test ! -e "$SCRATCH/record"
fails 2 'a command that is empty' whittle RUN= qemu-run
said 'is refused, with what to do' 'RUN is empty: name a command, or leave RUN out for a shell'
sed -i 's/; echo it broke here; false//' "$EXT/package/two/two.mk"
ok 'mended' whittle

# circles, gaps
simple one two
simple two one
fails 2 'a circle' whittle
said 'all of it is named' 'circle: one -> two -> one\|circle: two -> one -> two'
simple one missing
simple two
fails 2 'a dependency that is no package' whittle
said 'both are named' 'one depends on missing, which is no package'
simple one
ok 'mended' whittle

# digests
mkdir -p "$SCRATCH/site"
mkdir "$SCRATCH/three-1"
echo hello >"$SCRATCH/three-1/file"
(cd "$SCRATCH" && tar czf site/three-1.tar.gz three-1)
pkg three <<END
THREE_SITE := file://$SCRATCH/site
THREE_SOURCE := three-1.tar.gz
define THREE_INSTALL
install -D -m 644 "\$(SRC)/file" "\$(IMAGE)/target/three"
endef
END
choose one two three
fails 2 'a file without a digest' whittle
said 'file and remedy are named' "three.hash has no digest for three-1.tar.gz: add a line"
echo "sha256 123 three-1.tar.gz" >"$EXT/package/three/three.hash"
fails 2 'a malformed digest' whittle
said 'file and line' 'three.hash:1: '
echo "sha256  0000000000000000000000000000000000000000000000000000000000000000  three-1.tar.gz" >"$EXT/package/three/three.hash"
fails 2 'a wrong digest' whittle
said 'expected digest' '0000000000000000000000000000000000000000000000000000000000000000'
fails 1 'nothing was unpacked' test -e "$OUT/build/three/src"
echo "sha256  $(sha256sum "$SCRATCH/site/three-1.tar.gz" | cut -d ' ' -f 1)  three-1.tar.gz" >"$EXT/package/three/three.hash"
ok 'the right digest' whittle
is 'it was unpacked' "$(unpacked three)" hello

# A wrong digest in the recipe does not cost the good file.
cp "$EXT/package/three/three.hash" "$SCRATCH/three.hash"
echo "sha256  0000000000000000000000000000000000000000000000000000000000000000  three-1.tar.gz" >"$EXT/package/three/three.hash"
fails 2 'a wrong digest, and the file is there' whittle
said 'the remedy is named' "'make source' tells whether the file or the expected digest is wrong"
fails 2 'make source' whittle source
said 'tells which' 'a server has the same file: find out why it differs, then correct the digest'
ok 'the file is there' cmp "$SCRATCH/site/three-1.tar.gz" "$XDG_CACHE_HOME/whittle/dl/three/three-1.tar.gz"
cp "$SCRATCH/three.hash" "$EXT/package/three/three.hash"
ok 'the digest is right again: nothing is fetched' whittle CONFIG_OFFLINE=y

# a file damaged in the cache
echo more >>"$XDG_CACHE_HOME/whittle/dl/three/three-1.tar.gz"
ok 'forget three' whittle three-dirclean
fails 2 'a damaged download is not unpacked' whittle
said 'the remedy is named' 'make source'
ok 'make source fetches it again' whittle source
ok 'and the build goes on' whittle

# patches
cat >"$EXT/package/three/0001-more.patch" <<'END'
--- a/file
+++ b/file
@@ -1 +1 @@
-hello
+hello, patched
END
ok 'a patch' whittle
is 'it is applied' "$(unpacked three)" 'hello, patched'
sed -i 's/^-hello/-goodbye/' "$EXT/package/three/0001-more.patch"
fails 2 'a patch that does not apply' whittle
said 'package and step are named' 'three: unpack failed'
rm "$EXT/package/three/0001-more.patch"
ok 'without it' whittle
is 'the sources are as upstream made them' "$(unpacked three)" hello

# configurations
cp "$OUT/.config" "$SCRATCH/config"
echo 'this is no setting' >>"$OUT/.config"
fails 2 'a malformed .config' whittle
said 'file and line' "out/.config:[0-9]*: not a Kconfig setting"
cp "$SCRATCH/config" "$OUT/.config"
fails 2 'an unknown board' whittle nosuch_defconfig
said 'the remedy' 'list-defconfigs'
fails 2 'EXTERNAL that is not there' make O="$OUT" EXTERNAL="$SCRATCH/nowhere" TOOLDIR="${TOOLBIN%/bin}"
said 'it is named' 'nowhere, which is not a directory'
fails 2 'O with a space' make O="$SCRATCH/a b"
said 'it is said clearly' 'has white space in it'
mkdir "$SCRATCH/a b"
cp -R Makefile Kconfig support "$SCRATCH/a b/"
fails 2 'a tree in a directory with a space' make -C "$SCRATCH/a b" help
said 'it is said clearly' 'has white space in it'
fails 2 'a package that is not enabled' whittle busybox
# names that the engine uses itself
for name in rootfs images cache; do
	simple $name
	choose one $name
	fails 2 "a package with the name $name" whittle
	said 'it is refused' "$name.mk: no package can have the name $name"
	rm -r "$EXT/package/$name"
done
fails 2 'SANITIZE with text of a shell' whittle SANITIZE='address;id' tools
said 'is refused, and what it may be is told' 'SANITIZE=address;id: expected some of these, separated by commas: address undefined'

done_testing
