#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# make clean and make distclean: what goes, and what of others stays.
set -u
# shellcheck source=support/tests/tap.sh
. support/tests/tap.sh

unset MAKEFLAGS MAKELEVEL EXTERNAL O V GIT_DIR GIT_WORK_TREE
out=$SCRATCH/out
repo=$SCRATCH/linux
# git ARGUMENT...: in the user's repository
git() { command git -c user.name=me -c user.email=me@example.org -C "$repo" "$@"; }
mkdir "$repo"
git init -q
git commit -q --allow-empty -m first
git worktree add -q --detach "$SCRATCH/mine"
# One that is not mounted just now.
git worktree add -q --detach "$SCRATCH/away"
mv "$SCRATCH/away" "$SCRATCH/elsewhere"
echo edited >"$repo/file"
before=$(git worktree list)

# tree: a bisection that was left there
tree() { git worktree add -q -f --detach "$out/bisect/tree"; }
# made: what there may be
made() {
	mkdir -p "$out/fragments" "$out/bisect" "$out/matrix/6.1.176/build" "$out/run/default" "$out/build/x" "$out/images" "$out/check"
	: >"$out/fragments/linux.config"
	: >"$out/.config"
	: >"$out/mine"
}
# left: what is there
left() { (cd "$out" && find . -type f ! -name Makefile | LC_ALL=C sort | paste -s -d ' ' -); }
whittle() { make O="$out" TOOLDIR="$SCRATCH/tools" "$@"; }

made
tree
ok 'clean' whittle clean
is 'configuration and fragments stay' "$(left)" './.config ./fragments/linux.config ./mine'
is 'what was built, tried and run goes' "$(cd "$out" && find . -mindepth 1 -type d)" ./fragments
is 'the repository has forgotten the tree, and no other' "$(git worktree list)" "$before"
is 'it is as it was' "$(git status --porcelain; git log --format=%s; cat "$SCRATCH/mine/.git" >/dev/null && echo there)" '?? file
first
there'
ok 'clean, with nothing there' whittle clean

made
tree
git worktree lock --reason initializing "$out/bisect/tree"
ok 'distclean, with a tree whose checkout was interrupted' whittle distclean
is 'what somebody put there stays' "$(left)" ./mine
is 'the tree is forgotten' "$(git worktree list)" "$before"

made
tree
mv "$repo" "$SCRATCH/moved"
ok 'clean, when the repository is gone' whittle clean
ok 'the tree goes all the same' test ! -e "$out/bisect"
made
mkdir "$out/bisect/tree"
ok 'clean, with a tree that is none' whittle clean
ok 'it goes, too' test ! -e "$out/bisect"
done_testing
