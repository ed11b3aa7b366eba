# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
# For tests that build and boot a real system. CHECK_O is where; a test that finds a finished
# build of another there starts from it.

# shellcheck source=support/tests/tap.sh
. support/tests/tap.sh

CHECK_O=${CHECK_O:-output/check}
unset MAKEFLAGS MAKELEVEL EXTERNAL SOURCE_DATE_EPOCH O V
mkdir -p "$CHECK_O"
CHECK_O=$(cd "$CHECK_O" && pwd)

# board NAME ARGUMENT...: make in a directory of that name, with the tools that are built.
board() {
	board_name=$1
	shift
	make O="$CHECK_O/$board_name" TOOLDIR="${TOOLBIN%/bin}" "$@"
}

# guest NAME COMMAND: run it in the guest of that build; sets out, err and status.
# shellcheck disable=SC2034 # the tests read them
guest() {
	status=0
	board "$1" -s qemu-run RUN="$2" >"$SCRATCH/guest.out" 2>"$SCRATCH/guest.err" </dev/null || status=$?
	out=$(cat "$SCRATCH/guest.out")
	err=$(cat "$SCRATCH/guest.err")
}
