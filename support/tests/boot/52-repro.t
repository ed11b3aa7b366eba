#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# A run of a real guest that is packed, and boots from the archive by its own script, with little in PATH.
set -u
# shellcheck source=support/tests/guest.sh
. support/tests/guest.sh
cd "$SCRATCH" || exit 1

mkdir bin
for program in sh sha256sum grep sed mkdir rm cat wc sleep date tail tr kill qemu-system-x86_64; do
	ln -s "$(command -v "$program")" bin/ 2>/dev/null
done
# packed NAME COMMAND: run it, pack the run, and unpack it in a directory of its own.
packed() {
	boot --remember last -- "$2"
	mkdir "$1"
	"$TOOLBIN/repro" -o "$1.tar.zst" --script "$TOP/support/make/repro.sh" --base "$images/.." last && tar -xf "$1.tar.zst" -C "$1"
}
# again NAME: boot it by its script; sets out, err and status.
# shellcheck disable=SC2034 # ends reads them
again() {
	status=0
	env -i PATH="$SCRATCH/bin" "$1/repro/repro" >out 2>err </dev/null || status=$?
	out=$(cat out)
	err=$(cat err)
}

packed plain 'echo hello; echo trouble >&2; exit 7'
ends 7 'a run'
again plain
ends 7 'boots from its archive, with the same status'
is 'the output is the same' "$out" hello
like 'and the errors' "$err" '^trouble$'
like 'it ended as the run did' "$err" '^repro: status 7, as in the run$'
like 'the digests are those of images' "$(cat plain/repro/images.sha256)" '/vmlinux$'

packed panic 'echo before; echo c >/proc/sysrq-trigger; sleep 60'
ends 122 'a run that panics'
again panic
ends 122 'panics from its archive'
like 'in the same way' "$err" '^repro: guest panicked: sysrq triggered crash$'
like 'as the run did' "$err" '^repro: status 122, as in the run$'
like 'with its last lines' "$err" 'Kernel panic - not syncing'
done_testing
