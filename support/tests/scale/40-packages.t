#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# make HOSTS=: packages that the cache does not have are built on two machines, which are sshd's of this test. One goes away.
set -u
tools=${XDG_CACHE_HOME:-$HOME/.cache}/whittle/tools
. support/tests/engine.sh
# shellcheck source=support/tests/sshd.sh
. support/tests/sshd.sh

sshd_there || { skip 'packages' 'there is no sshd: scripts/bootstrap check-scale installs it'; done_testing; }
export FAKE="$SCRATCH/fake"
mkdir "$FAKE"
CACHE=y
simple base
simple left base
simple right base
simple top left right
simple alone
choose base left right top alone
# What a build here gives, with a cache of its own.
ok 'here' env XDG_CACHE_HOME="$SCRATCH/other" make O="$SCRATCH/here" EXTERNAL="$EXT" TOOLDIR="${TOOLBIN%/bin}" CONFIG_CACHE_DIR= defconfig
cp "$OUT/.config" "$SCRATCH/here/.config"
ok 'here: built' env XDG_CACHE_HOME="$SCRATCH/other" make O="$SCRATCH/here" EXTERNAL="$EXT" TOOLDIR="${TOOLBIN%/bin}"
for host in one two; do
	mkdir -p "$SCRATCH/$host/cache/whittle"
	[ ! -d "$tools" ] || cp -R "$tools" "$SCRATCH/$host/cache/whittle/tools"
	host_start "$host"
done
# shellcheck disable=SC2154 # h
trap 'for h in one two; do host_stop $h; done; chmod -R u+rwX "$SCRATCH"; rm -rf "$SCRATCH"' EXIT
# afresh: nothing is built, here or there
afresh() {
	rm -rf "$OUT/build" "$OUT/images" "$XDG_CACHE_HOME"/whittle/artifacts
	for host in one two; do rm -rf "$SCRATCH/$host"/cache/whittle/artifacts "$SCRATCH/$host"/cache/whittle/rows/*/builds; done
}
images() { (cd "$1/images" && sha256sum ./*); }
hosts() { whittle SSH_CONFIG="$SSH_CONFIG" "$@"; }
# entry PACKAGE: the digest of what the cache has of it, by its name in the list.
entry() { "$TOOLBIN/artifacts" list --dir "$1/whittle/artifacts" | sed -n "s/^\([0-9a-f]*\) .* $2\( .*\)\{0,1\}$/\1/p"; }

ok 'two hosts' hosts HOSTS='one two:2' all
said 'the one builds' '^  HOST  *[a-z]*.*, on one$'
said 'the other builds' '^  HOST  *[a-z]*.*, on two$'
is 'each package is built once, elsewhere' "$(grep -c '^  HOST' "$SCRATCH/.tap.out")" 5
is 'of packages nothing is built here' "$(steps)" 'INSTALL rootfs'
is 'the same bytes as here' "$(images "$OUT")" "$(images "$SCRATCH/here")"
ok 'once more' hosts HOSTS='one:2 two' all
unlike 'has nothing to do' "$(cat "$SCRATCH/.tap.out")" '^  HOST'
rm -rf "$OUT/build"
ok 'from the cache' hosts HOSTS=two all
unlike 'no host is asked' "$(cat "$SCRATCH/.tap.out")" '^  HOST'

# Dependencies that only this machine has go there.
afresh
ok 'some of them here' whittle base left
ok 'and the others there' hosts HOSTS=one all
is 'those alone' "$(sed -n 's/^  HOST *\([a-z]*\).*/\1/p' "$SCRATCH/.tap.out" | LC_ALL=C sort | paste -s -d ' ' -)" 'alone right top'
like 'what was built here is not built there' "$(cat "$OUT/hosts/top.log")" '^  CACHE  *left'
is 'the same bytes' "$(images "$OUT")" "$(images "$SCRATCH/here")"

# ---- what goes wrong ----

# One that takes its time, while there is a file.
pkg slow <<END
SLOW_DEPENDS := base
define SLOW_INSTALL
if test -e $FAKE/hold; then while test -e $FAKE/hold; do sleep 0.1; done; fi
install -D -m 644 /dev/null \$(IMAGE)/target/usr/share/slow
endef
END
choose base slow
afresh
: >"$FAKE/hold"
hosts HOSTS='one two' all >"$SCRATCH/said" 2>&1 &
pid=$!
began() { grep -q '^  HOST  *slow.*, on' "$SCRATCH/said" && [ -e "$OUT/hosts/slow.log" ] && grep -q 'BUILD  *slow' "$OUT/hosts/slow.log"; }
ok 'one is being built' within 300 began
on=$(sed -n 's/^  HOST  *slow.*, on //p' "$SCRATCH/said")
host_stop "$on"
ok 'its host goes away, which is told' within 60 grep -q "^make: HOSTS: $on has gone; nothing is built there any more$" "$SCRATCH/said"
rm "$FAKE/hold"
status=0
wait "$pid" || status=$?
is 'it is built elsewhere' "$status" 0
is 'on the other one' "$(grep -c '^  HOST  *slow.*, on' "$SCRATCH/said")" 2
for host in one two; do [ -e "$SCRATCH/$host/pid" ] || left=$host; done
[ "$left" = one ] && last=two || last=one

afresh
: >"$FAKE/hold"
hosts HOSTS="$last" all >"$SCRATCH/said" 2>&1 &
pid=$!
ok 'one is being built again' within 300 began
kill -TERM "$(ps -o pid= --ppid "$pid" | head -n 1)"
wait "$pid" 2>/dev/null
stopped() { ! pgrep -f "$SCRATCH/$last/cache/whittle/rows/.*/builds" >/dev/null; }
ok 'a signal to make ends it there' within 30 stopped
rm "$FAKE/hold"

# A package that cannot be built is tried here, which says why.
pkg broken <<'END'
define BROKEN_INSTALL
echo so it goes
false
endef
END
choose broken
fails 2 'one that cannot be built' hosts HOSTS="$last" all
said 'it is tried here' '^make: broken.* cannot be built on .*, so it is built here'
fails 2 'without the cache' hosts HOSTS="$last" CONFIG_CACHE= all
said 'that is told' 'HOSTS= needs the cache of built packages'
done_testing
