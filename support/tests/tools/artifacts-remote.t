#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# artifacts with a remote store: a real nginx, and servers that are down, silent or lie.
set -u
# shellcheck source=support/tests/tap.sh
. support/tests/tap.sh
# shellcheck source=support/tests/nginx.sh
. support/tests/nginx.sh

${CC:-gcc} -O1 -pthread -o "$SCRATCH/httpd" support/tests/helpers/httpd.c
cd "$SCRATCH" || exit 1
artifacts=$TOOLBIN/artifacts
unset http_proxy HTTP_PROXY all_proxy ALL_PROXY
export HOME="$SCRATCH" no_proxy='*'

# /rw/ takes files, /ro/ gives the same ones, /small/ takes small ones, /locked/ wants a password.
mkdir -p www/rw www/small www/locked
echo 'me:{PLAIN}secret' >passwords
nginx_start "
location /rw/ { dav_methods PUT; create_full_put_path on; }
location /ro/ { alias $SCRATCH/www/rw/; }
location /small/ { dav_methods PUT; create_full_put_path on; client_max_body_size 1k; }
location /locked/ {
	dav_methods PUT; create_full_put_path on;
	auth_basic store; auth_basic_user_file $SCRATCH/passwords;
}
location /500/ { return 500; }
location /gone/ { return 410; }
location /moved/ { return 302 @BASE@/rw/; }
location /empty/ { return 200; }
"
base=$nginx_base
server=$nginx

a=$(echo a | sha256sum | cut -c 1-64)
b=$(echo b | sha256sum | cut -c 1-64)
mkdir -p tree/d
echo content >tree/d/file
head -c 3000000 /dev/urandom >tree/large
# place KEY: where it is below the address or the directory of a store.
place() {
	echo "$(echo "$1" | cut -c 1-2)/$1.art"
}
# quietly NAME COMMAND...: it succeeds and says nothing.
quietly() {
	ok "$@"
	is "$1: says nothing" "$(cat .tap.out)" ''
}
# log: what the server was asked since last time. It notes a request after its answer, but before the next request.
log() {
	"$artifacts" get --dir end-of-log --url "$base/end-of-log" "$a" end-of-log.tree >/dev/null 2>&1
	within 10 grep -q end-of-log nginx/access.log
	grep -v end-of-log nginx/access.log
	: >nginx/access.log
}

# ---- what should be ----
fails 3 'a miss' "$artifacts" get --dir one --url "$base/rw" "$a" none
is 'a miss: is all that is said' "$(cat .tap.out)" "artifacts: there is no artifact $a"
is 'a miss: the server was asked' "$(log)" "GET /rw/$(place "$a") 404"
is 'a miss: leaves no file' "$(find one -type f)" ''
quietly 'put' "$artifacts" put --dir one --url "$base/rw/" "$a" tree
is 'put: does not ask the server' "$(log)" ''
quietly 'put --push' "$artifacts" put --dir one --url "$base/rw/" --push "$a" tree
is 'put --push: the server has it' "$(log)" "PUT /rw/$(place "$a") 201"
ok 'put --push: just that' cmp "one/$(place "$a")" "www/rw/$(place "$a")"
quietly 'put --push once more' "$artifacts" put --dir one --url "$base/rw" --push "$a" tree
is 'put --push once more: it is replaced' "$(log)" "PUT /rw/$(place "$a") 204"
quietly 'get from the local store' "$artifacts" get --dir one --url "$base/rw" "$a" local
is 'get from the local store: does not ask the server' "$(log)" ''
quietly 'get from another store' "$artifacts" get --dir two --url "$base/ro" "$a" two.tree
is 'get from another store: by the server' "$(log)" "GET /ro/$(place "$a") 200"
ok 'get from another store: the content' diff -r tree two.tree
ok 'get from another store: kept there' cmp "one/$(place "$a")" "two/$(place "$a")"
is 'get from another store: nothing else is, but that it is from there' "$(find two -type f | sort)" "two/$(place "$a")
two/$(place "$a").sig"
printf damaged | dd of="two/$(place "$a")" bs=1 seek=1000 conv=notrunc 2>/dev/null
ok 'a damaged entry here: the server has it' "$artifacts" get --dir two --url "$base/rw" "$a" healed.tree
said 'a damaged entry here: is said' '^artifacts: two/.* was damaged and is removed: its digest is wrong$'
ok 'a damaged entry here: is whole again' cmp "one/$(place "$a")" "two/$(place "$a")"
quietly 'a get from a store with a limit' "$artifacts" get --dir two --url "$base/rw" --limit 1 "$a" three.tree
quietly 'another thing there' "$artifacts" put --dir one --url "$base/rw" --push "$b" tree/d
quietly 'get of that' "$artifacts" get --dir two --url "$base/rw" --limit 1 "$b" four.tree
is 'get of that: evicts the other one' "$(find two -type f | sort)" "two/$(place "$b")
two/$(place "$b").sig"
fails 3 'a server that says gone' "$artifacts" get --dir none --url "$base/gone" "$a" none
is 'a server that says gone: is a miss' "$(cat .tap.out)" "artifacts: there is no artifact $a"
log >/dev/null

