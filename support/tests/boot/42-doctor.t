#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# make doctor: whether a guest runs, seen in one.
set -u
# shellcheck source=support/tests/guest.sh
. support/tests/guest.sh

unset MAKEFLAGS MAKELEVEL O V EXTERNAL
mkdir "$SCRATCH/out"
ln -s "$images" "$SCRATCH/out/images"
# doctor LINE...: with such a configuration; whatever else this machine lacks is not judged
doctor() {
	{ echo 'CONFIG_QEMU_ACCEL="tcg"' && printf '%s\n' "$@"; } >"$SCRATCH/out/.config"
	told=$(make O="$SCRATCH/out" TOOLDIR="${TOOLBIN%/bin}" doctor 2>&1)
}
doctor CONFIG_QEMU_MEMORY=300 'CONFIG_QEMU_APPEND="a.b=c"'
like 'a guest runs' "$told" '^  ok  *a guest runs (tcg)$'
like 'it has a directory' "$told" '^  ok  *shared directories: a guest has one by \(9p\|virtiofs\)$'
doctor 'CONFIG_QEMU_APPEND="rdinit=/nowhere"'
like 'one that does not, by its configuration' "$told" '^  PROBLEM  a guest does not run: runqemu: .*init'
unlike 'no more is tried' "$told" 'shared directories: a guest has one'
done_testing
