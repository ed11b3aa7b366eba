#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The host's system as the guest's root: its programs run there; nothing is written to it, whatever the guest's root
# does; what is hidden cannot be read; by 9p and by virtiofs, by root and by others.
# shellcheck disable=SC2016 # text for the guest's shell stands in single quotes
set -u
# shellcheck source=support/tests/guest.sh
. support/tests/guest.sh

if ! grep -q '^CONFIG_OVERLAY_FS=y' "$images/kernel.config"; then
	skip 'the host as root' 'the kernel has no CONFIG_OVERLAY_FS'
	done_testing
fi
chmod 755 "$SCRATCH"
cd "$SCRATCH" || exit 1

# A directory of this machine, with what must not be seen and what must not change.
mkdir -p dir/sub dir/keys bin
echo 'from the host' >dir/file
echo secret >dir/keys/key
echo secret >dir/one.key
ln -s keys dir/link
chmod -R go+rX dir
# checksums: of all that is there, with its modes and dates
checksums() {
	(cd "$SCRATCH/dir" && find . -exec stat -c '%n %A %u %Y' {} + | sort && find . -type f -exec cksum {} + | sort)
}
checksums >before

# A virtiofsd that does not work is as good as none.
printf '#!/bin/sh\nexit 1\n' >bin/virtiofsd
chmod 755 bin/virtiofsd
path=$PATH

# A program of this machine that the image has not.
program=
for program in perl git python3 gcc; do command -v "$program" >/dev/null && break; done
version=$("$program" --version | sed -n '/./{p;q;}')

# hosted OPTION... [-- COMMAND]
hosted() {
	boot --root / --root-hide "$SCRATCH/dir/keys" --root-hide "$SCRATCH/dir/*.key" "$@"
}

# system TYPE: what holds by each way.
system() {
	hosted -- "$program"' --version | sed -n "/./{p;q;}"; pwd; id -u; exit 9'
	ends 9 "a command, by $1"
	is "$program of this machine runs, in the directory of this test, as root" "$out" "$version
$SCRATCH
0"
	is 'nothing else is said' "$err" ''
	hosted -- 'cat dir/file; echo changed >dir/file && echo new >dir/new && rm -r dir/sub && mkdir dir/sub && cat dir/file dir/new; chmod 700 dir
		touch /usr/bin/written && echo and in /usr; ls -d /tmp /run /proc/self /sys/kernel /dev/null /dev/fd/0'
	is 'it may write anywhere' "$out" 'from the host
changed
new
and in /usr
/dev/fd/0
/dev/null
/proc/self
/run
/sys/kernel
/tmp'
	is 'nothing of that is here' "$(checksums)" "$(cat before)"
	ok 'nor there' test ! -e /usr/bin/written

	# A hostile root: it finds the directory itself, below the writable layer, and makes that writable.
	hosted -- 'nsenter -t 1 -m /bin/busybox mount -o remount,rw /.whittle/lower && grep -o "whittle0 .*lower [^ ]* rw" /proc/1/mounts
		cd /proc/1/root/.whittle/lower'"$SCRATCH"'/dir && cat file; m=/proc/1/root/.whittle/lower
		echo changed >file; echo new >new; rm -f file; mkdir new; mv file sub; chmod 777 file; ln file new; touch file; ln -s x new
		mknod new p; truncate -s 0 file; setfattr -n user.x -v y file; chown 1 file
		cat keys/key link/key one.key $m/etc/shadow $m/proc/self/environ; ls -A $m/proc $m/sys $m/dev $m/run | grep -v "^$"; exit 3'
	ends 3 'a hostile root'
	is 'can mount the directory for writing' "$out" "whittle0 /.whittle/lower $1 rw
from the host
$(printf '/proc/1/root/.whittle/lower/%s:\n' dev proc run sys)"
	is 'and can change nothing' "$(checksums)" "$(cat before)"
	unlike 'nor read what is hidden' "$out" secret

	hosted -- 'cat dir/keys/key dir/link/key dir/one.key /etc/shadow; ls -A dir/keys | wc -l; wc -c <dir/one.key; echo mine >dir/keys/key && cat dir/keys/key'
	is 'what is hidden is empty, and can be written' "$out" '0
0
mine'
	boot --root / --root-hide none -- 'cat dir/keys/key dir/one.key'
	is 'unless nothing is' "$out" 'secret
secret'

	# The user.
	hosted --user nobody -- 'id -un; cat dir/file; echo "$HOME $USER"; echo no >dir/file || echo cannot; [ ! -r /etc/shadow ] && cat dir/keys/key'
	is 'another user' "$(printf '%s\n' "$out" | sed '3s/.* //')" 'nobody
from the host
nobody
cannot'
	hosted --user 4711 -- 'id -u; id -g; exit 5'
	ends 5 'one by number'
	is 'is nobody of here' "$out" '4711
4711'

	# Input: lines for a shell of this machine.
	# shellcheck disable=SC2088 # the home directories there
	out=$(printf 'echo shell $((6 * 7)); %s --version\npwd\nexit 4\n' "$program" |
		"$TOOLBIN/runqemu" --accel tcg --images "$images" --guest-init --root / \
			--root-hide '~/.profile' --root-hide '~/.bash*' 2>"$SCRATCH/err" | tr -d '\r')
	like 'lines of input are for a shell of this machine' "$out" 'shell 42$'
	like 'in this directory' "$out" "$SCRATCH\$"
	is 'nothing is said on standard error' "$(cat "$SCRATCH/err")" ''

	# Directories go to their places in it.
	mkdir -p shared && echo shared >shared/file
	hosted --share shared:"$SCRATCH/dir/sub":rw --share shared:/mnt/it -- 'cat dir/sub/file /mnt/it/file; echo written >dir/sub/out'
	is 'shared directories' "$out" 'shared
shared'
	is 'one with :rw is written to' "$(cat shared/out)" written
	rm -r shared
	is 'and nothing else is' "$(checksums)" "$(cat before)"
}
PATH=$SCRATCH/bin:$path
system 9p
hosted -- 'unshare -Ur true && echo yes'
is 'it is the root for the kernel, too: a program may make namespaces' "$out" "$(unshare -Ur true 2>/dev/null && grep -q '^CONFIG_USER_NS=y' "$images/kernel.config" && echo yes)"
raw --images "$images" --root / -- 'echo $PPID; pwd; exit 6'
ends 6 'an image that does not know of sessions'
hosted --net -- 'cat /etc/resolv.conf; ls /sys/class/net'
is 'with a network, the name server is that of QEMU' "$out" 'nameserver 10.0.2.3
eth0
lo'
background more --root / -- 'while [ ! -e /tmp/whittle-end ]; do sleep 0.1; done; cat /tmp/whittle-end'
"$TOOLBIN/runqemu" --attach run/more -- "$program --version | sed -n '/./{p;q;}'; pwd; echo same >/tmp/whittle-end; exit 8" >more.txt
is 'a further shell is in the same system' "$? $(cat more.txt)" "8 $version
$SCRATCH"
finished more
is 'and sees its files' "$status $out" '0 same'
ok 'which are not here' test ! -e /tmp/whittle-end

