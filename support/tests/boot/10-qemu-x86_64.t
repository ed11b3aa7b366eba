#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# One real build of the default board, from an empty cache, and what its guest says.
# shellcheck disable=SC2016 # text for other shells stands in single quotes
set -u
. support/tests/board.sh

rm -rf "$CHECK_O/cache" "$CHECK_O/default"
export XDG_CACHE_HOME="$CHECK_O/cache"

ok 'make without a .config' board default
said 'it says which board it takes' 'taking board qemu-x86_64'
said 'a line for a step, with its duration' '^  BUILD *linux 6.12.95 .* s$'
# README shows some of that, in this order; numbers and servers differ.
about() { sed -e "s|$CHECK_O/default|output|" -e 's/ *(.*)$//' -e 's/ *[0-9.]* s$//'; }
sed -n '/^    \$ make qemu-run/,/^    Welcome/{/^      \.\.\.$/d;/^      /s/^    //p}' README.md | about >"$SCRATCH/readme"
about <"$SCRATCH/.tap.out" | grep -Fx -f "$SCRATCH/readme" >"$SCRATCH/made"
ok 'the build is as README shows it' cmp "$SCRATCH/readme" "$SCRATCH/made"
counted default qemu-x86_64
for f in bzImage vmlinux System.map kernel.config initramfs.cpio.gz rootfs.manifest; do
	ok "images/$f" test -s "$CHECK_O/default/images/$f"
done
ok 'each file of the manifest is in the archive' sh -c "
	'$TOOLBIN/mkinitramfs' --list '$CHECK_O/default/images/initramfs.cpio.gz' >'$SCRATCH/list' &&
	grep -q ' .*bin/busybox' '$SCRATCH/list' && grep -q 'busybox\$' '$CHECK_O/default/images/rootfs.manifest'"
# What a change costs is to be seen: 'make size' tells who it is.
bytes=$(stat -c %s "$CHECK_O/default/images/initramfs.cpio.gz")
echo "# the initramfs has $bytes bytes"
ok 'the initramfs is below 1.2 MiB' test "$bytes" -lt $((12 * 1024 * 1024 / 10))
ok 'the second make' board default
said 'nothing is done' 'Nothing to be done'

# What is told to those whom it is passed on to.
ok 'licences and sources' board default legal-info
is 'of each package' "$(sed 's/,.*//' "$CHECK_O/default/legal-info/manifest.csv" | xargs)" 'PACKAGE busybox linux linux-headers musl'
ok 'a bill of materials' board default sbom
"${CC:-gcc}" -o "$SCRATCH/jsonschema" support/tests/helpers/jsonschema.c -lcjson
ok 'it fits its schema' "$SCRATCH/jsonschema" support/cyclonedx/bom-1.6.schema.json "$CHECK_O/default/sbom.cdx.json"

# From the store of built packages: without compiling, in seconds.
sums() { (cd "$CHECK_O/$1/images" && sha256sum -- *); }
want=$(sums default)
ok 'clean' board default clean
start=$(date +%s%N)
ok 'make with a warm cache' board default
took=$((($(date +%s%N) - start) / 1000000))
echo "# it took $took ms"
said 'the kernel comes from it' '^  CACHE *linux 6.12.95 '
is 'nothing is compiled or unpacked' "$(grep -c -e '^  BUILD' -e '^  UNPACK' "$SCRATCH/.tap.out")" 0
is 'the same images' "$(sums default)" "$want"
ok 'within five seconds' test "$took" -le 5000
ok 'in another directory' board second
is 'nothing is compiled or unpacked' "$(grep -c -e '^  BUILD' -e '^  UNPACK' "$SCRATCH/.tap.out")" 0
is 'the same images' "$(sums second)" "$want"
ok 'and then' board second explain
is 'there is nothing to do' "$(cat "$SCRATCH/.tap.out")" 'nothing to do'
# lines: what the step runner would be told of the kernel's build
lines() { board second -n linux-rebuild 2>&1 | grep -o -e '--lines [0-9]*'; }
is 'the record counts for the configuration of the board' "$(lines)" "--lines $counted_told"
ok 'a preset' board second set OPTIONS=LINUX_PRESET_UBSAN=y
is 'has no record' "$(lines)" ''
ok 'another base' board second set OPTIONS='LINUX_PRESET_UBSAN=n LINUX_BASE_DEFCONFIG=y'
is 'has none, either' "$(lines)" ''
rm -rf "$CHECK_O/second"

guest default 'uname -sr; id -u'
is 'a command: its output' "$out" "Linux 6.12.95
0"
is 'and its success' "$status" 0
guest default 'stat -c "%n %a %u:%g" / /tmp'
is "/ is what the manifest says, and only /tmp is anybody's" "$out" '/ 755 0:0
/tmp 1777 0:0'
guest default 'echo to stderr >&2; exit 7'
like 'its error output is on ours' "$err" '^to stderr'
fails 2 'its failure is that of make' board default qemu-run RUN='exit 7'
is 'a command of several lines' "$(board default -s qemu-run RUN='for i in 1 2; do # with a comment
	printf "%s: it'"'"'s \$HOME\n" "$i"
