#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# repro-tree.sh LAST SCRIPT TREE DIR: write the commit of the kernel tree TREE, and all that was changed in it since, to
# DIR/kernel.commit and DIR/kernel.diff. LAST/kernel.build is the script that built the run's kernel, SCRIPT the one that
# would build it now: they differ if the tree was edited since. Prints what cannot be in the archive. TREE is not written to.
set -eu
last=$1 script=$2 tree=${3:+$(cd "$3" && pwd)} dir=$(cd "$4" && pwd)

[ -f "$last/kernel.build" ] || exit 0
if ! cmp -s "$last/kernel.build" "${script:-/dev/null}"; then
	echo "The kernel's sources or configuration are others than at the run, so its commit and changes are not in the archive: call 'make repro' with the variables of the run, before the next edit."
	exit 0
fi
[ -n "$tree" ] || exit 0
# shellcheck disable=SC2046 # names
unset $(git rev-parse --local-env-vars 2>/dev/null)
if ! commit=$(git -C "$tree" rev-parse --verify --quiet 'HEAD^{commit}' 2>/dev/null); then
	echo 'The kernel was built of a directory without git: its sources are not in the archive.'
	exit 0
fi
# Files that git does not know are in the diff, too: by an index, and objects, of our own. What the user's configuration
# says of diffs (diff.noprefix, diff.context, color.ui) is not for diff-index.
index=$(git -C "$tree" rev-parse --git-path index)
objects=$(git -C "$tree" rev-parse --git-path objects)
case $index in /*) ;; *) index=$tree/$index ;; esac
case $objects in /*) ;; *) objects=$tree/$objects ;; esac
own=$(mktemp -d "$dir/git.XXXXXX")
trap 'rm -rf "$own"' EXIT
mkdir "$own/objects"
# Where there is none, all files are read.
[ ! -f "$index" ] || cp "$index" "$own/index"
GIT_INDEX_FILE=$own/index GIT_OBJECT_DIRECTORY=$own/objects GIT_ALTERNATE_OBJECT_DIRECTORIES=$objects
export GIT_INDEX_FILE GIT_OBJECT_DIRECTORY GIT_ALTERNATE_OBJECT_DIRECTORIES
git -C "$tree" add -A
git -C "$tree" -c core.abbrev=40 diff-index -p --cached --binary --no-ext-diff --no-textconv HEAD >"$dir/kernel.diff"
echo "$commit" >"$dir/kernel.commit"
