#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# A kernel with the root filesystem built in, in each of its three forms, on the build that the
# other tests left (or a new one): it boots alone, and an edit in an overlay links it anew.
# shellcheck disable=SC2016 # text for other shells stands in single quotes
set -u
. support/tests/board.sh

export XDG_CACHE_HOME="$CHECK_O/cache"
images=$CHECK_O/default/images
config=$CHECK_O/default/.config
[ -s "$images/bzImage" ] || ok 'a build' board default

# form SYMBOL: how the root filesystem gets to the kernel.
form() {
	sed -i -e '/CONFIG_ROOTFS_\(SEPARATE\|BUILTIN[A-Z_]*\)[= ]/d' "$config"
	echo "CONFIG_ROOTFS_$1=y" >>"$config"
}
steps() {
	sed -n 's/^  \(UNPACK\|CONFIGURE\|BUILD\|INSTALL\|CACHE\) *\([^ ]*\).*/\1 \2/p' "$SCRATCH/.tap.out" | sort | paste -s -d , -
}
# alone: boot just the kernel, by QEMU itself; the overlay ends that boot when its shell starts.
alone() {
	timeout 120 qemu-system-x86_64 -nodefaults -display none -serial stdio -no-reboot -m 256 -accel tcg \
		-kernel "$images/bzImage" -append 'console=ttyS0 panic=-1' </dev/null 2>&1 | tr -d '\r'
}

cp "$config" "$SCRATCH/config"
sed -i '/CONFIG_ROOTFS_OVERLAY=/d; /CONFIG_ROOTFS_COMPRESS_[A-Z0-9]*[= ]/d' "$config"
echo "CONFIG_ROOTFS_OVERLAY=\"$SCRATCH/overlay\"" >>"$config"
mkdir -p "$SCRATCH/overlay/etc/profile.d"
echo '[ -e /.whittle ] || { echo booted alone; reboot -f; }' >"$SCRATCH/overlay/etc/profile.d/alone.sh"
echo odd >"$SCRATCH/overlay/etc/a:b%c#d" # names that make would stumble over
for form in BUILTIN_CPIO BUILTIN_DIR BUILTIN_LIST; do
	echo first >"$SCRATCH/overlay/etc/edit"
	form $form
	ok "$form" board default
	is 'no initramfs is beside the kernel' "$(cd "$images" && echo initramfs*)" 'initramfs*'
	like 'the kernel boots alone' "$(alone)" '^booted alone'
	guest default 'cat /etc/edit; stat -c "%a %u %g %t %T" / /dev/console /etc/shadow /tmp; readlink /bin/sh'
	is 'by runqemu, too: the files are there, with their modes' "$out" 'first
755 0 0 0 0
600 0 0 5 1
600 0 0 0 0
1777 0 0 0 0
busybox'
	is 'and the command' "$status" 0
	echo another >"$SCRATCH/overlay/etc/edit"
	start=$(date +%s)
	ok 'an edit in the overlay' board default
	echo "# it took $(($(date +%s) - start)) s"
	is 'packs, and links the kernel' "$(steps)" 'BUILD linux,INSTALL initramfs,INSTALL linux,INSTALL rootfs'
	is 'of which it compiles next to nothing' "$(grep -c '^  CC ' "$CHECK_O/default/build/linux/build.log" | sed 's/^[0-9]$/few/')" few
	guest default 'cat /etc/edit /etc/a:*'
	is 'it has it' "$out" 'another
odd'
done

# What the kernel gets beside it goes over what it has.
mkdir -p "$SCRATCH/extra/etc"
echo extra >"$SCRATCH/extra/etc/edit"
board default -s qemu-run INITRAMFS_EXTRA="$SCRATCH/extra" RUN='cat /etc/edit /etc/hostname' >"$SCRATCH/guest.out" 2>"$SCRATCH/guest.err" </dev/null
is 'an archive for one boot' "$(cat "$SCRATCH/guest.out")" 'extra
whittle'

# As it was.
cp "$SCRATCH/config" "$config"
ok 'a separate initramfs again' board default
ok 'is beside the kernel' sh -c "ls '$images'/initramfs.cpio*"
guest default 'cat /etc/hostname'
is 'and boots' "$out" whittle
done_testing
