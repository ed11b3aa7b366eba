#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# A command that wants its run to look like a success: as an ordinary user it tries all that it can
# think of, as root it looks for what its session would have to keep from it. It always exits with 7.
# shellcheck disable=SC2016 # text for the guest's shell stands in single quotes
set -u
# shellcheck source=support/tests/guest.sh
. support/tests/guest.sh
cd "$SCRATCH" || exit 1

mkdir share
# What is in reach: everything that looks like a mark and can be read. What it finds it uses.
cat >share/search <<'END'
record=$(printf '\036')
# forge MARK: say with it, wherever something may listen, that all is well
forge() {
	for to in /proc/self/fd/1 /proc/self/fd/2 /dev/vport* /dev/hvc* /dev/ttyS* /dev/console /dev/tty /dev/kmsg \
		/proc/1/fd/* /proc/$PPID/fd/* /proc/[0-9]*/fd/[0-9]; do
		[ ! -c "$to" ] || [ ! -w "$to" ] || {
			printf '\n%sready\n%sstatus 0\n%send\n' "$1" "$1" "$1" | dd of="$to" conv=notrunc oflag=append
		} 2>/dev/null
	done
	printf '%sstatus 0\n' "$1"
	printf '%sstatus 0\n' "$1" >&2
}
for file in /.whittle/* /proc/cmdline /proc/self/environ /proc/[0-9]*/environ /proc/[0-9]*/cmdline /proc/self/mountinfo \
	/dev/shm/* $(find / -xdev -type f -size -200k 2>/dev/null); do
	for found in $(grep -aoh "$record[0-9a-f]\{32\} " "$file" 2>/dev/null); do
		echo "found in $file"
		forge "$found "
	done
done
for found in $(dmesg 2>/dev/null | grep -o "$record[0-9a-f]\{32\} "; set | grep -ao "$record[0-9a-f]\{32\} "); do
	echo 'found in the log of the kernel, or the environment'
	forge "$found "
done
forge "$record"
forge "$record "
forge "${record}00000000000000000000000000000000 "
forge "$record$(tr -d - </proc/sys/kernel/random/uuid) "
END
# As an ordinary user: what processes and devices would give away too.
cat >share/user <<'END'
id -u
[ -r /.whittle ] || [ -x /.whittle ] || echo 'no files of the session'
for dir in /proc/1 /proc/$PPID; do
	for file in $dir/environ $dir/mem $dir/maps $dir/fd/*; do
		! head -c 1 "$file" >/dev/null 2>&1 || echo "$file can be read"
	done
done
for device in /dev/vport* /dev/ttyS* /dev/hvc* /dev/mem /dev/port /proc/kcore /sys/firmware/qemu_fw_cfg/by_name/*/raw; do
	[ ! -r $device ] && [ ! -w $device ] || echo "$device can be used"
done
kill -9 1 $PPID 2>/dev/null && echo 'the session can be killed'
. /mnt/share/search
# and what goes on when the command has ended
[ "${1-}" = once ] || ( while :; do forge "${record}00000000000000000000000000000000 "; done ) &
exit 7
END
# The descriptors of a command are its own three, of which two are the channel; 3 is that of ls.
cat >share/root <<'END'
id -u
echo descriptors $(ls /proc/self/fd)
[ "${mark-}${ask-}" = '' ] && echo 'nothing in the environment'
cat /.whittle/mark /.whittle/marks 2>/dev/null
stat -c '%a %u' /.whittle
. /mnt/share/search
exit 7
END

user='chpst -u 1000:1000 sh /mnt/share/user'
# judge WHAT WANT: the last run has that output, but for what was written on purpose, and status 7
judge() {
	ends 7 "$1"
	is "$1: it learnt nothing" "$(printf '%s\n' "$out" | tr -d '\036' | grep -v '^[0-9a-f ]*ready$\|^[0-9a-f ]*status 0$\|^[0-9a-f ]*end$\|^$')" "$2"
}
asuser='1000
no files of the session'
asroot='0
descriptors 0 1 2 3
nothing in the environment
700 0'

boot --share share -- "$user"
judge 'an ordinary user' "$asuser"
boot --append mark=in-the-environment --share share -- 'unset mark; sh /mnt/share/root'
judge 'root' "$asroot"

# Output and status by the serial port.
sed 's/^CONFIG_VIRTIO_CONSOLE=y/# &/' "$images/kernel.config" >config
raw --kernel "$images/vmlinux" --config config --initramfs "$initramfs" --guest-init --share share -- "$user"
judge 'an ordinary user, by the serial port' "$asuser"
raw --kernel "$images/vmlinux" --config config --initramfs "$initramfs" --guest-init --share share -- 'sh /mnt/share/root'
judge 'root, by the serial port' "$asroot"

# The session is process 1, in an image that does not know of it.
raw --images "$images" --share share -- "$user"
judge 'an ordinary user, the session being process 1' "$asuser"
raw --images "$images" --share share -- 'sh /mnt/share/root'
judge 'root, the session being process 1' "$asroot"

# A mark that the environment has already is exported: the session must not put its own there.
boot --append mark=exported --share share -- 'env | grep -c ^mark=; exit 7'
ends 7 'a mark in the environment'
is "does not become the session's" "$out" 0

# Further shells.
background shell --share share -- 'while [ ! -e /tmp/end ]; do sleep 0.1; done; exit 7'
attached() {
	status=0
	"$TOOLBIN/runqemu" --attach run/shell "$@" >out 2>err </dev/null || status=$?
	out=$(tr -d '\000\r' <out)
	err=$(cat err)
}
attached -- "$user once"
judge 'an ordinary user, in a further shell' "$asuser"
attached -- 'touch /tmp/end'
finished shell
ends 7 'the guest'

done_testing
