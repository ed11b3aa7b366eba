#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# fetch: the command line, the list and what is there already. No server is needed.
# shellcheck disable=SC2016,SC2059
set -eu
. support/tests/tap.sh

fetch=$TOOLBIN/fetch
cd "$SCRATCH"
mkdir -p www/a
echo one >www/a/one.txt
echo two >www/a/two.txt
one=$(sha256sum www/a/one.txt | cut -c1-64)
two=$(sha256sum www/a/two.txt | cut -c1-64)
www=file://$SCRATCH/www

# want TEXT: write the list
want() {
	printf "$1" >list
}

ok 'help succeeds' "$fetch" --help
said 'help names the exit codes' '^Exit: 0 '
fails 2 'no list is a usage error' "$fetch"
said 'and points at the help' "try 'fetch --help'"
fails 2 'two lists are a usage error' "$fetch" a b
fails 2 'an unknown option is a usage error' "$fetch" --frob list
fails 2 'jobs must be a number' "$fetch" -j many list
fails 2 'jobs must be at least 1' "$fetch" -j 0 list
said 'the range is told' "--jobs takes a number from 1 to 64, not '0'"
fails 2 'a mirror must be a url' "$fetch" --mirror me:secret@host list
said 'what it should be is told' 'must start with http://'
unlike 'the password is not' "$(cat .tap.out)" secret
fails 1 'a list that is not there' "$fetch" nolist
said 'is named with the reason' 'cannot read the list nolist: No such file'

# refuse NAME PATTERN TEXT: a wrong list, the message it gives, and that nothing is fetched
refuse() {
	want "$3"
	fails 1 "refused: $1" "$fetch" -d dl list
	said "the message for $1" "$2"
	ok "nothing fetched: $1" test ! -e dl
}
refuse 'path with ..' 'list:2: this file must be relative' "\nfile a/../b\nsha256 $one\n"
refuse 'absolute path' 'list:1: this file must be relative' "file /a\nsha256 $one\n"
refuse 'no digest' 'list:2: file b has no sha256' "# b\nfile b\nurl http://h/b\n"
refuse 'short digest' 'list:2: this sha256 is not 64' 'file b\nsha256 abc\n'
refuse 'unknown word' "list:3: unknown word 'sha1'" "file b\nsha256 $one\nsha1 1\n"
refuse 'url before file' "list:1: 'url' before the first" "url http://h/\n"
refuse 'scheme' 'list:3: this url must start' "file b\nsha256 $one\nurl gopher://h/b\n"
refuse 'the same path twice' 'list:3: file b is also at line 1' \
	"file b\nsha256 $one\nfile b\nsha256 $two\n"

want "file a/one.txt\nsha256 $one\nurl $www/a/one.txt\n\nfile a/two.txt\nsha256 $two\nurl $www/a/two.txt\n"
ok 'file urls' "$fetch" -d dl list
said 'one line for each file' '^  FETCH  *a/one.txt (4 B, [0-9.]* s, file)$'
ok 'the files are there' diff -r www dl
ok 'again' "$fetch" -d dl list
is 'nothing is said when all is there' "$(cat .tap.out)" ''
rm -r dl
ok 'from standard input, quiet' sh -c '"$0" -q -d dl - <list' "$fetch"
is 'quiet says nothing' "$(cat .tap.out)" ''
ok 'the files are there' diff -r www dl

echo ONE >dl/a/one.txt
ok 'a file that is there is trusted' "$fetch" -d dl list
is 'and left alone' "$(cat dl/a/one.txt)" ONE
ok 'unless it is to be checked' "$fetch" -d dl --check list
said 'the damage is told' 'a/one.txt: the existing file has another digest; it is now dl/a/one.txt.damaged'
said 'with the digest expected' "expected  $one"
is 'it is fetched again' "$(cat dl/a/one.txt)" one
is 'and was moved aside' "$(cat dl/a/one.txt.damaged)" ONE
ok 'a right one is left alone' "$fetch" -d dl --check list
is 'without a word' "$(cat .tap.out)" ''


# The digest that is asked for is wrong: the good file is not lost, whatever the servers have.
echo one >good
want "file a/one.txt\nsha256 $two\nurl $www/a/one.txt\n"
fails 1 'a wrong digest of a good file' "$fetch" -d dl --check list
said 'the file is named' '^fetch: a/one.txt: dl/a/one.txt is not the wanted file, and is left unchanged'
said 'with the digest that is asked for' "^  expected  $two"
said 'and its own' "^  got       $one"
said 'a server has the same' 'a server has the same file: find out why it differs'
ok 'it is there' cmp good dl/a/one.txt
fails 1 'and when there is no server' "$fetch" -d dl --check --offline list
said 'which is wrong is not known' 'no server has the wanted file: either its digest or this file is wrong'
ok 'it is there' cmp good dl/a/one.txt
echo TWO >www/a/one.txt
fails 1 'a server with a third one' "$fetch" -d dl --check list
said 'tells nothing of ours' 'no server has the wanted file'
ok 'it is there' cmp good dl/a/one.txt
echo one >www/a/one.txt
is 'nothing else is left' "$(find dl -name '*one.txt*' | sort | paste -s -d , -)" dl/a/one.txt,dl/a/one.txt.damaged

rm -r dl
want "file a/one.txt\nsha256 $two\nsha256 $one\nurl $www/a/one.txt\n"
ok 'any of the digests is accepted' "$fetch" -d dl list
want "file a/one.txt\nsha256 $two\nurl $www/a/none.txt\nurl $www/a/one.txt\nfile a/two.txt\nsha256 $two\nurl $www/a/two.txt\n"
rm -r dl
fails 1 'one of two files cannot be had' "$fetch" -j 1 -d dl list
said 'the summary counts' '^fetch: 1 of 2 files could not be obtained$'
said 'it tells about the first url' "^    $www/a/none.txt: .*open file"
said 'and about the second' "^    $www/a/one.txt: wrong digest: got $one"
ok 'the other file is there' cmp www/a/two.txt dl/a/two.txt
is 'and nothing else' "$(cd dl && find . -type f)" ./a/two.txt
want "file x\nsha256 $one\n"
fails 1 'no url at all' "$fetch" -d dl list
said 'is told' 'no url to fetch it from'
mkdir dl/x
fails 1 'a directory in the way' "$fetch" -d dl list
said 'is told' 'dl/x exists but is not a regular file'
: >plain
fails 1 'a download directory that is a file' "$fetch" -d plain list
said 'is told' 'plain'

want "file b+c/x y\nsha256 $one\nurl http://me:secret@h:1/x\npool b/b+c.tar\n"
ok 'list prints what would be tried' "$fetch" --list --mirror http://m1// --mirror http://m2/d --pool http://p/ list
is 'in order, escaped, without passwords' "$(cat .tap.out)" "file b+c/x y
sha256 $one
url http://m1/b+c/x%20y
url http://m2/d/b+c/x%20y
url http://me:***@h:1/x
url http://p/pool/main/b/b+c.tar"
ok 'list when offline' "$fetch" --list --offline --mirror http://m1 --pool http://p/ list
unlike 'has mirrors only' "$(cat .tap.out)" 'url http://[hp]'
want "file x\nsha256 $one\nurl http://me:secret@127.0.0.1:1/x\n"
fails 1 'nobody listens' "$fetch" --retries 1 --backoff 1 -d dl2 list
said 'says where' 'http://me:\*\*\*@127.0.0.1:1/x: .*; trying again in'
unlike 'never shows the password' "$(cat .tap.out)" secret
is 'leaves no litter' "$(find dl2 -type f)" ''
done_testing