if [ "$(id -u)" = 0 ]; then
	if ! grep -q '^CONFIG_VIRTIO_FS=y' "$images/kernel.config"; then
		skip 'by virtiofs' 'the kernel has no CONFIG_VIRTIO_FS'
	elif PATH=$path:/usr/libexec:/usr/lib/qemu command -v virtiofsd >/dev/null; then
		PATH=$path
		hosted -- 'grep -c "^whittle0 .* virtiofs" /proc/self/mountinfo /proc/1/mounts'
		like 'virtiofs' "$out" 'mounts:1'
		system virtiofs
	else
		skip 'by virtiofs' 'there is no virtiofsd'
	fi
	# Someone else, who has no rights here: what only root can read is not there for the guest's root either.
	if command -v setpriv >/dev/null; then
		cp "$TOOLBIN/runqemu" runqemu
		mkdir -m 755 given && cp -L "$images/vmlinux" "$images/kernel.config" "$initramfs" given/
		chmod 644 given/*
		echo secret >rootonly && chmod 600 rootonly
		mkdir -m 777 theirs
		nobody() {
			setpriv --reuid=nobody --regid=nogroup --clear-groups env HOME="$SCRATCH/theirs" XDG_CACHE_HOME="$SCRATCH/theirs" \
				./runqemu --accel tcg --images given --guest-init --root / "$@" >out 2>err </dev/null
			status=$?
			out=$(cat out)
			err=$(cat err)
		}
		nobody --root-hide "$SCRATCH/dir/keys" -- "$program"' --version | sed -n "/./{p;q;}"; stat -c %U /etc/passwd; cat dir/file rootonly dir/keys/key; exit 2'
		ends 2 'somebody who is not root'
		is 'runs programs, and sees owners, but not more than he may' "$out" "$version
root
from the host"
		unlike 'without a warning' "$err" '^runqemu:'
	else
		skip 'another user' 'there is no setpriv'
	fi
else
	skip 'by virtiofs, and another user' 'the test is not run by root'
fi
is 'no process is left' "$(pgrep -f "virtiofsd .*source=/tmp" || :)" ''

done_testing
