#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# artifacts: a store without a remote one: what goes in comes out, and what is told of it.
set -u
# shellcheck source=support/tests/tap.sh
. support/tests/tap.sh

cd "$SCRATCH" || exit 1
artifacts=$TOOLBIN/artifacts
a=$(echo a | sha256sum | cut -c 1-64)
b=$(echo b | sha256sum | cut -c 1-64)
c=$(echo c | sha256sum | cut -c 1-64)
# entry KEY: the file that holds it.
entry() {
	echo "store/$(echo "$1" | cut -c 1-2)/$1.art"
}

ok '--help' "$artifacts" --help
said '--help says how' '^usage: artifacts COMMAND --dir DIR'
fails 2 'no command' "$artifacts" --dir store
said 'no command: is said' '^artifacts: expected a COMMAND$'
fails 2 'a command that is none' "$artifacts" --dir store keep
said 'a command that is none: is named' "'keep': unknown command"
fails 2 'no store' "$artifacts" stats
said 'no store: is said' '^artifacts: --dir DIR is missing$'
fails 2 'no tree' "$artifacts" --dir store put "$a"
said 'no tree: is said' 'put takes 2 arguments'
fails 2 'a key that is none' "$artifacts" --dir store get ABC to
said 'a key that is none: is named' "'ABC' is not a key: expected 64"
fails 2 'an option that is none' "$artifacts" --dir store --all list
for limit in x -1 1T 1MM 99999999999G ''; do
	fails 2 "--limit '$limit'" "$artifacts" --dir store gc --limit "$limit"
	said "--limit '$limit': is said" "^artifacts: --limit '$limit': expected a number"
done
for url in ftp://host/x host 'http://a b/'; do
	fails 2 "--url '$url'" "$artifacts" --dir store --url "$url" get "$a" to
	said "--url '$url': is said" '^artifacts: --url: the address '
done

ok 'stats of a store that is not there' "$artifacts" stats --dir store
said 'stats: no entries' '^entries  *0$'
said 'stats: no limit' '^limit  *none$'
fails 3 'get of what is not there' "$artifacts" get --dir store "$a" to
said 'get of what is not there: is said' "^artifacts: there is no artifact $a\$"
ok 'none of these makes anything' test ! -e store -a ! -e to

mkdir -p tree/bin tree/empty
echo 'int main;' >tree/main.c
ln -s ../main.c tree/bin/link
printf x >"$(printf 'tree/line\nbreak')"
chmod 750 tree/bin
touch -d '2001-09-09 01:46:41.5' tree/main.c tree/empty
ok 'put' "$artifacts" put --dir store "$a" tree --title 'tree 1.0'
is 'put: it is all in one file' "$(find store -type f)" "$(entry "$a")"
is 'its header is text' "$(head -c 202 "$(entry "$a")" | sed 's/[0-9a-f]\{64\}/HEX/; s/[0-9][0-9]*$/N/')" \
	"$(printf 'whittle-artifact N\nkey HEX\ndigest HEX\nsize N\nmeta N')"
is 'its digest is that of the rest' "$(tail -c +161 "$(entry "$a")" | sha256sum | cut -c 1-64)" \
	"$(sed -n 's/^digest //p' "$(entry "$a")" | head -n 1)"
ok 'get' "$artifacts" get --dir store "$a" to
# describe DIR: each path with its mode, time and target.
describe() {
	(cd "$1" && find . -mindepth 1 -printf '%P %m %T@ %l\n' | LC_ALL=C sort)
}
ok 'get: the content' diff -r --no-dereference tree to
is 'get: modes, times, links' "$(describe to)" "$(describe tree)"
fails 1 'get to what is there' "$artifacts" get --dir store "$a" to
said 'get to what is there: is said' "cannot unpack artifact $a to to: it exists"
fails 1 'put of what is not there' "$artifacts" put --dir store "$b" none
said 'put of what is not there: is named' 'cannot store none as store/.*: cannot read it: No such file'
is 'put of what is not there leaves nothing' "$(find store -type f)" "$(entry "$a")"

touch -d '2 hours ago' "$(entry "$a")"
ok 'put of another' "$artifacts" put --dir store "$b" tree
ok 'put of a large one' sh -c 'mkdir large && head -c 300000 /dev/urandom >large/x && exec "$@"' - \
	"$artifacts" put --dir store "$c" large --title "$(printf 'large\033[31m\nsecond line')"
