# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
# For tests that boot images that are there: KERNEL_IMAGES is a directory with vmlinux, bzImage,
# kernel.config and initramfs.cpio*, made by Whittle: default output/images. Whatever runs slowly
# here is waited for, never for a fixed time.

# shellcheck source=support/tests/tap.sh
[ -n "${tap_count-}" ] || . support/tests/tap.sh
# shellcheck source=support/tests/port.sh
. support/tests/port.sh

images=$(cd "${KERNEL_IMAGES:-output/images}" 2>/dev/null && pwd) || images=${KERNEL_IMAGES:-output/images}
initramfs=
for initramfs in "$images"/initramfs*; do :; done
for file in "$images/vmlinux" "$images/bzImage" "$images/kernel.config" "$initramfs"; do
	if [ ! -f "$file" ]; then
		skip 'guests' "there is no $file: set KERNEL_IMAGES"
		done_testing
	fi
done
unset XDG_RUNTIME_DIR MAKEFLAGS MAKELEVEL
export XDG_CACHE_HOME="$SCRATCH/cache"

# The guests of a test that run in the background end with it.
guests=
trap 'kill $guests 2>/dev/null; wait; rm -rf "$SCRATCH"' EXIT

# raw OPTION... [-- COMMAND]: a guest of just that; sets out, err and status.
# shellcheck disable=SC2034 # the tests read them
raw() {
	status=0
	"$TOOLBIN/runqemu" --accel tcg "$@" >"$SCRATCH/out" 2>"$SCRATCH/err" </dev/null || status=$?
	out=$(tr -d '\000\r' <"$SCRATCH/out")
	err=$(cat "$SCRATCH/err")
}
# boot OPTION... [-- COMMAND]: the same of those images, on the quickest machine for them.
boot() {
	raw --images "$images" --guest-init "$@"
}

# background NAME OPTION... [-- COMMAND]: the same, in the background, with sockets in run/NAME; its
# output is in NAME.out and NAME.err. Waits for the sockets.
background() {
	name=$1
	shift
	"$TOOLBIN/runqemu" --accel tcg --images "$images" --guest-init --run-dir "$SCRATCH/run/$name" "$@" \
		>"$SCRATCH/$name.out" 2>"$SCRATCH/$name.err" </dev/null &
	guest=$!
	guests="$guests $guest"
	until [ -S "$SCRATCH/run/$name/gdb" ] || ! kill -0 "$guest" 2>/dev/null; do sleep 0.1; done
}

# finished NAME: wait for the last one of background; sets out, err and status.
# shellcheck disable=SC2034 # the tests read them
finished() {
	status=0
	wait "$guest" || status=$?
	out=$(tr -d '\000\r' <"$SCRATCH/$1.out")
	err=$(cat "$SCRATCH/$1.err")
}

# ends STATUS NAME: what the last one exited with.
ends() {
	is "$2" "$status" "$1"
	[ "$status" = "$1" ] || tap_note 'its errors' "$(printf '%s\n' "$err" | tail -n 20)"
}
