#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Built packages are taken from the store instead of being built again.
# shellcheck disable=SC2016 # text for other shells stands in single quotes
set -u
. support/tests/engine.sh

CACHE=y
STORE=$XDG_CACHE_HOME/whittle/artifacts
# A tarball for what has one; the download directory stands for the internet.
mkdir -p "$SCRATCH/one-1" "$SCRATCH/site"
echo 'from the tarball' >"$SCRATCH/one-1/file"
tar -C "$SCRATCH" -czf "$SCRATCH/site/one-1.tar.gz" one-1
pkg one <<END
ONE_SITE   := file://$SCRATCH/site
ONE_SOURCE := one-1.tar.gz
ONE_SHA256 := $(sha256sum <"$SCRATCH/site/one-1.tar.gz" | cut -c 1-64)
define ONE_INSTALL
install -D -m 644 \$(SRC)/file \$(IMAGE)/target/usr/share/one
install -D -m 644 \$(SRC)/file \$(IMAGE)/sysroot/usr/lib/one
endef
END
simple tool one
simple other
choose one tool other

# images: all of images/, as digests.
images() {
	(cd "$OUT/images" && find . -type f -exec sha256sum {} + | LC_ALL=C sort)
}
entries() { find "$STORE" -name '*.art' | wc -l; }

ok 'a first build' whittle
is 'it runs every step' "$(steps)" 'BUILD one,BUILD other,BUILD tool,CONFIGURE one,CONFIGURE other,CONFIGURE tool,INSTALL one,INSTALL other,INSTALL rootfs,INSTALL tool,UNPACK one,UNPACK other,UNPACK tool'
is 'and keeps every package' "$(entries)" 3
want=$(images)

ok 'clean' whittle clean
mv "$SCRATCH/site" "$SCRATCH/gone"
rm -rf "$XDG_CACHE_HOME/whittle/dl"
ok 'make again, with no sources to be had' whittle
is 'all comes from the store' "$(steps)" 'INSTALL rootfs'
said 'it says so' '^  CACHE *tool 1 '
is 'the same images' "$(images)" "$want"
fails 1 'nothing was unpacked' test -e "$OUT/build/one/src"
ok 'make once more' whittle
is 'nothing to do' "$(cat "$SCRATCH/.tap.out")" "make: Nothing to be done for 'all'."

# Another checkout, another output directory.
first=$OUT
OUT=$SCRATCH/deeper/down/out
mkdir -p "$OUT"
cp "$first/.config" "$OUT"
ok 'another directory' whittle
is 'all comes from the store' "$(steps)" 'INSTALL rootfs'
is 'the same images' "$(images)" "$want"
OUT=$first

sed -i 's/echo tool/echo tool, changed/' "$EXT/package/tool/tool.mk"
ok 'a changed recipe' whittle
is 'builds just that' "$(steps)" 'BUILD tool,CONFIGURE tool,INSTALL rootfs,INSTALL tool,UNPACK tool'
sed -i 's/echo tool, changed/echo tool/' "$EXT/package/tool/tool.mk"
ok 'and back' whittle
is 'is taken from the store' "$(steps)" 'INSTALL rootfs'
is 'the same images' "$(images)" "$want"
sed -i 's/install -D -m 644 out/install -D  -m 644 out/' "$EXT/package/tool/tool.mk"
ok 'another install step' whittle
is 'build/ is of an older recipe: it is not gone on with' "$(steps)" 'BUILD tool,CONFIGURE tool,INSTALL tool'
is 'the same images' "$(images)" "$want"

ok 'rebuilding by name' whittle tool-rebuild
is 'builds' "$(steps)" 'BUILD tool,INSTALL tool'

