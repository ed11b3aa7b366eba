#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# docs/shared-cache.md: its server, its keys and its commands. Who may write, whose packages are used, and that a build
# goes on from source, and says why once, whatever is wrong with the server or with what it has.
set -u
. support/tests/engine.sh
# shellcheck source=support/tests/nginx.sh
. support/tests/nginx.sh

page=$TOP/docs/shared-cache.md
nginx_shared_cache 'location /slow/ { alias @ROOT@/whittle/; limit_rate 100; }'
unset http_proxy HTTP_PROXY all_proxy ALL_PROXY SSH_AUTH_SOCK
export HOME="$SCRATCH"
store=$SCRATCH/www/whittle
mkdir "$SCRATCH/stranger"
keys=$(page_blocks "$page" 'sh keys')
for dir in "$SCRATCH" "$SCRATCH/stranger"; do
	ok 'the keys of the page' sh -euc "cd '$dir' && $keys"
done
list=$SCRATCH/allowed_signers
secret=$SCRATCH/ci_key

simple liba
simple tool liba
ALL='BUILD liba,BUILD tool,CONFIGURE liba,CONFIGURE tool,INSTALL liba,INSTALL rootfs,INSTALL tool,UNPACK liba,UNPACK tool'
# there SUFFIX: how many such files the server has.
there() { find "$store" -name "*.$1" | wc -l; }
sums() { (cd "$OUT/images" && sha256sum -- *); }
# machine NAME [SETTING...]: from here on another machine, with nothing of its own.
machine() {
	OUT=$SCRATCH/$1/out
	export XDG_CACHE_HOME="$SCRATCH/$1/cache"
	rm -rf "${SCRATCH:?}/$1"
	shift
	mkdir -p "$OUT"
	printf '%s\n' "$@" >"$SCRATCH/config.more"
	CACHE=y choose liba tool
}
url() { echo "CONFIG_CACHE_URL=\"$1\""; }
trust=CONFIG_CACHE_TRUST=\"$list\"
# reads NAME: a machine without a password that trusts the list builds nothing.
reads() {
	machine reader "$(url "$nginx_base/whittle")" "$trust"
	ok "$1" whittle
	is "$1: builds nothing" "$(steps)" 'INSTALL rootfs'
	is "$1: says nothing of the cache" "$(grep -c 'remote cache' "$SCRATCH/.tap.out")" 0
	is "$1: the same images" "$(sums)" "$want"
}
# onward NAME WORDS STEPS [SETTING...]: such a machine goes on from source with STEPS, and says why once.
onward() {
	onward_name=$1
	onward_words=$2
	onward_steps=$3
	shift 3
	machine reader "$(url "$nginx_base/whittle")" "$trust" "$@"
	ok "$onward_name" whittle
	is "$onward_name: it builds" "$(steps)" "$onward_steps"
	is "$onward_name: it is said once" "$(grep -c 'remote cache' "$SCRATCH/.tap.out")" 1
	said "$onward_name: what" "^step: .*the remote cache $nginx_base/.*$onward_words"
	is "$onward_name: the same images" "$(sums)" "$want"
}
# entry NAME: the file of that package on the server.
entry() { grep -la -e "^$1 1\$" "$store"/*/*.art; }
# keep, again: the good store.
keep() { rm -rf "$SCRATCH/good" && cp -r "$store" "$SCRATCH/good"; }
again() { rm -rf "$store" && cp -r "$SCRATCH/good" "$store"; }

# ---- who builds for others, and with what they built ----
machine ci "$(url "$nginx_writer")" CONFIG_CACHE_PUSH=y "$trust"
ok 'CI' whittle CACHE_KEY="$secret"
is 'builds' "$(steps)" "$ALL"
want=$(sums)
is 'and sends' "$(there art) $(there sig)" '2 2'
unlike 'its password is not shown' "$(cat "$SCRATCH/.tap.out")" secret
reads 'another machine'
art=$(entry tool)
verify=$(page_blocks "$page" 'sh verify' | sed "s|KEY\.art|$art|g")
ok 'the page verifies by hand' sh -euc "cd '$SCRATCH' && $verify"
keep
machine nobody "$(url "$nginx_base/whittle")" CONFIG_CACHE_PUSH=y
rm -rf "${store:?}"/*
ok 'who has no password' whittle
said 'may not write' "the remote cache $nginx_base/whittle refuses to store packages: .*status 401"
is 'which is said once' "$(grep -c 'remote cache' "$SCRATCH/.tap.out")" 1
is 'the server has nothing' "$(there art)" 0

# ---- sending what is there ----
machine late
ok 'a machine without a remote cache' whittle
fails 2 'cache-push to nowhere' whittle cache-push
said 'cache-push to nowhere: what to do' "there is no remote cache: 'make set OPTIONS=CACHE_URL="
printf '%s\n' "$(url "$nginx_writer")" "$trust" >"$SCRATCH/config.more"
CACHE=y choose liba tool
ok 'cache-push' whittle cache-push CACHE_KEY="$secret"
said 'cache-push: tells what' '^  PUSH  *liba 1, '
said 'cache-push: sums up' '^of 2 entries 2 sent (.*), 0 there already$'
ok 'cache-push again' whittle cache-push CACHE_KEY="$secret"
said 'cache-push again: nothing' '^of 2 entries 0 sent (0 bytes), 2 there already$'
reads 'who builds with these'
keep

# ---- what is wrong with an entry ----
rm "$store"/*/*.sig
onward 'unsigned packages' 'is not used: it is not signed; others' "$ALL"
machine trusting "$(url "$nginx_base/whittle")" "$trust"
ok 'who trusts everybody for once' whittle CACHE_TRUST=
is 'uses them' "$(steps)" 'INSTALL rootfs'
rm -rf "$OUT/build"
ok 'but not later' whittle
is 'but not later: builds' "$(steps)" "$ALL"
again
machine intruder "$(url "$nginx_writer")" CONFIG_CACHE_PUSH=y "CONFIG_CACHE_TRUST=\"$SCRATCH/stranger/allowed_signers\"" \
	"CONFIG_CACHE_SIGN_KEY=\"$SCRATCH/stranger/ci_key\""
rm -rf "${store:?}"/*
ok 'a stranger with the password' whittle
is 'sends' "$(there art) $(there sig)" '2 2'
onward 'what a stranger signed' "is not used: nobody in $list has signed it" "$ALL"
again
liba=$(entry liba)
tool=$(entry tool)
cp "$liba.sig" "$SCRATCH/other.sig"
cp "$tool.sig" "$liba.sig"
cp "$SCRATCH/other.sig" "$tool.sig"
onward 'signatures of other packages' "is not used: nobody in $list has signed it: .*incorrect signature" "$ALL"
again
key=$(basename "$tool" .art)
"$TOOLBIN/artifacts" get --dir "$store" "$key" "$SCRATCH/evil"
echo evil >"$SCRATCH/evil/target/usr/share/tool"
"$TOOLBIN/artifacts" put --dir "$SCRATCH/poison" --title 'tool 1' "$key" "$SCRATCH/evil"
cp "$SCRATCH/poison/"*/"$key.art" "$tool"
one='BUILD tool,CONFIGURE tool,INSTALL rootfs,INSTALL tool,UNPACK tool'
onward 'a poisoned package with its digest put right' 'is not used: .*incorrect signature' "$one"
again
printf 'evil' | dd of="$tool" bs=1 seek="$(($(stat -c %s "$tool") - 30))" conv=notrunc 2>/dev/null
onward 'a poisoned package' 'is not used: its digest is wrong' "$one"
head -c 300 "$SCRATCH/good/${tool#"$store/"}" >"$tool"
onward 'a cut package' 'is not used: its length is wrong' "$one"

# ---- clocks ----
again
find "$store" -type f -exec touch -d 2099-01-01 {} +
reads 'files of the future'
find "$store" -type f -exec touch -d 1999-01-01 {} +
reads 'files of the past'
sed 's/namespaces="whittle-artifact"/valid-before="20000101"/' "$list" >"$SCRATCH/expired"
onward 'a key that is only good at another time' 'has signed it: .*expired' "$ALL" "CONFIG_CACHE_TRUST=\"$SCRATCH/expired\""

# ---- eviction ----
again
touch -a -d '40 days ago' "$liba"
touch -d '2 days ago' "$liba.sig" "$tool.sig"
evict=$(page_blocks "$page" 'sh evict' | sed "s|/srv/www/whittle|$store|")
ok 'the page evicts' sh -euc "$evict"
is 'what was not read, with its signature' "$(find "$store" -type f | sort)" "$tool
$tool.sig"
again

# ---- what is wrong with the server ----
onward 'a slow server' 'is disabled for now: .*[Tt]oo slow' "$ALL" "$(url "$nginx_base/slow")"
kill "$nginx"
wait "$nginx" 2>/dev/null
onward 'a server that is down' 'is disabled for now: ' "$ALL"
fails 2 'cache-push to it' whittle cache-push
said 'cache-push to it: fails' 'is disabled for now: '

# ---- what is given ----
fails 2 'no such list' whittle CACHE_TRUST=nowhere
said 'no such list: is said' 'CACHE_TRUST=nowhere: there is no such file; it is the list of those who may sign'
fails 2 'no such key' whittle CACHE_KEY=nowhere
said 'no such key: is said' 'CACHE_KEY=nowhere: there is no such file; it is the ssh key'
fails 2 'a key without a list' whittle CACHE_KEY="$secret" CACHE_TRUST=
said 'a key without a list: what to do' 'set CACHE_TRUST, too'
done_testing
