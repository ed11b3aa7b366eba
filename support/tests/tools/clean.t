#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# make clean and make distclean: what goes, and what of others stays.
set -u
# shellcheck source=support/tests/tap.sh
. support/tests/tap.sh

unset MAKEFLAGS MAKELEVEL EXTERNAL O V
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

# tree: a bisection and a series that were left there
tree() { for of in bisect series; do git worktree add -q -f --detach "$out/$of/tree"; done; }
# made: what there may be
made() {
	mkdir -p "$out/fragments" "$out/bisect" "$out/series" "$out/matrix/6.1.176/build" "$out/run/default" "$out/build/x" "$out/images" "$out/check"
	: >"$out/fragments/linux.config"
	: >"$out/.config"
	: >"$out/mine"
	: >"$out/.whittle-output"
}
# left: what is there
left() { (cd "$out" && find . -type f ! -name Makefile ! -name .lock ! -name .whittle-output | LC_ALL=C sort | paste -s -d ' ' -); }
whittle() { make O="$out" TOOLDIR="$SCRATCH/tools" "$@"; }

# In a hook of another repository.
command git init -q "$SCRATCH/other"
made
tree
ok 'clean, with the environment of a hook' env GIT_DIR="$SCRATCH/other/.git" GIT_WORK_TREE="$SCRATCH/other" make O="$out" TOOLDIR="$SCRATCH/tools" clean
is 'it is the same tree that is forgotten' "$(git worktree list)" "$before"

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

# ---- what Whittle did not make stays ----

ok 'distclean' whittle distclean
rm "$out/mine"
ok 'distclean of a directory that is not there' make O="$SCRATCH/none" distclean
said 'it says so' "there is no $SCRATCH/none"
ok 'and makes none' test ! -e "$SCRATCH/none"
# A directory of somebody's, without the mark, that has a name as Whittle's.
theirs=$SCRATCH/theirs
mkdir -p "$theirs/images"
: >"$theirs/images/holiday"
: >"$theirs/.config"
for goal in clean distclean; do
	fails 2 "$goal of somebody's directory" make O="$theirs" "$goal"
	said "$goal: it says why" "O=$theirs was not made by Whittle (there is no $theirs/.whittle-output)"
done
fails 2 'it is no place to build in' make O="$theirs" tools
said 'for what is in it' "O=$theirs has 'images' already, which Whittle did not make"
is 'nothing was touched' "$(cd "$theirs" && find . -type f | LC_ALL=C sort | paste -s -d ' ')" './.config ./images/holiday'
# One that an older Whittle made.
for sign in engine/scan.mk Makefile; do
	mkdir -p "$out/engine" "$out/images"
	echo '# Written by Whittle: runs its make for this directory.' >"$out/$sign"
	ok "one that $sign shows to be Whittle's" whittle clean
	ok "is cleaned" test ! -e "$out/images"
	ok 'and gone' whittle distclean
	ok 'as a whole' test ! -e "$out"
done
# Names that a person gave.
made
echo 'all: ; echo mine' >"$out/Makefile"
: >"$out/my_defconfig"
: >"$out/busybox_defconfig"
ok 'distclean with files of a person' whittle distclean
is 'leaves them' "$(cd "$out" && find . -type f | LC_ALL=C sort | paste -s -d ' ')" './Makefile ./mine ./my_defconfig'
# Links are not followed.
rm "$out"/*
mkdir -p "$SCRATCH/elsewhere/deep"
made
rm -r "$out/build"
ln -s "$SCRATCH/elsewhere" "$out/build"
ok 'clean, where build/ is a link' whittle clean
ok 'what it leads to stays' test -d "$SCRATCH/elsewhere/deep"

# ---- where it may not be ----

# In a copy, with a make that finds a mark everywhere: what is refused here would be lost.
top=$SCRATCH/parent/top
mkdir -p "$top/support" "$SCRATCH/parent/home"
cp -R Makefile Kconfig package board "$top"
cp -R support/make support/kconfig support/lib support/tools "$top/support"
(cd "$top" && mkdir company && : >company/file && command git init -q && command git add company/file)
ln -s . "$SCRATCH/parent/here"
for dir in "$top" "$SCRATCH/parent" "$SCRATCH/parent/home" "$top/support" "$top/company" "$top/package/linux"; do
	mkdir -p "$dir/build"
	: >"$dir/.whittle-output"
done
rm "$top/company/.whittle-output"
mkdir -p "$top/company/build"
for o in '' / // /. . .. ../.. "$SCRATCH/parent" "$SCRATCH/parent/home" "$SCRATCH/parent/home/" ../here/home ../here/top support support/ ./support package/linux \
	package/new/deep .git "$top/board" company; do
	for goal in clean distclean all; do
		fails 2 "make O=$o $goal" env HOME="$SCRATCH/parent/home" make -C "$top" O="$o" "$goal"
		like "O=$o $goal: it says why" "$(cat "$SCRATCH/.tap.out")" \
			'\(O is empty or the root directory\|O is the Whittle tree itself\|O=.* is \(the root directory\|your home directory\|a directory that the Whittle tree is in\|a part of the Whittle tree\)\|O=.* has files that git tracks\|O=.* was not made by Whittle\)'
	done
done
for o in /tmp /var/tmp/ /tmp/../tmp; do
	fails 2 "make O=$o" make -C "$top" O="$o" help
	said 'it says why' "O=${o%/} is a directory that everybody uses: choose a directory of its own"
done
is 'nothing was removed' "$(cd "$SCRATCH/parent" && find . -name build -type d ! -path '*/.git/*' | LC_ALL=C sort | paste -s -d ' ')" \
	'./build ./home/build ./top/build ./top/company/build ./top/package/linux/build ./top/support/build'
done_testing
