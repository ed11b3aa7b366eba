#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# make bisect on a small history made from the pinned kernel, with a bug and with commits that do
# not compile; interrupted once.
# shellcheck disable=SC2016 # text for other shells stands in single quotes
set -u
. support/tests/board.sh
export XDG_CACHE_HOME="$CHECK_O/cache"

repo=$CHECK_O/bisect-repo
rm -rf "$repo" "$CHECK_O/bisect"
ok 'sources' board default linux-unpack
cp -a "$CHECK_O/default/build/linux/src" "$repo"
git() { command git -c user.name=me -c user.email=me@example.org -c gc.auto=0 -C "$repo" "$@"; }
git init -q
git add -A -f
git commit -q -m 'the release'
# commit NAME: what was edited.
commit() { git commit -q -a -m "$1" && git tag "$1"; }
for n in 1 2 3; do
	echo "/* $n */" >>"$repo/init/version.c"
	commit "harmless-$n"
done
echo '#error not this one' >>"$repo/fs/proc/version.c"
commit does-not-compile
sed -i '$d' "$repo/fs/proc/version.c"
commit compiles-again
sed -i 's/seq_printf(m, linux_proc_banner,/if (m) return -EIO;\n\tseq_printf(m, linux_proc_banner,/' "$repo/fs/proc/version.c"
commit the-bug
for n in 4 5 6; do
	echo "/* $n */" >>"$repo/init/version.c"
	commit "harmless-$n"
done
head=$(git rev-parse HEAD)

ok 'a configuration' board bisect qemu-x86_64_defconfig
# In the background and ended while it builds: a group of its own, so that all of it ends.
setsid make O="$CHECK_O/bisect" TOOLDIR="${TOOLBIN%/bin}" LINUX_DIR="$repo" GOOD=harmless-1 BAD=harmless-6 \
	RUN='cat /proc/version' bisect >"$SCRATCH/first" 2>&1 &
pid=$!
tries=1200
until [ "$(grep -c 'bisect: \(good\|bad\)' "$SCRATCH/first")" -ge 1 ] || [ "$tries" = 0 ] || ! kill -0 "$pid" 2>/dev/null; do
	sleep 1
	tries=$((tries - 1))
done
kill -INT -"$pid" 2>/dev/null
wait "$pid"
like 'a first verdict, then it is interrupted' "$(cat "$SCRATCH/first")" 'bisect: \(good\|bad\)'
unlike 'it has found nothing yet' "$(cat "$SCRATCH/first")" 'the first bad commit is'

ok 'the same command again' board bisect LINUX_DIR="$repo" GOOD=harmless-1 BAD=harmless-6 RUN='cat /proc/version' bisect
said 'goes on' 'bisect: going on after [1-9]'
said 'and names the commit' "bisect: the first bad commit is $(git rev-parse the-bug)"
said 'by its name too' '^    the-bug$'
is 'the tree is where it was' "$(git rev-parse HEAD) $(git status --porcelain | head -n 3)" "$head "
is 'its worktree is gone' "$(git worktree list | wc -l)" 1
ok 'the log is there' test -s "$CHECK_O/bisect/bisect/log"

rm -rf "$repo" "$CHECK_O/bisect"
done_testing