secret=$(echo "$base/locked" | sed 's,//,//me:secret@,')
quietly 'put with a password' "$artifacts" put --dir one --url "$secret" --push "$b" tree/d
quietly 'get with a password' "$artifacts" get --dir locked --url "$secret" "$b" locked.tree
fails 3 'get with a wrong one' "$artifacts" get --dir locked --url "$(echo "$secret" | sed s/secret/public/)" "$a" none
said 'get with a wrong one: is said' 'the server answers with status 401$'
unlike 'get with a wrong one: it is not shown' "$(cat .tap.out)" public
echo "machine 127.0.0.1 login me password secret" >.netrc
chmod 600 .netrc
quietly 'get with one from .netrc' "$artifacts" get --dir netrc --url "$base/locked" "$b" netrc.tree
rm .netrc
log >/dev/null

# ---- servers that lie ----
printf damaged | dd of="www/rw/$(place "$a")" bs=1 seek=1000 conv=notrunc 2>/dev/null
fails 3 'a damaged file' "$artifacts" get --dir lies --url "$base/rw" "$a" lies.tree
said 'a damaged file: is said' \
	"^artifacts: artifact $a of the remote cache $base/rw is not used: its digest is wrong\$"
ok 'a damaged file: nothing is made of it' test ! -e lies.tree -a ! -e lies.tree.part
is 'a damaged file: and nothing kept' "$(find lies -type f)" ''
cp "www/rw/$(place "$b")" "www/rw/$(place "$a")"
fails 3 'the file of another key' "$artifacts" get --dir lies --url "$base/rw" "$a" lies.tree
said 'the file of another key: is said' 'not used: it has another key$'
head -c 500 "one/$(place "$a")" >"www/rw/$(place "$a")"
fails 3 'half a file' "$artifacts" get --dir lies --url "$base/rw" "$a" lies.tree
said 'half a file: is said' 'not used: its length is wrong$'
fails 3 'a file of nothing' "$artifacts" get --dir lies --url "$base/empty" "$a" lies.tree
said 'a file of nothing: is said' 'not used: its header is damaged$'
is 'lies: nothing is kept' "$(find lies -type f)" ''
quietly 'put --push heals it' "$artifacts" put --dir one --url "$base/rw" --push "$a" tree
quietly 'it is whole again' "$artifacts" get --dir lies --url "$base/rw" "$a" lies.tree
log >/dev/null

# ---- servers that are of no use: said once, then not asked ----
fails 3 'an error of the server' "$artifacts" get --dir none --url "$base/500" --downmark marks/down "$a" none
said 'an error of the server: is said' \
	"^artifacts: the remote cache $base/500 is disabled for now: the server answers with status 500\$"
ok 'an error of the server: is marked' test -e marks/down
log >/dev/null
fails 3 'get after that' "$artifacts" get --dir none --url "$base/rw" --downmark marks/down "$a" none
is 'get after that: says no more' "$(cat .tap.out)" "artifacts: there is no artifact $a"
quietly 'put after that' "$artifacts" put --dir one --url "$base/rw" --push --downmark marks/down "$a" tree
is 'after that the server is not asked' "$(log)" ''
for try in first second; do
	fails 3 "without a mark: the $try time" "$artifacts" get --dir none --url "$base/500" "$a" none
	said "without a mark: the $try time: is said" 'is disabled for now: '
done
fails 3 'a server that sends elsewhere' "$artifacts" get --dir none --url "$base/moved" "$a" none
said 'a server that sends elsewhere: is said' 'status 302$'

