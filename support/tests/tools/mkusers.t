#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# mkusers: what it writes, and what it refuses.
set -eu
# shellcheck source=support/tests/tap.sh
. support/tests/tap.sh
mkusers=$TOOLBIN/mkusers
cd "$SCRATCH"
mkdir etc

# refuses NAME LINES MESSAGE
refuses() {
	printf '%b\n' "$2" >bad.users
	fails 1 "$1" "$mkusers" -o etc base bad.users
	said '... is told' "^mkusers: bad.users:$3"
}

cat >base <<'END'
# what all have
root 0 root 0 /root /bin/sh the boss

- - tty 5
END
echo 'sshd 22 sshd 22 /var/empty /bin/false' >ssh.users
# shellcheck disable=SC2016 # as it is
ok 'two files' "$mkusers" -o etc --password 'root=$6$x$y' base ssh.users
is 'passwd' "$(cat etc/passwd)" 'root:x:0:0:the boss:/root:/bin/sh
sshd:x:22:22::/var/empty:/bin/false'
is 'group' "$(cat etc/group)" 'root:x:0:
tty:x:5:
sshd:x:22:'
# shellcheck disable=SC2016 # as it is
is 'shadow' "$(cat etc/shadow)" 'root:$6$x$y:::::::
sshd:!:::::::'
is 'which others cannot read' "$(stat -c %a etc/shadow)" 600
ok 'an empty password' "$mkusers" -o etc --password root= base
is 'asks for none' "$(cat etc/shadow)" 'root::::::::'
ok 'the same twice' "$mkusers" -o etc base ssh.users ssh.users
is 'is there once' "$(grep -c sshd etc/passwd)" 1

before=$(cat etc/passwd)
refuses 'a number that is taken' 'toor 0 toor 7 /root /bin/sh' '1: user toor 0 differs from root 0 of base:2: give one of them another number'
refuses 'a name that is taken' '\nroot 1 root 0 /root /bin/sh' '2: user root 1 differs from root 0 of base:2: give one of them another name'
refuses 'a group that is taken' '- - tty 6' '1: group tty 6 differs from tty 5 of base:4'
refuses 'another shell' 'root 0 root 0 /root /bin/ash the boss' '1: user root 0 differs'
refuses 'too few words' 'x 1 x 1 /x' '1: expected NAME UID GROUP GID HOME SHELL'
refuses 'a bad name' 'X 1 x 1 /x /x' "1: 'X': a name begins with"
refuses 'a bad number' 'x -1 x 1 /x /x' "1: '-1' is not a number from 0 to 65535"
refuses 'a number that is too large' 'x 1 x 65536 /x /x' "1: '65536' is not a number"
refuses 'a relative path' 'x 1 x 1 x /x' "1: 'x' is not an absolute path"
refuses 'a colon' 'x 1 x 1 /x /x a:b' "1: 'a:b': it has a colon"
is 'nothing was written' "$(cat etc/passwd)" "$before"
fails 1 'a file that is not there' "$mkusers" -o etc nothing
said '... is told' 'nothing: cannot read: No such file'
fails 1 'a directory that is not there' "$mkusers" -o nowhere base
said '... is told' 'nowhere/passwd: cannot write'
fails 2 'no file' "$mkusers" -o etc
fails 2 'no directory' "$mkusers" base
fails 2 'a password of nobody' "$mkusers" -o etc --password x base
ok 'help' "$mkusers" --help
said '... is shown' '^usage: mkusers'
done_testing
