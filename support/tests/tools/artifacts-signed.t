#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# artifacts with a remote store that several people write to: who has signed what, by ssh-keygen and nginx.
set -u
# shellcheck source=support/tests/tap.sh
. support/tests/tap.sh
# shellcheck source=support/tests/nginx.sh
. support/tests/nginx.sh

cd "$SCRATCH" || exit 1
artifacts=$TOOLBIN/artifacts
unset http_proxy HTTP_PROXY all_proxy ALL_PROXY SSH_AUTH_SOCK
export HOME="$SCRATCH" no_proxy='*'
mkdir -p www/rw www/other
nginx_start 'location / { dav_methods PUT; create_full_put_path on; }
location /slow/ { alias @ROOT@/rw/; limit_rate 1k; }'
base=$nginx_base

for who in ci colleague stranger; do
	ssh-keygen -q -t ed25519 -N '' -C "$who" -f "$who"
	echo "$who@example.org namespaces=\"whittle-artifact\" $(cat "$who.pub")" >"$who.line"
done
cat ci.line colleague.line >allowed
# key NAME: the key of an entry; place KEY: where it is.
key() { echo "$1" | sha256sum | cut -c 1-64; }
place() { echo "$(echo "$1" | cut -c 1-2)/$1.art"; }
a=$(key a) b=$(key b) c=$(key c)
for tree in good evil; do
	mkdir -p "$tree"
	echo "$tree" >"$tree/file"
done
# log: what the server was asked since last time.
log() {
	cat nginx/access.log
	: >nginx/access.log
}
quietly() {
	ok "$@"
	is "$1: says nothing" "$(cat .tap.out)" ''
}
# get NAME KEY [OPTION...]: by a machine that has nothing of its own and trusts those of the file allowed.
get() {
	get_key=$1
	shift
	rm -rf new got
	"$artifacts" get --dir new --url "$base/rw" --trust allowed "$@" "$get_key" got
}
# refused NAME WORDS [OPTION...]: the entry a is not used, and a line says just that.
refused() {
	refused_name=$1
	refused_words=$2
	shift 2
	fails 3 "$refused_name" get "$a" "$@"
	said "$refused_name: is said" "^artifacts: artifact $a of the remote cache $base/rw is not used: $refused_words"
	is "$refused_name: once" "$(grep -c 'not used' .tap.out)" 1
	ok "$refused_name: nothing is made of it" test ! -e got -a ! -e got.part
	is "$refused_name: nothing is kept" "$(find new -type f 2>/dev/null)" ''
}
# put KEY TREE [OPTION...]: into the remote store, by a machine of its own.
put() {
	put_key=$1
	put_tree=$2
	shift 2
	rm -rf maker
	"$artifacts" put --dir maker --url "$base/rw" --push "$@" "$put_key" "$put_tree"
}

# ---- what should be ----
quietly 'a signed entry is sent' put "$a" good --sign ci
is 'its signature first' "$(log)" "PUT /rw/$(place "$a").sig 201
PUT /rw/$(place "$a") 201"
is 'the machine that made it needs none' "$(find maker -type f)" "maker/$(place "$a")"
# As docs/shared-cache.md does it.
head -c 202 "www/rw/$(place "$a")" >header
ok 'anybody can verify it with ssh-keygen' sh -c "ssh-keygen -Y verify -f allowed -I ci@example.org -n whittle-artifact \
	-s 'www/rw/$(place "$a").sig' <header"
quietly 'it is fetched' get "$a"
is 'with its signature' "$(log)" "GET /rw/$(place "$a").sig 200
GET /rw/$(place "$a") 200"
ok 'its content' diff -r good got
ok 'the signature is kept' cmp "new/$(place "$a").sig" "www/rw/$(place "$a").sig"
rm -rf got
quietly 'from then on it is here' "$artifacts" get --dir new --url "$base/rw" --trust allowed "$a" got
is 'and the server is not asked' "$(log)" ''
fails 3 'a miss' get "$b"
is 'a miss: is all that is said' "$(cat .tap.out)" "artifacts: there is no artifact $b"
is 'a miss: two small questions' "$(log)" "GET /rw/$(place "$b").sig 404
HEAD /rw/$(place "$b") 404"
echo "*@example.org,!x@example.org $(cat ci.pub)" >patterns
quietly 'names may be patterns' get "$a" --trust patterns
quietly 'who trusts everybody gets it, too' "$artifacts" get --dir trusting --url "$base/rw" "$a" trusting.tree

