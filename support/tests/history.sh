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
# begin SCRIPT: bisect or series in the background, until it builds what is in $FAKE/slow; sets pid.
# shellcheck disable=SC2034 # for the test
begin() {
	rm -f "$FAKE/waits"
	# under nohup SIGHUP is ignored, which a program hands on to those that it starts
	env --default-signal=HUP "scripts/$1" >"$SCRATCH/said" 2>&1 &
	pid=$!
	within 20 test -s "$FAKE/waits"
}
# kernels: make the repository of a tree of one file; how it is built is on standard input, with "> " for a tab.
kernels() {
	mkdir "$tree"
	at init -q
	printf 'config PVH\n\tbool "boots by itself"\n' >"$tree/Kconfig"
	sed 's/^> /\t/' >"$tree/Makefile"
}
