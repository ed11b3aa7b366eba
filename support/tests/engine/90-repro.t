#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# make repro: what make tells runqemu to keep, and what it adds to an archive.
set -u
# shellcheck source=support/tests/engine.sh
. support/tests/engine.sh

{ head -c 514 /dev/zero; printf HdrS; head -c 500 /dev/zero; } >"$SCRATCH/bzImage"
mkdir -p "$EXT/package/one/files"
cp "$SCRATCH/bzImage" "$EXT/package/one/files/"
pkg one <<'END'
ONE_FILES := files/bzImage
define ONE_INSTALL
cp "$(FILES)/bzImage" "$(IMAGE)/images/"
endef
END
choose one
ok 'a build to begin with' whittle
like 'each run is kept' "$(whittle -n qemu-run RUN=x)" " --remember $OUT/run/default.last --remember-with whittle.config=$OUT/.config "
like 'by the name of its guest' "$(whittle -n qemu-run RUN=x GUEST=ci)" " --remember $OUT/run/ci.last "
fails 2 'no run yet' whittle repro
said 'is told' "there is no run in $OUT/run/default.last to pack"

# A run that a script in QEMU's place has ended.
printf '#!/bin/sh\nexit 1\n' >"$SCRATCH/qemu"
chmod 755 "$SCRATCH/qemu"
# shellcheck disable=SC2317 # called by fails
run() {
	"$TOOLBIN/runqemu" --accel tcg --qemu "$SCRATCH/qemu" --kernel "$OUT/images/bzImage" \
		--remember "$OUT/run/default.last" --remember-with whittle.config="$OUT/.config" -- true
}
fails 125 'a run' run
ok 'is packed' whittle repro
mkdir "$SCRATCH/x"
ok 'the archive' tar -xf "$OUT/run/default.repro.tar.zst" -C "$SCRATCH/x"
ok 'has the configuration' cmp "$OUT/.config" "$SCRATCH/x/repro/whittle.config"
like 'and what differs from defaults' "$(cat "$SCRATCH/x/repro/whittle.defconfig")" '^CONFIG_PACKAGE_ONE=y$'
unlike 'and that alone' "$(cat "$SCRATCH/x/repro/whittle.defconfig")" COMPLETE
is 'the digests of what was built' "$(cut -c 67- "$SCRATCH/x/repro/images.sha256")" images/bzImage
like 'where packages come from' "$(cat "$SCRATCH/x/repro/run.sh")" '^external=ext$'
whittle repro FILE="$SCRATCH/b c.tar.zst" >/dev/null
ok 'a second one has the same bytes' cmp "$SCRATCH/b c.tar.zst" "$OUT/run/default.repro.tar.zst"
whittle repro SOURCE_DATE_EPOCH=1000000000 >/dev/null
like 'SOURCE_DATE_EPOCH is its time' "$(TZ=UTC0 tar -tvf "$OUT/run/default.repro.tar.zst")" '2001-09-09 01:46'
is 'nothing else is left' "$(cd "$OUT/run" && echo *)" 'default.last default.repro.tar.zst'
fails 125 'without EXTERNAL' "$SCRATCH/x/repro/repro" rebuild "$TOP" TOOLDIR="${TOOLBIN%/bin}"
said 'it is not built again' 'add EXTERNAL=DIR (ext)'
ok 'it is built again' "$SCRATCH/x/repro/repro" rebuild "$TOP" TOOLDIR="${TOOLBIN%/bin}" EXTERNAL="$EXT"
said 'with the same digest' '^same     images/bzImage$'
echo x >>"$EXT/package/one/files/bzImage"
fails 1 'another source' "$SCRATCH/x/repro/repro" rebuild "$TOP" TOOLDIR="${TOOLBIN%/bin}" EXTERNAL="$EXT"
said 'has another' '^differs  images/bzImage$'
chmod u+w "$OUT/images/bzImage"
echo x >>"$OUT/images/bzImage"
fails 2 'an image that changed since' whittle repro
said 'is refused' 'images/bzImage is not what the run booted any more'
done_testing