# A damaged entry.
for f in "$STORE"/*/*.art; do
	size=$(stat -c %s "$f")
	printf 'damage' | dd of="$f" bs=1 seek=$((size - 20)) conv=notrunc 2>/dev/null
done
ok 'clean' whittle clean
mv "$SCRATCH/gone" "$SCRATCH/site"
ok 'a damaged store' whittle
is 'all is built again' "$(steps)" 'BUILD one,BUILD other,BUILD tool,CONFIGURE one,CONFIGURE other,CONFIGURE tool,INSTALL one,INSTALL other,INSTALL rootfs,INSTALL tool,UNPACK one,UNPACK other,UNPACK tool'
said 'it is said of which package' '^step: other: .*damaged'
is 'the same images' "$(images)" "$want"
ok 'clean' whittle clean
ok 'the store is whole again' whittle
is 'all comes from it' "$(steps)" 'INSTALL rootfs'

# A package that is built in a directory which it keeps goes on from where that directory is.
pkg kept <<'END'
KEPT_KEEP_BUILD := y
define KEPT_CONFIGURE
echo configured >>trace
endef
define KEPT_BUILD
echo built A >>trace
endef
define KEPT_INSTALL
tail -n 1 trace >out
install -D -m 644 out $(IMAGE)/target/usr/share/kept
endef
END
choose kept
ok 'one that keeps its build directory' whittle
sed -i 's/built A/built B/' "$EXT/package/kept/kept.mk"
ok 'changed' whittle
sed -i 's/built B/built A/' "$EXT/package/kept/kept.mk"
ok 'and back' whittle
is 'comes from the store' "$(steps)" 'INSTALL rootfs'
is 'it is the right one' "$(unpacked usr/share/kept)" 'built A'
sed -i 's/built A/built C/' "$EXT/package/kept/kept.mk"
ok 'and another' whittle
is 'goes on in its directory' "$(steps)" 'BUILD kept,INSTALL kept,INSTALL rootfs'
is 'which was left with the second' "$(paste -s -d , "$OUT/build/kept/build/trace")" 'configured,built A,built B,built C'

# Who asks for its configuration alone wants build/, not an image.
pkg inner <<'END'
INNER_TYPE := kbuild
INNER_KCONFIG_BASE := $(EXTERNAL)/inner.config
INNER_OLDCONFIG := true
INNER_SAVEDEFCONFIG := whole
INNER_BUILD = true
INNER_INSTALL = install -D -m 644 $(BUILD)/.config $(IMAGE)/target/usr/share/inner
END
echo CONFIG_INNER=y >"$EXT/inner.config"
choose inner
ok 'one with a configuration inside' whittle
ok 'clean' whittle clean
ok 'from the store' whittle
said 'it is' '^  CACHE *inner '
ok 'its configuration' whittle inner-savedefconfig
is 'is there' "$(cat "$OUT/inner_defconfig")" CONFIG_INNER=y
ok 'make after that' whittle
is 'takes it from the store again' "$(steps)" ''

# What a person edits is not stored.
before=$(entries)
mkdir -p "$SCRATCH/mine"
echo mine >"$SCRATCH/mine/file"
choose one
ok 'a local directory' whittle ONE_DIR="$SCRATCH/mine"
is 'is not stored' "$(entries)" "$before"
echo edited >"$SCRATCH/mine/file"
ok 'edited' whittle ONE_DIR="$SCRATCH/mine"
is 'is built' "$(unpacked usr/share/one)" edited

# Nor is what was built without the sandbox, by then or with what it left.
whittle clean >/dev/null
sed -i 's/echo other/echo other, unconfined/' "$EXT/package/other/other.mk"
choose one other
before=$(entries)
ok 'without the sandbox' whittle SANDBOX=n
said 'what was stored before is taken' '^  CACHE *one '
said 'the rest is built' '^  INSTALL *other '
is 'and not stored' "$(entries)" "$before"
ok 'a step of it in the sandbox' whittle other-rebuild
is 'is not stored either' "$(entries)" "$before"
whittle other-dirclean >/dev/null
ok 'all of it in the sandbox' whittle
is 'is stored' "$(entries)" $((before + 1))

# A disk on which what is stored has no room has none for a build of it.
pkg big <<'END'
define BIG_INSTALL
mkdir -p $(IMAGE)/target/usr/share
seq 500000 >$(IMAGE)/target/usr/share/big
endef
END
choose big
ok 'a package of some size' whittle
whittle clean >/dev/null
mkdir -p "$OUT/build"
cat >"$SCRATCH/mounted" <<'END'
mount -t tmpfs -o "size=$1" none "$2" || exit 99
shift 2
"$@"
END
private=
for how in -m -rm; do
	unshare $how sh "$SCRATCH/mounted" 1m "$OUT/build" true 2>/dev/null && private=$how && break
done
if [ "$private" ]; then
	fails 2 'a full disk' unshare "$private" sh "$SCRATCH/mounted" 2m "$OUT/build" \
		make O="$OUT" EXTERNAL="$EXT" TOOLDIR="${TOOLBIN%/bin}"
	said 'is told' '^step: big: cannot unpack artifact .*: No space left on device$'
	is 'and nothing is built in vain' "$(steps)" ''
	ok 'with room' whittle
	is 'it comes from the store' "$(steps)" 'INSTALL rootfs'
else
	skip 'a full disk' 'cannot mount a small tmpfs here'
fi

CACHE='' choose one other
rm -rf "$OUT/build"
ok 'without the store' whittle
is 'everything is built' "$(steps)" 'BUILD one,BUILD other,CONFIGURE one,CONFIGURE other,INSTALL one,INSTALL other,INSTALL rootfs,UNPACK one,UNPACK other'
done_testing
