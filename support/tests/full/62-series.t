#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# make series on four commits above the pinned kernel: one that holds, one that does not compile, one that brings a
# warning, and one that panics; ended once by SIGKILL.
# shellcheck disable=SC2016 # text for other shells stands in single quotes
set -u
. support/tests/board.sh
export XDG_CACHE_HOME="$CHECK_O/cache"

repo=$CHECK_O/series-repo
rm -rf "$repo" "$CHECK_O/series"
small series
ok 'sources' board series linux-unpack
ok 'a repository of them' mv "$CHECK_O/series/build/linux/src" "$repo"
[ "$tap_failed" = 0 ] || done_testing
# Of no use here, and a third of it.
rm -rf "$repo/Documentation/devicetree" "$repo/drivers/gpu/drm/amd/include" "$repo/tools/testing"
git() { command git -c user.name=me -c user.email=me@example.org -c gc.auto=0 -C "$repo" "$@"; }
git init -q
git add -A -f
git commit -q -m 'the release'
git tag base
# commit NAME: what was edited.
commit() { git commit -q -a -m "$1" && git tag "$1"; }
# id COMMIT: as the table has it
id() { git rev-parse "$1" | cut -c 1-12; }
file=$repo/fs/proc/version.c
echo '/* harmless */' >>"$repo/init/version.c"
commit holds
echo '#error not this one' >>"$file"
commit does-not-compile
sed -i -e '$d' -e 's/^\(static int version_proc_show(.*\)/\/* a line more *\/\n\1/' -e 's/^	seq_printf(m, linux_proc_banner,/	int of_no_use;\n&/' "$file"
commit warns
sed -i -e '/of_no_use/d' -e 's/^	seq_printf(m, linux_proc_banner,/	if (m)\n\t\tpanic("worse");\n&/' "$file"
commit panics
line=$(git show warns:fs/proc/version.c | grep -n of_no_use | cut -d : -f 1)
head=$(git rev-parse HEAD)

# Ended where it is worst: while the first commit after the base is compiled.
make O="$CHECK_O/series" TOOLDIR="${TOOLBIN%/bin}" LINUX_DIR="$repo" BASE=base RUN='cat /proc/version' series >"$SCRATCH/first" 2>&1 &
pid=$!
begun() { [ "$(grep -c '^series: building it' "$SCRATCH/first")" -ge 2 ] || ! kill -0 "$pid"; }
within 1800 begun
kill -KILL "$pid"
wait "$pid" 2>/dev/null
like 'the commit before the series was the first' "$(cat "$SCRATCH/first")" '^series: the commit before the series$'
like 'the second was begun' "$(cat "$SCRATCH/first")" '^series: [0-9a-f]* holds$'

start=$(date +%s)
fails 2 'the same command again' board series LINUX_DIR="$repo" BASE=base RUN='cat /proc/version' JSON="$SCRATCH/r.json" series
echo "# it took $(($(date +%s) - start)) s"
said 'goes on' '^series: continuing: 1 of 5 commits were tested before$'
said 'the one before' "^$(id base)  *base  *[0-9][0-9]*  *-  *[0-9][0-9]*  ok  *the release$"
said 'one that holds' "^$(id holds)  *0  *[0-9][0-9]*  *[-+0-9][0-9]*  *[0-9][0-9]*  ok  *holds$"
said 'one that does not compile' "^$(id does-not-compile)  *-  *-  *-  *-  not built  *does-not-compile$"
said 'one that brings a warning' "^$(id warns)  *1  *[0-9][0-9]*  *[-+0-9][0-9]*  *[0-9][0-9]*  ok  *warns$"
said 'the warning, with its file and line' "^    fs/proc/version\.c:$line: warning: unused variable .of_no_use. \[-Wunused-variable\]$"
said 'one that panics' "^$(id panics)  *0  *[0-9][0-9]*  *[-+0-9][0-9]*  .*  panic  *panics$"
said 'the verdict' '^series: 3 of 4 commits do not hold$'
is 'the record' "$(jq -c '[.holds] + [.commits[] | .result, (.warnings | length)]' "$SCRATCH/r.json")" \
	'[false,"ok",0,"not built",0,"ok",1,"panic",0]'
is 'the tree is where it was' "$(git rev-parse HEAD) $(git status --porcelain | head -n 3)" "$head "
like 'of the last commit, just what it concerns was compiled' "$(cat "$CHECK_O/series/series/out/build/linux/build.log")" \
	'^  REPLAY  1 to compile'
ok 'make clean' board series clean
is 'its worktree is gone' "$(git worktree list | wc -l)" 1

rm -rf "$repo" "$CHECK_O/series"
done_testing