# ---- who signed it ----
cp colleague.line only
refused 'one whom the file does not name' 'nobody in only has signed it$' --trust only
rm -rf got
fails 3 'neither is what was fetched before' "$artifacts" get --dir trusting --trust only "$a" got
get "$a"
rm -rf got
fails 3 'nor what one has signed who is no longer named' "$artifacts" get --dir new --trust only "$a" got
said 'which is said' "^artifacts: artifact $a, which was fetched earlier, is not used: nobody in only has signed it\$"
rm -rf got
ok 'but is verified anew where it was not' "$artifacts" get --dir trusting --url "$base/rw" --trust allowed "$a" got
ok 'and then has its signature' test -s "trusting/$(place "$a").sig"
# What a machine builds is its own, whoever it trusts.
rm -rf got
"$artifacts" put --dir trusting "$a" evil
ok 'what is built here needs no signature' "$artifacts" get --dir trusting --trust only "$a" got
ok 'and is what was built' diff -r evil got
sed 's/namespaces="whittle-artifact"/valid-before="20000101"/' ci.line >expired
refused 'a key that has expired, or a clock that is ahead' 'nobody in expired has signed it: .*expired: verify time 2' --trust expired
sed 's/namespaces="whittle-artifact"/valid-after="20990101"/' ci.line >early
refused 'a key of the future, or a clock that is behind' 'nobody in early has signed it: .*not yet valid: verify time 2' --trust early
echo 'ci@example.org what is this' >broken
refused 'a list that is none' 'nobody in broken has signed it: broken:1: ' --trust broken
: >empty
refused 'a list of nobody' 'nobody in empty has signed it$' --trust empty
fails 2 'no such list' get "$a" --trust nowhere
said 'no such list: is said' '^artifacts: --trust: cannot read nowhere: '

# ---- what is signed ----
entry=www/rw/$(place "$a")
cp "$entry" entry.good
cp "$entry.sig" sig.good
# again: the good entry is in its place.
again() {
	cp entry.good "$entry"
	cp sig.good "$entry.sig"
}
rm "$entry.sig"
refused 'an unsigned one' 'it is not signed$'
log >/dev/null
get "$a" 2>/dev/null
ok 'is not even fetched' test "$(log | grep -c "GET /rw/$(place "$a") ")" = 0
ssh-keygen -q -Y sign -f stranger -n whittle-artifact <header >"$entry.sig" 2>/dev/null
refused 'one that a stranger signed' 'nobody in allowed has signed it$'
ssh-keygen -q -Y sign -f ci -n file <header >"$entry.sig" 2>/dev/null
refused 'a signature for another purpose' 'nobody in allowed has signed it: '
echo 'hello' >"$entry.sig"
refused 'what is no signature' 'nobody in allowed has signed it: '
: >"$entry.sig"
refused 'an empty one' 'it is not signed$'
head -c 100000 /dev/zero >"$entry.sig"
fails 3 'a huge one' get "$a"
said 'a huge one: is said' 'the file is too large$'
put "$b" good --sign ci
cp "www/rw/$(place "$b").sig" "$entry.sig"
refused 'the signature of another entry' 'nobody in allowed has signed it: .*incorrect signature'
cp "www/rw/$(place "$b")" "$entry"
refused 'another entry with its signature' 'it has another key$'
again
# The same key, whole, with a digest that is right for it.
"$artifacts" put --dir poison "$a" evil
cp "poison/$(place "$a")" "$entry"
quietly 'a poisoned entry is one for who trusts everybody' "$artifacts" get --dir victim --url "$base/rw" "$a" victim.tree
ok 'and is evil' diff -r evil victim.tree
refused 'a poisoned entry with its digest put right' 'nobody in allowed has signed it: .*incorrect signature'
again
printf X | dd of="$entry" bs=1 seek=230 conv=notrunc 2>/dev/null
refused 'a poisoned entry' 'its digest is wrong$'
head -c 250 entry.good >"$entry"
refused 'a cut entry' 'its length is wrong$'
head -c 100 entry.good >"$entry"
refused 'a short one' 'its header is damaged$'
again
quietly 'and the good one again' get "$a"

