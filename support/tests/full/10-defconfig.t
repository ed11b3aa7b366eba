#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The plain way: x86_64_defconfig, BusyBox defconfig made static, gzip -9; booted by runqemu
# and by QEMU's own command line.
set -u
. support/tests/board.sh

export XDG_CACHE_HOME="$CHECK_O/cache"
ok 'configure' board defconfig qemu-x86_64-defconfig_defconfig
ok 'build' board defconfig
guest defconfig 'uname -r; grep -c ^processor /proc/cpuinfo'
is 'a command in the guest' "$out" "6.12.95
1"
guest defconfig 'exit 9'
is 'its failure' "$status" 2
ok 'QEMU by hand' sh -c "printf 'echo by hand: \$((6 * 7))\\nexit\\n' >'$SCRATCH/typed'; { sleep 40; cat '$SCRATCH/typed'; sleep 5; } |
	timeout 120 qemu-system-x86_64 -m 256 -nographic -no-reboot -kernel '$CHECK_O/defconfig/images/bzImage' \
	-initrd '$CHECK_O/defconfig/images/initramfs.cpio.gz' -append 'console=ttyS0 panic=-1'"
said 'it greets' 'Welcome to Whittle'
said 'it obeys' 'by hand: 42'
done_testing
