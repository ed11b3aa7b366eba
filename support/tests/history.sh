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
# woven SEED COMMITS BUG BROKEN: make the repository of a history with branches and merges; SEED 0: without. Kernels fail from
# commit number BUG on, and BROKEN of a hundred cannot be built. Commits have the tags c0, the one all begin with, c1 ...
woven() {
	git init -q "$tree"
	awk -v seed="$1" -v n="$2" -v bug="$3" -v broken="$4" '
		BEGIN {
			srand(seed)
			for (i = 0; i < n; i++) {
				first = i - 1
				second = -1
				if (seed && i > 2 && rand() < 0.3) first = i - 1 - int(rand() * (i < 6 ? i : 6))
				if (seed && i > 2 && rand() < 0.25) second = int(rand() * i)
				if (second == first) second = -1
				fails[i] = i == bug || fails[first] || fails[second]
				word = fails[i] ? "fails" : "works"
				if (i && i < n - 1 && rand() * 100 < broken) word = "broken"
				printf "commit refs/tags/c%d\nmark :%d\ncommitter me <me@example.org> %d +0000\ndata <<END\nc%d\nEND\n", i, i + 1, 1e9 + i, i
				if (first >= 0) printf "from :%d\n", first + 1
				if (second >= 0) printf "merge :%d\n", second + 1
				merged[first] = merged[second] = 1
				# the last one has all of them
				for (j = 0; i == n - 1 && j < i; j++) if (!merged[j]) printf "merge :%d\n", j + 1
				printf "M 100644 inline kernel\ndata <<END\n%s\nEND\nM 100644 inline name\ndata <<END\nc%d\nEND\n", word, i
			}
		}' | at fast-import --quiet
	at checkout -q c0
}