done' </dev/null)" "1: it's \$HOME
2: it's \$HOME"
guest default 'cat /etc/hostname; hostname'
is 'the host name' "$out" "whittle
whittle"
guest default 'mount | sort | while read -r a b c d e; do echo $c:$e; done; echo $0'
like 'proc is mounted' "$out" '^/proc:proc'
like 'sysfs is mounted' "$out" '^/sys:sysfs'
guest default 'for f in /dev/null /dev/console /proc/self/exe /sbin/init; do [ -e $f ] || echo $f; done; zcat /proc/config.gz | grep -c =y'
like 'devices are there, and the kernel tells its configuration' "$out" '^[0-9][0-9]*$'
guest default 'ip addr show lo | grep -c 127.0.0.1'
is 'the loopback interface is up' "$out" 1
guest default 'truncate -s 1M /tmp/disk; mke2fs -F /tmp/disk >/dev/null; mount -o loop /tmp/disk /mnt; mount | grep -o "^/dev/loop.* /mnt"'
is 'a file is mounted by a loop device made for it' "$out" '/dev/loop0 on /mnt'

ok 'the end of standard input ends the guest' sh -c "make -s O='$CHECK_O/default' TOOLDIR='${TOOLBIN%/bin}' qemu-run </dev/null"
said 'after a greeting' 'Welcome to Whittle'
printf 'echo 6 times 7 is $((6 * 7))\nexit\n' >"$SCRATCH/typed"
ok 'lines of standard input are typed' sh -c "make -s O='$CHECK_O/default' TOOLDIR='${TOOLBIN%/bin}' qemu-run <'$SCRATCH/typed'"
said 'to a shell' 'is 42'

# Changes in the menus take effect, and only what they touch is done again.
cp "$CHECK_O/default/.config" "$SCRATCH/config"
conf() { # SYMBOL VALUE
	sed -i "/CONFIG_$1[= ]/d" "$CHECK_O/default/.config"
	echo "CONFIG_$1=$2" >>"$CHECK_O/default/.config"
}
steps() {
	sed -n 's/^  \(UNPACK\|CONFIGURE\|BUILD\|INSTALL\) *\([^ ]*\).*/\1 \2/p' "$SCRATCH/.tap.out" | sort | paste -s -d , -
}
conf ROOTFS_GREETING '"Hello from a test."'
conf ROOTFS_INIT_BUSYBOX y
ok 'another greeting, BusyBox init' board default
is 'only the root filesystem is packed anew' "$(steps)" 'INSTALL rootfs'
ok 'a shell by BusyBox init' sh -c "make -s O='$CHECK_O/default' TOOLDIR='${TOOLBIN%/bin}' qemu-run </dev/null"
said 'it greets' 'Hello from a test'
guest default 'readlink /proc/1/exe'
like 'process 1 is BusyBox' "$out" busybox
conf ROOTFS_INIT_C y
ok 'our init' board default
guest default 'readlink /proc/1/exe; exit 3'
is 'process 1 is it' "$out" /sbin/init
ok 'licences and sources' board default legal-info
is "it is under Whittle's licence" "$(grep ^init, "$CHECK_O/default/legal-info/manifest.csv")" 'init,1,GPL-2.0-or-later,LICENSE,target,directory,package/init/src,,,'
ok 'and its text is there' cmp "$CHECK_O/default/legal-info/licenses/init/LICENSE" LICENSE
ok 'a shell by it' sh -c "make -s O='$CHECK_O/default' TOOLDIR='${TOOLBIN%/bin}' qemu-run </dev/null"
said 'it greets' 'Hello from a test'
for c in NONE BZIP2 XZ ZSTD LZ4; do
	conf "ROOTFS_COMPRESS_$c" y
	ok "compression $c" board default
	suffix=$(echo "$c" | sed -e s/NONE// -e s/BZIP2/.bz2/ -e s/XZ/.xz/ -e s/ZSTD/.zst/ -e s/LZ4/.lz4/)
	ok "the kernel unpacks it" "$TOOLBIN/runqemu" --guest-init --kernel "$CHECK_O/default/images/bzImage" \
		--vmlinux "$CHECK_O/default/images/vmlinux" --config "$CHECK_O/default/images/kernel.config" \
		--initramfs "$CHECK_O/default/images/initramfs.cpio$suffix" -- true
	is 'there is one initramfs' "$(cd "$CHECK_O/default/images" && echo initramfs*)" "initramfs.cpio$suffix"
done
# Other tests find the board as it was.
cp "$SCRATCH/config" "$CHECK_O/default/.config"
ok 'back to the first configuration' board default
is 'the same images as the first time' "$(sums default)" "$want"
done_testing
