#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# What a person types for the cache of built packages.
set -u
. support/tests/engine.sh

store=$XDG_CACHE_HOME/whittle/artifacts
old=$(echo old | sha256sum | cut -c 1-64)
new=$(echo new | sha256sum | cut -c 1-64)
bad=$(echo bad | sha256sum | cut -c 1-64)
simple one
CACHE=y choose one

ok 'cache-stats' whittle cache-stats
said 'cache-stats: of that directory' "^directory  *$store\$"
said 'cache-stats: the limit of the menu' '^limit  *4\.0 GiB$'
mkdir "$SCRATCH/tree"
head -c 700000 /dev/urandom >"$SCRATCH/tree/file"
for key in "$old" "$new" "$bad"; do
	ok "an entry" "$TOOLBIN/artifacts" put --dir "$store" "$key" "$SCRATCH/tree" --title "it is $key"
done
# entry KEY: the file that holds it.
entry() {
	echo "$store/$(echo "$1" | cut -c 1-2)/$1.art"
}
touch -d yesterday "$(entry "$old")"
printf damaged | dd of="$(entry "$bad")" bs=1 seek=1000 conv=notrunc 2>/dev/null
echo CONFIG_CACHE_SIZE=1 >"$SCRATCH/config.more"
CACHE=y choose one
ok 'cache-gc' whittle cache-gc
said 'cache-gc: what is damaged and what is old' '^freed .*: 1 beyond the limit, 1 damaged, 0 stale'
ok 'cache-stats' whittle cache-stats
said 'cache-stats: what is left' "  it is $new\$"
said 'cache-stats: the new limit' '^limit  *1\.0 MiB$'

# No limit; and another place.
printf 'CONFIG_CACHE_SIZE=0\nCONFIG_CACHE_DIR="%s"\n' "$SCRATCH/elsewhere" >"$SCRATCH/config.more"
CACHE=y choose one
ok 'cache-stats elsewhere' whittle cache-stats
said 'cache-stats elsewhere: of that directory' "^directory  *$SCRATCH/elsewhere/artifacts\$"
said 'cache-stats elsewhere: no limit' '^limit  *none$'
said 'cache-stats elsewhere: no entries' '^entries  *0$'
done_testing
