#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Disks, file systems, loop devices, namespaces, processors, limits.
# shellcheck source=support/tests/tap.sh
. /test/tap.sh
disk=/dev/vda
# words COMMAND...: what it prints, with one space between words.
words() {
	"$@" | tr -s ' '
}

# ---- disks ----
echo ',4M,L' | sfdisk -q "$disk"
like 'sfdisk made a partition' "$(sfdisk -d "$disk")" '/dev/vda1 : start= *2048, size= *8192, type=83'
is 'lsblk shows disk and partition' "$(words lsblk -n -r -o NAME,SIZE,TYPE "$disk")" 'vda 64M disk
vda1 4M part'
ok 'wipefs erases the table' wipefs -q -a "$disk"
is 'nothing is left of it' "$(wipefs "$disk")" ''
mkfs.ext2 -F -L whittle "$disk" >/dev/null 2>&1
is 'blkid knows a file system' "$(blkid -o value -s TYPE "$disk")" ext2
is 'and its label' "$(blkid -o value -s LABEL "$disk")" whittle

mkdir mnt
ok 'mount finds it by its label' mount -o nodev LABEL=whittle mnt
is 'findmnt shows it' "$(words findmnt -n -r -o SOURCE,FSTYPE "$PWD/mnt")" "$disk ext2"
like 'with its options' "$(findmnt -n -o OPTIONS "$PWD/mnt")" nodev
ok 'umount' umount mnt
fails 1 'findmnt knows no more of it' findmnt "$PWD/mnt"

seq 9999 >file
truncate -s 1M file
loop=$(losetup -f --show file)
like 'losetup makes a device of a file' "$loop" '^/dev/loop[0-9]'
is 'which has what the file has' "$(head -n 9999 "$loop" | tail -n 1)" 9999
is 'losetup lists it' "$(losetup -n -O NAME -j file | tr -d ' ')" "$loop"
ok 'and takes it away' losetup -d "$loop"

# ---- namespaces ----
outside=$(hostname)
is 'unshare: a host name of its own' "$(unshare --uts sh -c 'hostname inside; hostname')" inside
is 'the old one is as it was' "$(hostname)" "$outside"
# shellcheck disable=SC2016 # it is for the other shell
is 'unshare: process 1 of its own' "$(unshare --pid --fork --mount-proc sh -c 'echo $$ $(cat /proc/1/comm)')" '1 sh'
is 'unshare: another user for itself alone' "$(unshare --user --map-user=7 id -u)" 7
unshare --uts sh -c 'hostname inside; echo ready >ready; exec sleep 60' &
other=$!
while [ ! -e ready ]; do sleep 0.1; done
is 'nsenter: in the other one' "$(nsenter --uts --target "$other" hostname)" inside
is 'lsns lists both' "$(lsns -n -t uts -o NS | wc -l)" 2
kill "$other"

# ---- processes ----
like 'lscpu' "$(words lscpu)" '^CPU(s): [1-9]'
is 'taskset' "$(taskset -c 0 sh -c 'taskset -p -c $$' | sed 's/.*: //')" 0
like 'chrt' "$(chrt -f 10 sh -c 'chrt -p $$')" 'SCHED_FIFO'
is 'prlimit' "$(prlimit --nofile=100 sh -c 'ulimit -n')" 100
ok 'flock takes a free lock' flock -n lock true
flock lock sh -c 'echo held >held; exec sleep 60' &
holder=$!
while [ ! -e held ]; do sleep 0.1; done
fails 1 'flock does not wait for a held one' flock -n lock true
like 'lsfd shows who holds it' "$(lsfd -n -o COMMAND,NAME -p "$(pgrep -f 'sleep 60' | paste -s -d , -)")" 'sleep .*/lock'
kill "$holder"
# shellcheck disable=SC2016 # it is for the other shell
ok 'script records' script -q -e -c 'echo on "$(tty)"' record
like 'what a terminal shows' "$(cat record)" '^on /dev/pts/'
ok 'dmesg' dmesg --level info,notice --decode
said 'with facility and level' '^kern  *:\(info\|notice\)'
like 'uuidgen' "$(uuidgen)" '^[0-9a-f]\{8\}-[0-9a-f]\{4\}-4'
done_testing
