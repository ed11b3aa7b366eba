#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The same configuration gives the same bytes, wherever, whenever and by whomever it is built.
# shellcheck disable=SC2016 # text for other shells stands in single quotes
set -u
. support/tests/engine.sh

# It lets all of its environment that a step can see show in its result.
pkg nosy <<'END'
define NOSY_CONFIGURE
touch new && mkdir newdir && ln -s new link
endef
define NOSY_BUILD
{ env | grep -v -e PWD -e OLDPWD -e MAKEFLAGS -e JOBS | sed -e "s|$$SRC|S|g" -e "s|$$TOP|T|g" -e "s|$$TOOLS|O|g" -e "s|$$DL|D|g" -e "s|$${BUILD%/*/build}|B|g" | sort; umask; date -d @0; } >out
ls -l out new link | cut -c 1-10 >>out
endef
define NOSY_INSTALL
mkdir -p $(IMAGE)/target/usr/share $(IMAGE)/target/var
cp -r out new newdir link $(IMAGE)/target/usr/share
endef
END
simple liba
simple tool liba
choose nosy liba tool
mkdir -p "$SCRATCH/overlay/etc"
echo over >"$SCRATCH/overlay/etc/over"
echo "CONFIG_ROOTFS_OVERLAY=\"$SCRATCH/overlay\"" >>"$OUT/.config"

sums() { (cd "$OUT/images" && sha256sum -- *); }

ok 'a build' whittle -j1
want=$(sums)
like 'with an archive in it' "$want" initramfs

first=$OUT
OUT=$SCRATCH/a/much/deeper/directory
mkdir -p "$OUT"
cp "$first/.config" "$OUT"
ok 'elsewhere, with more jobs' whittle -j4
is 'the same bytes' "$(sums)" "$want"

OUT=$SCRATCH/b
mkdir -p "$OUT"
cp "$first/.config" "$OUT"
ok 'another umask, locale, time zone and environment' sh -c "umask 077; exec env TZ=Asia/Tokyo LC_ALL=C.UTF-8 LANG=C.UTF-8 \
	HOME=/nowhere TMPDIR=/var/tmp CFLAGS=-O9 PKG_CONFIG_PATH=/x make O='$OUT' EXTERNAL='$EXT' TOOLDIR='${TOOLBIN%/bin}'"
is 'the same bytes' "$(sums)" "$want"
find "$SCRATCH/overlay" -exec touch -d '1999-01-01' {} +
touch "$EXT"/package/*/*
ok 'files of another age' whittle clean
ok 'and a build' whittle
is 'the same bytes' "$(sums)" "$want"

if [ "$(id -u)" = 0 ] && command -v setpriv >/dev/null; then
	OUT=$SCRATCH/c
	mkdir -p "$OUT"
	cp "$first/.config" "$OUT"
	chmod 755 "$SCRATCH"
	chown -R 65534:65534 "$OUT"
	if setpriv --reuid 65534 --regid 65534 --clear-groups test -r "$TOOLBIN/step" -a -r "$TOP/Makefile"; then
		ok 'another user' setpriv --reuid 65534 --regid 65534 --clear-groups env XDG_CACHE_HOME="$OUT/cache" \
			make O="$OUT" EXTERNAL="$EXT" TOOLDIR="${TOOLBIN%/bin}"
		is 'the same bytes' "$(sums)" "$want"
	else
		skip 'another user' "$TOP or $TOOLBIN cannot be read by others"
	fi
else
	skip 'another user' 'not run as root'
fi

OUT=$SCRATCH/d
mkdir -p "$OUT"
cp "$first/.config" "$OUT"
ok 'SOURCE_DATE_EPOCH' whittle SOURCE_DATE_EPOCH=1000000000
like 'is the time of files in the archive' \
	"$(gzip -dc "$OUT/images/initramfs.cpio.gz" | TZ=UTC0 cpio -itv --quiet 2>/dev/null)" '^-rw.* Sep  *9  *2001 usr/share/new$'
like 'and the scripts have it' "$(cat "$OUT/build/nosy/build.sh")" '^export SOURCE_DATE_EPOCH=1000000000$'
ok 'from the environment too' env SOURCE_DATE_EPOCH=1000000000 make O="$OUT" EXTERNAL="$EXT" TOOLDIR="${TOOLBIN%/bin}"
is 'that changes nothing' "$(steps)" ''
done_testing
