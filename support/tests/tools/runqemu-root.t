#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# runqemu without a guest: a directory of this machine as the guest's root, and what QEMU can read and write of it.
# shellcheck disable=SC2016 # text for other shells stands in single quotes
set -u
# shellcheck source=support/tests/fakeqemu.sh
. support/tests/fakeqemu.sh

dry() {
	"$runqemu" --dry-run --accel tcg --kernel bzImage "$@"
}
fails_with() { # NAME STATUS WORDS ARGUMENT...
	fails_name=$1 fails_status=$2 fails_words=$3
	shift 3
	fails "$fails_status" "$fails_name" dry "$@" -- true
	said "$fails_name: is told" "$fails_words"
}

# A system, as far as runqemu looks at it.
mkdir -p sys/bin sys/etc sys/home/me/.ssh sys/home/other/.ssh sys/root/.ssh sys/keys sys/proc sys/dev sys/sys sys/run sys/srv
: >sys/bin/sh
printf '%s\n' 'root:x:0:0::/root:/bin/sh' 'me:x:1234:1235::/home/me:/bin/zsh' 'other:x:1236:1236::/home/other:' >sys/etc/passwd
printf '%s\n' 'root:x:0:' 'me:x:1235:' 'disk:x:6:other,me' 'audio:x:29:me' >sys/etc/group
for file in etc/shadow etc/shadow- etc/hosts home/me/.ssh/id home/other/.ssh/id root/.ssh/id keys/one.key keys/two.key \
	proc/secret dev/secret sys/secret run/secret srv/file; do
	echo "text of $file" >"sys/$file"
done
ln -s /keys sys/link

line=$(dry --root sys -- true)
like 'the directory is read-only' "$line" " -fsdev local,id=share0,security_model=none,multidevs=remap,readonly=on,path=$SCRATCH/sys -device virtio-9p-pci,fsdev=share0,mount_tag=whittle0 "
like 'others follow' "$(dry --root sys --share sys/srv:/y:rw -- true)" 'id=share1,security_model=none,multidevs=remap,path='
fails_with 'a directory that is not there' 125 'cannot use nowhere as the guest.s root: No such file' --root nowhere
fails_with 'one without a system' 125 'cannot use sys/srv as the guest.s root: .*/sys/srv/bin/sh: No such file' --root sys/srv
fails_with 'a file' 125 'cannot use bzImage as the guest.s root: it is a file, and a directory is expected; .* --disk' --root bzImage
fails_with 'a user who is not there' 125 "there is no user nobody in $SCRATCH/sys/etc/passwd" --root sys --user nobody
fails_with 'a user without a directory' 2 '^runqemu: --user (GUEST_USER= of make) is for --root DIR (ROOT= of make)' --user me
fails_with 'hidden paths without a directory' 2 '^runqemu: --root-hide (ROOT_HIDE= of make) is for --root DIR' --root-hide /keys
fails_with 'a directory mounted there' 125 '/ is already the mount point of' --root sys --share sys/srv:/
for symbol in VIRTIO_PCI VIRTIO_CONSOLE NET_9P_VIRTIO 9P_FS; do echo "CONFIG_$symbol=y"; done >config
fails_with 'a kernel without overlayfs' 125 'the guest cannot have sys as its root: its kernel lacks CONFIG_OVERLAY_FS' --config config --root sys
echo CONFIG_OVERLAY_FS=y >>config
ok 'one with it' dry --config config --root sys -- true
grep -v 9P_FS config >config9
fails_with 'a kernel that can mount nothing' 125 'its kernel lacks CONFIG_9P_FS' --config config9 --root sys

