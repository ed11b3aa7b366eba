# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
# shellcheck disable=SC2154 # tree is for the test to set
# For tests of bisect and series: a git repository in $tree, of kernels that are a word each.

# at ARGUMENT...: git there.
at() { git -C "$tree" "$@"; }
# commit NAME WORD: what a kernel is like from here on.
commit() {
	echo "$2" >"$tree/kernel"
	echo "$1" >"$tree/name"
	at add -A
	at -c user.name=me -c user.email=me@example.org -c gc.auto=0 commit -q -m "$1"
	at tag "$1"
}
