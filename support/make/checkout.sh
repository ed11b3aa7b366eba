#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Check a commit out in a worktree of a repository, whatever is left there of a checkout that was interrupted.
#
# usage: checkout.sh REPOSITORY TREE COMMIT
set -eu

# What a hook or an alias has in the environment names another repository.
# shellcheck disable=SC2046 # names
unset $(git rev-parse --local-env-vars 2>/dev/null)
repository=$1 tree=$2 commit=$3
# Without its own .git, git would use a repository in a directory above.
if [ -f "$tree/.git" ] && git -C "$tree" rev-parse -q --verify HEAD >/dev/null 2>&1; then
	rm -f "$(git -C "$tree" rev-parse --absolute-git-dir)/index.lock"
	git -C "$tree" checkout -q --force --detach "$commit" && git -C "$tree" clean -qffdx && exit
fi
rm -rf "$tree"
# git fails if it finds a worktree that another git is about to add
common=$(git -C "$repository" rev-parse --path-format=absolute --git-common-dir)
flock "$common" git -C "$repository" worktree add -q --force --force --no-checkout --detach "$tree" "$commit"
git -C "$tree" reset -q --hard "$commit"
