#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# A remote cache of built packages: another machine's builds are taken from it, and a build
# never needs it.
set -u
. support/tests/engine.sh
# shellcheck source=support/tests/nginx.sh
. support/tests/nginx.sh

mkdir -p "$SCRATCH/www/store"
nginx_start 'location /store/ { dav_methods PUT; create_full_put_path on; }'
unset http_proxy HTTP_PROXY all_proxy ALL_PROXY

simple liba
simple tool liba
there() { find "$SCRATCH/www/store" -name '*.art' | wc -l; }
sums() { (cd "$OUT/images" && sha256sum -- *); }
# machine NAME [SETTING...]: from here on another machine, with nothing of its own.
machine() {
	OUT=$SCRATCH/$1/out
	export XDG_CACHE_HOME="$SCRATCH/$1/cache"
	shift
	mkdir -p "$OUT"
	printf '%s\n' "CONFIG_CACHE_URL=\"$nginx_base/store\"" "$@" >"$SCRATCH/config.more"
	CACHE=y choose liba tool
}

machine reader
ok 'a first build' whittle
is 'is built' "$(steps)" 'BUILD liba,BUILD tool,CONFIGURE liba,CONFIGURE tool,INSTALL liba,INSTALL rootfs,INSTALL tool,UNPACK liba,UNPACK tool'
is 'and nothing is sent' "$(there)" 0
want=$(sums)

machine writer CONFIG_CACHE_PUSH=y
ok 'one that may write' whittle
is 'builds' "$(steps)" 'BUILD liba,BUILD tool,CONFIGURE liba,CONFIGURE tool,INSTALL liba,INSTALL rootfs,INSTALL tool,UNPACK liba,UNPACK tool'
is 'and sends' "$(there)" 2

machine other
ok 'a third machine' whittle
is 'builds nothing' "$(steps)" 'INSTALL rootfs'
is 'the same images' "$(sums)" "$want"
is 'it has them itself now' "$(find "$XDG_CACHE_HOME" -name '*.art' | wc -l)" 2

for f in "$SCRATCH"/www/store/*/*.art; do
	printf 'evil' | dd of="$f" bs=1 seek="$(($(stat -c %s "$f") - 30))" conv=notrunc 2>/dev/null
done
machine victim
ok 'entries that are not what they say' whittle
is 'are not used' "$(steps)" 'BUILD liba,BUILD tool,CONFIGURE liba,CONFIGURE tool,INSTALL liba,INSTALL rootfs,INSTALL tool,UNPACK liba,UNPACK tool'
said 'it is said' '^step: .*digest'
is 'the same images' "$(sums)" "$want"

kill "$nginx"
wait "$nginx" 2>/dev/null
machine alone CONFIG_CACHE_PUSH=y
ok 'with the server down' whittle
is 'it builds' "$(steps)" 'BUILD liba,BUILD tool,CONFIGURE liba,CONFIGURE tool,INSTALL liba,INSTALL rootfs,INSTALL tool,UNPACK liba,UNPACK tool'
is 'and says so once' "$(grep -c "$nginx_base" "$SCRATCH/.tap.out")" 1
is 'the same images' "$(sums)" "$want"
sed -i 's/echo tool/echo tool, changed/' "$EXT/package/tool/tool.mk"
ok 'the next make' whittle
is 'tries again' "$(grep -c "$nginx_base" "$SCRATCH/.tap.out")" 1
done_testing