# ---- said once ----
rm "$entry.sig" "www/rw/$(place "$b").sig"
rm -rf marks
fails 3 'an unsigned one, with a mark' get "$a" --downmark marks/down
said 'an unsigned one, with a mark: is said' 'it is not signed; others that are refused are not reported$'
log >/dev/null
fails 3 'another one' get "$b" --downmark marks/down
is 'another one: is not' "$(cat .tap.out)" "artifacts: there is no artifact $b"
is 'another one: one question' "$(log)" "GET /rw/$(place "$b").sig 404"
again
quietly 'signed ones are used all the same' get "$a" --downmark marks/down
rm -rf marks
mkdir none
rm -rf new got
fails 3 'without ssh-keygen' env PATH="$SCRATCH/none" "$artifacts" get --dir new --url "$base/rw" --trust allowed \
	--downmark marks/down "$a" got
said 'without ssh-keygen: is said' "the remote cache $base/rw is disabled for now: cannot run ssh-keygen, of the OpenSSH client: "
ok 'without ssh-keygen: the remote store is of no use' test -e marks/down
rm -rf marks
head -c 300000 /dev/urandom >good/large
put "$c" good --sign ci
start=$(date +%s)
fails 3 'a slow server' get "$c" --url "$base/slow" --downmark marks/down
said 'a slow server: is said' "^artifacts: the remote cache $base/slow is disabled for now: .*[Tt]oo slow"
ok 'a slow server: in bounded time' test $(($(date +%s) - start)) -lt 25
ok 'a slow server: is marked' test -e marks/down

# ---- signing ----
ssh-keygen -q -t ed25519 -N 'a secret' -f locked
rm -rf marks
ok 'a key with a passphrase' put "$b" good --sign locked --downmark marks/down
said 'a key with a passphrase: is said' "^artifacts: packages are not stored in the remote cache $base/rw: cannot sign with locked: "
is 'a key with a passphrase: nothing is sent' "$(log | grep PUT | grep "$b")" ''
quietly 'a key with a passphrase: once' put "$b" good --sign locked --downmark marks/down
if command -v ssh-agent >/dev/null; then
	eval "$(ssh-agent)" >/dev/null
	ssh-add -q ci
	mv ci ci.away
	rm -f "www/rw/$(place "$b")"*
	quietly 'a key of the agent, by its public part' put "$b" good --sign ci.pub
	quietly 'a key of the agent: is good' get "$b"
	mv ci.away ci
	kill "$SSH_AGENT_PID"
	unset SSH_AUTH_SOCK SSH_AGENT_PID
else
	skip 'a key of the agent' 'no ssh-agent here'
fi
fails 2 'no such key' put "$b" good --sign nowhere
ok 'an unsigned one is replaced where it is refused' sh -c "rm -f 'www/rw/$(place "$b").sig'"
quietly 'by who builds it' put "$b" good --sign colleague
quietly 'and then it is good' get "$b"