# What the guest is told: the files of the layer, in a script's place for QEMU.
fake layer <<'END2'
tr '\0' '\n' </proc/self/fd/10 >layer.txt
echo "${mark}ready" >&5
printf '%s\n' "${mark}ready" "${mark}end" >&6
echo "${mark}status 0" >&5
exec sleep 60
END2
mkdir -p sys/srv/here
(cd sys/srv/here && "$runqemu" --accel tcg --kernel ../../../bzImage --initramfs ../../../initramfs --qemu ../../../layer --root ../.. --user me -- true)
mv sys/srv/here/layer.txt . || :
like 'the user, by number' "$(cat layer.txt)" '--reuid=1234 --regid=1235 --groups=1235,6,29 '
like 'the home directory and the shell' "$(cat layer.txt)" 'HOME=/home/me USER=me SHELL=/bin/zsh'
like 'the directory where we are' "$(cat layer.txt)" ' sh /srv/here "\$@"'
with layer --root sys --user 4711 -- true
like 'a number that nobody has' "$(cat layer.txt)" '--reuid=4711 --regid=4711 --groups=4711 '
like 'a directory that is not inside: the home directory' "$(cat layer.txt)" ' sh / "\$@"'
like 'the command is run there' "$(cat layer.txt)" '^run=./.whittle/enter.$'

# What QEMU has: a script in its place tries to read and write.
fake tries <<'END2'
dir=$(printf '%s\n' "$@" | sed -n 's/.*,readonly=on,path=\(.*\)/\1/p')
cd "$dir/." || exit 1
{
	echo "path $dir"
	for file in etc/hosts srv/file etc/shadow etc/shadow- home/me/.ssh/id home/other/.ssh/id root/.ssh/id keys/one.key keys/two.key \
		proc/secret dev/secret sys/secret run/secret; do
		cat "$file"
	done
	for file in etc/hosts new keys/new home/me/.ssh/new; do
		echo changed >"$file" && echo "wrote $file"
	done
	rm -f srv/file etc/shadow
	mount -o remount,rw . && echo remounted
} >"$OLDPWD/tried" 2>&1
echo "${mark}ready" >&5
printf '%s\n' "${mark}ready" "${mark}end" >&6
echo "${mark}status 0" >&5
exec sleep 60
END2
with tries --root sys --root-hide '/link' --root-hide 'keys/t*.key' -- true 2>err
if grep -q 'cannot hide files from a guest' err; then
	skip 'hidden files' 'this machine allows no namespaces'
else
	is 'QEMU reads what is not hidden, and writes nothing' "$(grep -v -e '^cat: ' -e 'Read-only' -e '^mount: \|^ *dmesg' tried)" "path /proc/self/fd/12
text of etc/hosts
text of srv/file"
	is 'no warning' "$(cat err)" ''
	is 'all is as before' "$(cat sys/srv/file sys/etc/shadow sys/etc/hosts; ls sys)" "text of srv/file
text of etc/shadow
text of etc/hosts
$(printf '%s\n' bin dev etc home keys link proc root run srv sys)"
	with tries --root sys --root-hide none --root-hide /keys/one.key -- true 2>err
	is 'by wish the rest is not hidden, but the running system is' "$(grep '^text' tried | sed 's/.* //' | tr '\n' ' ')" \
		'etc/hosts srv/file etc/shadow etc/shadow- home/me/.ssh/id home/other/.ssh/id root/.ssh/id keys/two.key '
	ok 'no mount is left on this machine' sh -c '! grep -q "$0" /proc/mounts' "$SCRATCH"
fi
if [ "$(id -u)" = 0 ] && command -v setpriv >/dev/null && setpriv --reuid=65534 --regid=65534 --clear-groups unshare -Urm true 2>/dev/null; then
	chmod 755 . && mkdir -m 777 theirs && cp "$runqemu" theirs/runqemu
	(
		cd theirs || exit 1
		setpriv --reuid=65534 --regid=65534 --clear-groups ./runqemu --accel tcg --kernel ../bzImage --initramfs ../initramfs --qemu ../tries \
			--root ../sys -- true
	) 2>err
	is 'somebody who is not root gets the same' "$(grep '^text' theirs/tried | sed 's/.* //' | tr '\n' ' ')$(cat err)" 'etc/hosts srv/file keys/one.key keys/two.key '
else
	skip 'somebody who is not root' 'the test is not run by root, or others may make no namespaces'
fi

done_testing