touch -d '1 hour ago' "$(entry "$b")"
ok 'list' "$artifacts" list --dir store
is 'list: oldest first' "$(cut -d ' ' -f 1 .tap.out)" "$(printf '%s\n' "$a" "$b" "$c")"
said 'list: size, time and title' "^$a $(wc -c <"$(entry "$a")") 20..-..-..T..:..:.. tree 1.0\$"
said 'list: a title is one line, and nothing for a terminal' "^$c .* large.x1b\\[31m\$"
ok 'stats' "$artifacts" stats --dir store --limit 4096M
said 'stats: entries' '^entries  *3$'
said 'stats: size' '^size  *29[0-9]\.[0-9] KiB$'
said 'stats: limit' '^limit  *4\.0 GiB$'
said 'stats: oldest use' "^oldest use  $(date -r "$(entry "$a")" '+%Y-%m-%d %H:%M')\$"
is 'stats: the largest first' "$(sed -n '/^largest/{n;s/.*KiB  //;p;}' .tap.out)" \
	"$(echo "$c" | cut -c 1-12)  large\\x1b[31m"

ok 'gc with nothing to do' "$artifacts" gc --dir store --limit 1M --verify
said 'gc with nothing to do: is said' \
	'^freed 0 bytes: 0 beyond the limit, 0 damaged, 0 stale temporary files$'
said 'gc says what is left' '^left 29[0-9]\.[0-9] KiB: 3 entries$'
printf damaged | dd of="$(entry "$b")" bs=1 seek=300 conv=notrunc 2>/dev/null
ok 'gc of a damaged entry' "$artifacts" gc --dir store
said 'gc does not look for that' ' 0 damaged,'
ok 'gc --verify' "$artifacts" gc --dir store --verify
said 'gc --verify does' ' 1 damaged,'
ok 'the damaged entry is gone' test ! -e "$(entry "$b")"
touch "$(entry "$a").tmp1-2"
touch -d '2 days ago' "$(entry "$a").tmp1-3"
ok 'gc beyond the limit' "$artifacts" gc --dir store --limit "$(wc -c <"$(entry "$c")")"
said 'gc beyond the limit: removes the oldest and what is stale' \
	': 1 beyond the limit, 0 damaged, 1 stale temporary files$'
is 'gc beyond the limit: leaves the rest' "$(find store -type f | LC_ALL=C sort)" \
	"$(printf '%s\n' "$(entry "$a").tmp1-2" "$(entry "$c")" | LC_ALL=C sort)"

ok 'put with a limit' "$artifacts" put --dir store --limit 100 "$a" tree
is 'put with a limit: only that is left' "$(find store -name '*.art')" "$(entry "$a")"
printf damaged | dd of="$(entry "$a")" bs=1 seek=300 conv=notrunc 2>/dev/null
fails 3 'get of a damaged one' "$artifacts" get --dir store "$a" again
said 'get of a damaged one: is said' \
	"^artifacts: $(entry "$a") was damaged and is removed: its digest is wrong\$"
ok 'get of a damaged one: nothing is left' test ! -e again -a ! -e again.part -a ! -e "$(entry "$a")"

ok 'put' "$artifacts" put --dir store "$c" tree
ok 'remove' "$artifacts" remove --dir store "$c"
fails 3 'remove once more' "$artifacts" remove --dir store "$c"
said 'remove once more: is said' "there is no artifact $c"

# What nobody can write to is of use all the same.
ok 'put' "$artifacts" put --dir store "$a" tree
if [ "$(id -u)" != 0 ]; then
	chmod -R a-w store
	ok 'get from a store that cannot be written' "$artifacts" get --dir store "$a" readonly
	fails 1 'put there' "$artifacts" put --dir store "$b" tree
	said 'put there: is said' 'cannot write store/.*: Permission denied'
fi
: >file
fails 1 'a store that is no directory: list' "$artifacts" list --dir file
said 'a store that is no directory: is said' 'cannot read file: Not a directory'
fails 1 'a store that is no directory: gc' "$artifacts" gc --dir file
fails 1 'a store that is no directory: put' "$artifacts" put --dir file "$a" tree
fails 1 'a full disk' sh -c '"$@" >/dev/full' - "$artifacts" stats --dir store
done_testing
