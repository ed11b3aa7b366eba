# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
# shellcheck disable=SC2034,SC2154 # variables of the scripts that source it, and for them
# What scripts that build and boot other kernels share: scripts/matrix, bisect and series.
#
# takes: me, the name of the goal; O, TOOLDIR, MAKE, LLVM, GUEST_VARIABLES and the variables named there, as make
#        gives them; out, the directory that a trial is built in; top, the Whittle tree
# gives: the functions below

say() { echo "$me: $1"; }
die() {
	say "$1" >&2
	exit 1
}

# wants NAME...: exit if one of these variables is empty.
wants() {
	missing=
	for name; do
		eval "[ -n \"\${$name-}\" ]" || missing="$missing $name"
	done
	[ -n "$missing" ] || return 0
	for name in $missing; do say "$name= is missing" >&2; done
	say "see 'make help', or 'scripts/$me --help'" >&2
	exit 2
}

wants_jq() { command -v jq >/dev/null || die "jq is not installed: scripts/bootstrap $me installs it"; }

# whittle ARGUMENT...: make in $out, with the variables of make that apply to a guest.
whittle() {
	for name in ${GUEST_VARIABLES:-RUN TIMEOUT}; do eval "set -- \"$name=\${$name-}\" \"\$@\""; done
	$MAKE -C "$top" O="$out" TOOLDIR="$TOOLDIR" ${LLVM:+LLVM="$LLVM"} ${LOCAL_UNCHECKED:+LOCAL_UNCHECKED=y} "$@" </dev/null
}

# field NAME FILE: a value of runqemu's record of a guest; empty if there is none.
field() { [ ! -s "$2" ] || jq -r ".$1 // empty" "$2"; }

# shown: text of commits and guests, without control characters, unbuffered
shown() { LC_ALL=C sed -u 's/\xc2[\x80-\x9f]/?/g; s/[\x01-\x08\x0b-\x1f\x7f]/?/g'; }
tail_of() { tail -n 5 "$1" | shown | sed 's/^/    /'; }

# The build failed because of this commit, not because of this machine: only the kernel's own configure
# or build step failed, and the script is the cause. The step runner leaves a record of each failure
# (docs/step.md).
kernel_failed() {
	[ "$(find "$out/build" -mindepth 2 -maxdepth 2 -name failure)" = "$out/build/linux/failure" ] &&
		jq -e '.cause == "script" and (.step == "configure" or .step == "build")' "$out/build/linux/failure" >/dev/null
}

# guest_ran CAUSE: the guest ended because of its kernel or command, and not because of this machine.
guest_ran() {
	case $1 in '' | 'QEMU died' | 'not started' | interrupted | 'output lost') return 1 ;; esac
}

# wants_place: exit if SCHEDULER and HOSTS are not what they should be; set elsewhere if one of them is.
wants_place() {
	case ${SCHEDULER-} in '' | slurm) ;; *) say "SCHEDULER=$SCHEDULER: slurm is expected" >&2 && exit 2 ;; esac
	[ -z "${SCHEDULER-}" ] || [ -z "${HOSTS-}" ] || { say 'HOSTS and SCHEDULER are two ways to do the same: choose one' >&2 && exit 2; }
	elsewhere=${HOSTS-}${SCHEDULER-}
}

# hold FILE: descriptor 5 is the end to read of a pipe that is open while this script lives, by descriptor 4, which nothing else is
# to have. FILE is its name for a moment.
hold() {
	rm -f "$1"
	mkfifo "$1"
	exec 4<>"$1"
	exec 5<"$1"
	rm "$1"
}
