# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
# For tests of runqemu without a guest: scripts in QEMU's place. Goes to $SCRATCH, where there are
# a bzImage, as far as runqemu looks at it, and an initramfs.

# shellcheck source=support/tests/tap.sh
[ -n "${tap_count-}" ] || . support/tests/tap.sh

cd "$SCRATCH" || exit 1
mkdir tmp
export HOME="$SCRATCH" XDG_CACHE_HOME="$SCRATCH/cache" TMPDIR="$SCRATCH/tmp"
runqemu=$TOOLBIN/runqemu
{ head -c 514 /dev/zero; printf HdrS; head -c 500 /dev/zero; } >bzImage
: >initramfs

# fake NAME <text: such a script. mark is what the session's records begin with; at descriptors 3
# QMP, 4 the console, 5 and 6 the command's output and errors, 7 the second serial port.
fake() {
	{
		printf '%s\n' '#!/bin/sh' \
			"record=\$(printf '\\036')" \
			"mark=\$(tr '\\0' '\\n' </proc/self/fd/10 2>/dev/null | sed -n \"/^\${record}[0-9a-f]* \$/{p;q;}\")"
		cat
	} >"$1"
	chmod 755 "$1"
}
# with NAME ARGUMENT...: runqemu with that script, TCG.
with() {
	with=$1
	shift
	"$runqemu" --accel tcg --kernel bzImage --initramfs initramfs --qemu "./$with" "$@"
}

# For a script that writes its number to the file pid: started waits until it has; gone tells
# whether it has ended, in time.
started() {
	while [ ! -s pid ]; do sleep 0.05; done
}
gone() {
	for _ in $(seq 100); do
		# one that ended may be there still, as a zombie that nobody has asked for
		grep -q '^State:[^Z]*$' "/proc/$(cat pid)/status" 2>/dev/null || return 0
		sleep 0.1
	done
	return 1
}
