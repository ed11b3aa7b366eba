#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Do a row of a matrix: build and boot what its directory says (rows.sh), and leave a record of it there.
#
# usage: row.sh DIR
# takes: MAKE, TOOLDIR (default: DIR/tools), JOBS, how many jobs its make has (default: what make chooses)
#
# exit status: 0 the row is ok, 1 it failed
# shellcheck disable=SC2034,SC2154 # variables of the file row, and for whittle()
set -eu

me=row
out=$1
top=$(pwd)
MAKE=${MAKE:-make}
TOOLDIR=${TOOLDIR:-$out/tools}
unset LINUX_DIR MAKEFLAGS MAKEOVERRIDES MAKELEVEL MFLAGS GNUMAKEFLAGS
# shellcheck source=support/make/trial.sh
. support/make/trial.sh
# shellcheck source=/dev/null
. "$out/row"
[ ! -f "$out/expected" ] || EXPECT=$out/expected

# took: the seconds of the kernel's own steps since begun; "cached" if none was run. The step runner writes the
# duration of a step to STEP.time. restored/ means that the result, with its times, came from the cache.
took() {
	[ ! -d "$out/build/linux/restored" ] || { echo cached; return; }
	find "$out/build/linux" -maxdepth 1 -name '*.time' -newer "$out/begun" -exec cat {} + 2>/dev/null |
		awk '{ sum += $1 } END { if (NR) printf "%.3f\n", sum; else print "cached" }'
}

# size FILE...: bytes of the first of them that is there; nothing if none is.
size() {
	for file; do
		[ ! -f "$file" ] || { wc -c <"$file"; return; }
	done
}

# digests: "SHA256  NAME" of each file in images/.
digests() { (cd "$out/images" && find . -maxdepth 1 -type f | sed 's,^\./,,' | LC_ALL=C sort | xargs -r sha256sum); }

# record RESULT LOG: write the record; BUILT is empty if nothing was built.
record() {
	[ -s "$out/verdict" ] || echo null >"$out/verdict"
	[ -z "$built" ] || digests >"$out/digests"
	jq -n --arg board "$board" --arg kernel "$kernel" --arg config "$config" --arg test "$test" --arg command "$RUN" \
		--arg result "$1" --arg log "$2" --arg whittle "$(cat VERSION)" --arg machine "$(uname -n)" \
		--arg built "$built" --arg failed "$failed" --arg kernel_size "${kernel_size:-}" --arg root_size "${root_size:-}" \
		--rawfile digests "$out/digests" --slurpfile guest "$out/verdict" '
		def number: if . == "" then null else tonumber end;
		{
			board: $board, kernel: $kernel, config: $config, test: $test, command: $command, result: $result,
			log: (if $log == "" then null else $log end), whittle: $whittle, machine: $machine,
			kernel_failed: (if $failed == "" then null else $failed == "y" end),
			cached: (if $built == "" then null else $built == "cached" end),
			build_s: (if $built == "cached" then 0 else $built | number end),
			sizes: {kernel: $kernel_size | number, initramfs: $root_size | number},
			digests: [$digests | split("\n")[] | select(. != "") | {(.[66:]): .[:64]}] | add,
			boot_ms: $guest[0].boot_ms, total_ms: $guest[0].total_ms, guest: $guest[0]
		}' >"$out/record.new"
	rm -f "$out/digests"
	mv "$out/record.new" "$out/record"
}

built=
failed=
rm -f "$out"/build/*/failure
rm -f "$out/verdict" "$out/record"
: >"$out/digests"
: >"$out/begun"
# A file that is written from now on is newer, however coarse the clock of the file system is.
until [ -n "$(find "$out/tick" -newer "$out/begun" 2>/dev/null)" ]; do : >"$out/tick"; done
rm "$out/tick"
say 'building'
if ! whittle BOOT_ONLY=y RUN= ${JOBS:+-j"$JOBS"} images >"$out/build.log" 2>&1; then
	tail_of "$out/build.log"
	failed=n
	! kernel_failed || failed=y
	record 'not built' build.log
	exit 1
fi
built=$(took)
kernel_size=$(size "$out/images/$image" "$out/images/vmlinux")
root_size=$(size "$out"/images/initramfs.cpio*)
say 'booting'
status=0
whittle BOOT_ONLY=y -s JSON="$out/verdict" qemu-run >"$out/run.log" 2>&1 || status=$?
if [ "$status" = 0 ]; then
	record ok run.log
else
	cause=$(field cause "$out/verdict")
	record "${cause:-not started}" run.log
	exit 1
fi
