#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# make bisect on a small history made from the pinned kernel, with a bug, a commit that does not
# compile and one that panics; interrupted once. Then on a shorter one, for another architecture.
#
#   60-bisect.t [BOARD]		that alone
# shellcheck disable=SC2016 # text for other shells stands in single quotes
set -u
. support/tests/board.sh
export XDG_CACHE_HOME="$CHECK_O/cache"

repo=$CHECK_O/bisect-repo
rm -rf "$repo" "$CHECK_O/bisect" "$CHECK_O/bisect-far"
ok 'sources' board default linux-unpack
cp -a "$CHECK_O/default/build/linux/src" "$repo"
git() { command git -c user.name=me -c user.email=me@example.org -c gc.auto=0 -C "$repo" "$@"; }
git init -q
git add -A -f
git commit -q -m 'the release'
# commit NAME: what was edited.
commit() { git commit -q -a -m "$1" && git tag "$1"; }
# harmless NUMBER...
harmless() {
	for n; do
		echo "/* $n */" >>"$repo/init/version.c"
		commit "harmless-$n"
	done
}
# The bug is one of the eight commits after the first of these. git begins in their middle, with the
# fourth; the last is worse than the bug: its kernel panics.
harmless 1 2 3 4
echo '#error not this one' >>"$repo/fs/proc/version.c"
commit does-not-compile
sed -i '$d' "$repo/fs/proc/version.c"
commit compiles-again
sed -i 's/seq_printf(m, linux_proc_banner,/if (m) return -EIO;\n\tseq_printf(m, linux_proc_banner,/' "$repo/fs/proc/version.c"
commit the-bug
harmless 5
sed -i 's/return -EIO;/panic("worse");/' "$repo/fs/proc/version.c"
commit panics
is 'what is bisected' "$(git rev-list --count harmless-1..panics)" 8
harmless 6 7
head=$(git rev-parse HEAD)

# far BOARD: the least, the bug and the commit before it, in guests of another architecture.
far() {
	ok "$1: a configuration" board bisect-far "$1_defconfig"
	ok "$1: bisect" board bisect-far LINUX_DIR="$repo" GOOD=compiles-again BAD=the-bug RUN='uname -m >&2; cat /proc/version' bisect
	said "$1: names the commit" "bisect: the first bad commit is $(git rev-parse the-bug)"
	ok "$1: its guests are of that architecture" \
		grep -qx "$(sed -n 's/^CONFIG_ARCH="\(.*\)"$/\1/p' "$CHECK_O/bisect-far/.config")" "$CHECK_O/bisect-far/bisect/run.log"
	[ "$tap_failed" != 0 ] || rm -rf "$CHECK_O/bisect-far"
}
if [ -n "${1-}" ]; then
	far "$1"
	rm -rf "$repo"
	done_testing
fi

ok 'a configuration' board bisect qemu-x86_64_defconfig
# By names that mean something else in any other checkout. In the background and ended once git has
# a verdict beside those of GOOD and BAD: a signal to make alone.
good=HEAD~10
bad=HEAD~2
make O="$CHECK_O/bisect" TOOLDIR="${TOOLBIN%/bin}" LINUX_DIR="$repo" GOOD=$good BAD=$bad \
	RUN='cat /proc/version' bisect >"$SCRATCH/first" 2>&1 &
pid=$!
begun() { [ "$(grep -c '^bisect: \(good\|bad\|skipped\)' "$SCRATCH/first")" -ge 4 ] || ! kill -0 "$pid"; }
within 1800 begun
kill -TERM "$pid" 2>/dev/null
wait "$pid"
first=$(cat "$SCRATCH/first")
ok 'nothing of it is left' flock -n "$CHECK_O/bisect/bisect/lock" true
like 'GOOD comes first' "$(grep -m 1 -e GOOD= -e BAD= "$SCRATCH/first")" "^bisect: GOOD=$good, which must be good:"
like 'BAD is bad, by a panic' "$first" '^bisect: bad: panic$'
like 'a commit that does not compile' "$first" '^bisect: [0-9a-f]* does-not-compile$'
like 'is skipped' "$first" '^bisect: skipped, it cannot be built'
unlike 'it has found nothing yet' "$first" 'the first bad commit is'

ok 'the same command again' board bisect LINUX_DIR="$repo" GOOD=$good BAD=$bad RUN='cat /proc/version' bisect
said 'goes on' 'bisect: continuing after [1-9]'
said 'without GOOD once more' "bisect: GOOD=$good was tested before: good"
said 'and without BAD' "bisect: BAD=$bad was tested before: bad"
said 'and names the commit' "bisect: the first bad commit is $(git rev-parse the-bug)"
said 'by its name too' '^    the-bug$'
is 'the tree is where it was' "$(git rev-parse HEAD) $(git status --porcelain | head -n 3)" "$head "
is 'its worktree is gone' "$(git worktree list | wc -l)" 1
ok 'the log is there' test -s "$CHECK_O/bisect/bisect/log"

if command -v aarch64-linux-gnu-gcc >/dev/null && command -v qemu-system-aarch64 >/dev/null; then
	far qemu-aarch64
else
	skip 'another architecture' 'there is no aarch64-linux-gnu-gcc or no qemu-system-aarch64: scripts/bootstrap check-full installs them'
fi
rm -rf "$repo" "$CHECK_O/bisect"
done_testing
