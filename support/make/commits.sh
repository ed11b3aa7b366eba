# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
# shellcheck disable=SC2034,SC2154 # variables of the scripts that source it, and for them
# Trials of the commits of a kernel's repository, for scripts/bisect and scripts/series: each in $tree, a worktree of
# LINUX_DIR, and built in $out. An interrupted script continues.
#
# takes: me, top, and trial.sh; work, what is done, in a word; LINUX_DIR; RESTART
# gives: the functions below; places: dir, for all that is kept, tree, out; try: outcome

tree() { git -C "$tree" "$@"; }

# places: set dir, tree and out; and forget what a hook, an alias or 'rebase -x' has in the environment, which
# names another repository, index and more.
places() {
	mkdir -p "$O/$me"
	O=$(cd "$O" && pwd)
	MAKE=${MAKE:-make}
	TOOLDIR=${TOOLDIR:-$O/tools}
	dir=$O/$me tree=$O/$me/tree out=$O/$me/out
	# A pager would have no terminal here.
	GIT_PAGER='cat'
	export O MAKE TOOLDIR LINUX_DIR RUN GIT_PAGER
	# shellcheck disable=SC2046 # names
	unset $(git rev-parse --local-env-vars 2>/dev/null)
}

# repository: LINUX_DIR is one that git works in.
repository() {
	why=$(LC_ALL=C git -C "$LINUX_DIR" rev-parse --git-dir 2>&1 >/dev/null) || case $why in
	*'not a git repository'*) die "$LINUX_DIR is not a git repository" ;;
	*)
		printf '%s\n' "$why" | LC_ALL=C tr -d '\000-\010\013-\037\177' | sed 's/^/    /' >&2
		die "git does not work in $LINUX_DIR, for the reason above"
		;;
	esac
}

# commit REV: its id in LINUX_DIR; in the worktree, HEAD~2 would be another commit.
commit() {
	git -C "$LINUX_DIR" rev-parse -q --verify "$1^{commit}" || die "there is no commit '$1' in $LINUX_DIR"
}

# session ARGUMENT...: run this script with these arguments in a session of its own, which holds a lock, and exit
# as it does. A signal to this process alone, as from make, ends all of it: this process waits until the session
# has released the lock. The lock's file names this process, the session and make.
session() {
	exec 8>>"$dir/lock"
	flock -n 8 || orphaned ||
		die "another $work is running in $dir (process $(cut -d ' ' -f 1 "$dir/lock"), or a child of it)"
	trap 'session_ended 2' INT
	trap 'session_ended 15' TERM
	trap 'session_ended 1' HUP
	setsid "$top/scripts/$me" "$@" </dev/null &
	echo "$$ $! $PPID" >"$dir/lock"
	status=0
	wait "$!" || status=$?
	exit "$status"
}
# orphaned: where SIGKILL has ended the process or the make that has the lock, end the rest, and take the lock.
orphaned() {
	read -r process leader parent <"$dir/lock" || return 1
	if ! kill -0 "$process" 2>/dev/null; then
		kill -TERM "-$leader" 2>/dev/null || :
	elif ! kill -0 "$parent" 2>/dev/null; then
		kill -TERM "$process"
	else
		return 1
	fi
	flock -w 30 8
}
# session_ended SIGNAL
session_ended() {
	trap '' INT TERM HUP
	exec 8>&-
	if [ -n "${!-}" ]; then
		# it may not be a session yet
		kill -TERM "-$!" 2>/dev/null || kill -TERM "$!" 2>/dev/null || :
		flock -w 30 "$dir/lock" true || kill -KILL "-$!" 2>/dev/null || :
	fi
	say "interrupted; the same command${RESTART:+, without RESTART=$RESTART,} continues" >&2
	exit $((128 + $1))
}

