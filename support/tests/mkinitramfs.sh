# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
# For tests of mkinitramfs: $mki is the program; the scratch directory becomes the current one.

# shellcheck source=support/tests/tap.sh
[ -n "${tap_count-}" ] || . support/tests/tap.sh

# shellcheck disable=SC2034 # the tests read it
mki=$TOOLBIN/mkinitramfs
cd "$SCRATCH" || exit 1
umask 022
unset SOURCE_DATE_EPOCH

# put FILE TEXT: a file and its directory.
put() {
	mkdir -p "$(dirname "$1")"
	printf '%s\n' "$2" >"$1"
}