# ---- sending what is there ----
rm -rf www/rw/* mine
for entry in a b c; do "$artifacts" put --dir mine --title "it is $entry" "$(key $entry)" good; done
touch -d yesterday "mine/$(place "$b")"
log >/dev/null
# push URL [OPTION...]: all of mine.
push() {
	push_url=$1
	shift
	"$artifacts" push --dir mine --url "$base/$push_url" "$@"
}
ok 'push' push rw --trust allowed --sign ci
said 'push: sends all' '^of 3 entries 3 sent (.*), 0 there already$'
said 'push: tells which' '^  PUSH  *it is b, .* (3 of 3)$'
is 'push: asks first' "$(log | head -n 1)" "HEAD /rw/$(place "$c") 404"
for entry in a b c; do quietly "push: $entry is good" get "$(key $entry)"; done
ok 'push again' push rw --trust allowed --sign ci
is 'push again: sends nothing' "$(cat .tap.out)" 'of 3 entries 0 sent (0 bytes), 3 there already'
rm "www/rw/$(place "$a")" "www/rw/$(place "$b").sig"
ok 'push of what is missing' push rw --trust allowed --sign ci
said 'push of what is missing: is all' '^of 3 entries 2 sent (.*), 1 there already$'
# From one server to another: signatures stay, and what nobody is known to have made is not signed.
rm -rf mine new got
for entry in a b; do "$artifacts" get --dir mine --url "$base/rw" --trust allowed "$(key $entry)" got.$entry; done
"$artifacts" get --dir mine --url "$base/rw" "$c" got.c
ok 'push of what others made' push other --trust allowed --sign colleague
said 'push of what others made: as they signed it' '^of 3 entries 2 sent (.*), 0 there already, 1 left out: '
ok 'push of what others made: still theirs' cmp "www/rw/$(place "$a").sig" "www/other/$(place "$a").sig"
rm -rf www/other/*
cp colleague.line only
ok 'push of what nobody here trusts' push other --trust only --sign colleague
said 'push of what nobody here trusts: nothing' '^of 3 entries 0 sent (0 bytes), 0 there already, 3 left out: '
ok 'push by who does not ask' push other
said 'push by who does not ask: everything' '^of 3 entries 3 sent '
rm -rf www/other/*
printf X | dd of="mine/$(place "$b")" bs=1 seek=230 conv=notrunc 2>/dev/null
fails 1 'push of a damaged one' push other
said 'push of a damaged one: is said' "^artifacts: mine/$(place "$b") is damaged, and is not sent: its digest is wrong\$"
said 'push of a damaged one: the others are sent' '^of 3 entries 2 sent (.*), 0 there already, 1 failed$'
rm -rf poison www/other/*
"$artifacts" put --dir poison "$c" evil
fails 1 'push with a key that cannot sign' "$artifacts" push --dir poison --url "$base/other" --sign locked
said 'push with a key that cannot sign: is said' '^artifacts: cannot sign with locked: '
is 'push with a key that cannot sign: nothing is sent' "$(ls www/other)" ''
fails 2 'push to nowhere' "$artifacts" push --dir mine
ok 'push of nothing' "$artifacts" push --dir nothing --url "$base/rw"

# ---- the directory of the server ----
rm -rf www/rw/*
for entry in a b c; do put "$(key $entry)" good --sign ci; done
# Written long ago or in the far future, which means nothing; read today; one not even that.
touch -m -d '2000-01-01' "www/rw/$(place "$a")" "www/rw/$(place "$b")"
touch -m -d '2001-01-01' "www/rw/$(place "$c")"
touch -a -d '2002-01-01' "www/rw/$(place "$b")" "www/rw/$(place "$c")"
touch -a -d '2003-01-01' "www/rw/$(place "$a")"
quietly 'dates of files do not matter' get "$a"
touch -a -d '2003-01-01' "www/rw/$(place "$a")"
echo lone >"www/rw/$(echo "$a" | cut -c 1-2)/$(key d | sed "s/^../$(echo "$a" | cut -c 1-2)/").art.sig"
echo new >"www/rw/$(echo "$a" | cut -c 1-2)/$(key e | sed "s/^../$(echo "$a" | cut -c 1-2)/").art.sig"
touch -d '2 days ago' "www/rw/$(echo "$a" | cut -c 1-2)/$(key d | sed "s/^../$(echo "$a" | cut -c 1-2)/").art.sig"
size=$(stat -c %s "www/rw/$(place "$a")")
ok 'gc of what is served' "$artifacts" gc --dir www/rw --served --limit $((size * 2 + 100))
said 'gc of what is served: old signatures without an entry, too' '^freed .*: 1 beyond the limit, 0 damaged, 1 stale'
is 'gc of what is served: what was read last stays, with its signature' "$(find www/rw -type f | sort)" "$({
	for entry in a c; do echo "www/rw/$(place "$(key $entry)")"; echo "www/rw/$(place "$(key $entry)").sig"; done
	echo "www/rw/$(echo "$a" | cut -c 1-2)/$(key e | sed "s/^../$(echo "$a" | cut -c 1-2)/").art.sig"
} | sort)"
is 'gc of what is served: looking is not reading' "$(stat -c %x "www/rw/$(place "$a")" | cut -c 1-4)" 2003
done_testing