# build ARGUMENT...: make, without a command for a guest; its output goes to build.log, its progress notes are shown.
# A commit may lack what a kernel is built from, and the tree may be empty (LOCAL_UNCHECKED).
build() {
	rm -f "$dir/built" "$out"/build/*/failure
	{ whittle LOCAL_UNCHECKED=y RUN= "$@" 2>&1 && : >"$dir/built"; } | tee "$dir/build.log" | sed -un '/^  \.\.\. /p' | shown
	[ -e "$dir/built" ]
}

# rootfs: build everything that does not depend on the kernel once in advance, as for a kernel with a built-in
# root filesystem. An empty tree replaces the kernel's tree.
rootfs() {
	[ -f "$O/.config" ] || die "there is no $O/.config: configure first"
	sh "$top/support/make/configure-like.sh" "$O" "$out" "$O/.config"
	mkdir -p "$dir/none"
	say "building the root filesystem, which does not depend on the kernel"
	build LINUX_DIR="$dir/none" ROOTFS_CONSUMERS=linux rootfs || {
		tail_of "$dir/build.log"
		die "the root filesystem cannot be built, with any kernel: nothing was tested (the whole log: $dir/build.log)"
	}
}

# inputs NAME...: all inputs of a verdict but the commit: these variables, those of a guest, and how it is built. The
# kernel's scripts have the digests of its fragments and of the compiler; these are the scripts for the empty tree.
inputs() {
	for name in "$@" ${GUEST_VARIABLES:-RUN TIMEOUT}; do
		eval "printf '%s %s\n' $name \"\${$name-}\""
	done
	echo ".config $(digest "$O/.config")"
	echo "how the kernel is built $(digest "$out/build/linux/configure.sh" "$out/build/linux/build.sh")"
	# shellcheck disable=SC2046 # none has a blank
	echo "root filesystem $(digest $(find "$out/build/rootfs/image" -type f 2>/dev/null | LC_ALL=C sort) </dev/null)"
}
digest() { cat "$@" 2>/dev/null | sha256sum | cut -c 1-16; }

# forget: remove the worktrees, also from git's list. A prune would remove others, too, on disks that are not mounted.
forget() {
	for place in "$tree" "$dir"/lanes/*/*/tree; do
		rm -rf "$place"
		git -C "$LINUX_DIR" worktree remove --force --force "$place" 2>/dev/null || :
	done
}

# restart: with RESTART=y, remove everything that is kept to continue.
restart() {
	case ${RESTART-} in
	'' | n) return ;;
	y) ;;
	*) die "RESTART=$RESTART: y or n is expected" ;;
	esac
	forget
	find "$dir" -mindepth 1 -maxdepth 1 ! -name lock -exec rm -rf {} +
}

# worktree COMMIT [--no-checkout]: the worktree, if there is none, with COMMIT; else without the remains of an interrupted
# checkout. Without a checkout, it has the state of git bisect, but no files.
worktree() {
	# without its own .git, git would use a repository in a directory above
	if [ -f "$tree/.git" ] && tree rev-parse -q --verify HEAD >/dev/null 2>&1; then
		[ -n "${2-}" ] || { tree reset -q --hard && tree clean -qffdx; }
	else
		forget
		git -C "$LINUX_DIR" worktree add -q --force --force --detach ${2:+"$2"} "$tree" "$1"
	fi
}

# try: build and boot the commit that is checked out. Sets outcome, to good, bad or unbuilt. Fails if that
# cannot be told, because of something else than the commit. The guest's record is $dir/verdict.
try() {
	say "$(tree log -1 --format='%h %s' | shown)"
	rm -f "$dir/verdict"
	say 'building it'
	if ! build LINUX_DIR="$tree" BOOT_ONLY=y images; then
		tail_of "$dir/build.log"
		outcome=unbuilt
		kernel_failed && return
		say "the build failed, but not because of this commit: another package failed, or this machine lacks something (the whole log: $dir/build.log)" >&2
		return 1
	fi
	say 'booting it'
	outcome=good
	! whittle LOCAL_UNCHECKED=y -s LINUX_DIR="$tree" JSON="$dir/verdict" qemu-run >"$dir/run.log" 2>&1 || return 0
	tail_of "$dir/run.log"
	outcome=bad
	guest_ran "$(cause)" && return
	say "the guest could not be started (the whole log: $dir/run.log)" >&2
	return 1
}
# cause: of the last guest's end; empty if there is no record.
cause() { field cause "$dir/verdict"; }