# One that does not take files is of use for getting them.
rm -f marks/*
ok 'put where nothing is taken' "$artifacts" put --dir one --url "$base/ro" --push --downmark marks/down "$a" tree
said 'put where nothing is taken: is said' \
	"^artifacts: the remote cache $base/ro refuses to store packages: the server answers with status 405\$"
is 'put where nothing is taken: is marked' "$(ls marks)" down.put
log >/dev/null
quietly 'put after that' "$artifacts" put --dir one --url "$base/ro" --push --downmark marks/down "$a" tree
is 'put after that: the server is not asked' "$(log)" ''
quietly 'get after that' "$artifacts" get --dir three --url "$base/ro" --downmark marks/down "$a" five.tree
is 'get after that: the server is asked' "$(log)" "GET /ro/$(place "$a") 200"
ok 'put of too much' "$artifacts" put --dir one --url "$base/small" --push "$a" tree
said 'put of too much: is said' 'status 413$'
ok 'put of too much: it is in the local store' test -e "one/$(place "$a")"

httpport=$(./httpd -w $$ www/rw)
rm -f marks/*
fails 3 'a connection that breaks' "$artifacts" get --dir none --url "http://127.0.0.1:$httpport/drop" \
	--downmark marks/down "$a" none
said 'a connection that breaks: is said' 'is disabled for now: '
is 'a connection that breaks: is marked' "$(ls marks)" down
is 'a connection that breaks: nothing is kept' "$(find none -type f)" ''

# Half of a file and then nothing; a server that accepts and is silent, for get and for put.
rm -f marks/*
kill -STOP "$server"
start=$(date +%s)
"$artifacts" get --dir none --url "http://127.0.0.1:$httpport/stall" "$a" none 2>stall &
stall=$!
"$artifacts" get --dir none --url "$base/rw" --downmark marks/down "$a" none 2>silent &
silent=$!
fails 0 'put to a silent server' "$artifacts" put --dir one --url "$base/rw" --push "$a" tree
said 'put to a silent server: is said' 'is disabled for now: .*[Tt]oo slow'
fails 3 'get from a silent server' wait "$silent"
like 'get from a silent server: is said' "$(cat silent)" 'is disabled for now: .*[Tt]oo slow'
is 'get from a silent server: is marked' "$(ls marks)" down
fails 3 'get from one that stalls' wait "$stall"
like 'get from one that stalls: is said' "$(cat stall)" 'is disabled for now: .*[Tt]oo slow'
took=$(($(date +%s) - start))
ok "all this in bounded time ($took s)" test "$took" -lt 30
is 'nothing is kept of it' "$(find none -type f)" ''
kill -CONT "$server"

# No server at all.
rm -f marks/*
kill "$server"
wait "$server" 2>/dev/null
fails 3 'a server that is down' "$artifacts" get --dir none --url "$base/rw" --downmark marks/down "$a" none
said 'a server that is down: is said' "^artifacts: the remote cache $base/rw is disabled for now: .*[Cc]onnect"
is 'a server that is down: is marked' "$(ls marks)" down
fails 3 'get after that' "$artifacts" get --dir none --url "$base/rw" --downmark marks/down "$a" none
is 'get after that: says no more' "$(cat .tap.out)" "artifacts: there is no artifact $a"

# Several that find it down at once: one says so.
rm -f marks/*
for n in 1 2 3 4; do
	"$artifacts" get --dir none --url "$base/rw" --downmark marks/down "$a" none 2>"down.$n" &
done
wait
is 'of several one says so' "$(cat down.? | grep -c 'is disabled for now')" 1

quietly 'the local store is of use all the same' "$artifacts" get --dir one --url "$base/rw" "$a" six.tree
ok 'put' "$artifacts" put --dir one --url "$base/rw" --push "$b" tree
said 'put: the server is down' 'is disabled for now: '

# A machine whose libcurl is of no use.
mkdir -p lib
echo 'int none;' | ${CC:-gcc} -shared -fPIC -x c -o lib/libcurl.so.4 -
fails 3 'no libcurl' env LD_LIBRARY_PATH=lib "$artifacts" get --dir none --url "$base/rw" "$a" none
said 'no libcurl: is said' 'cannot read from the remote cache .*: libcurl.so.4 cannot be loaded'
quietly 'no libcurl: the local store needs none' env LD_LIBRARY_PATH=lib "$artifacts" get --dir one --url "$base/rw" "$a" seven.tree
done_testing
