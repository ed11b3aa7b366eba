#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# fio writes to a disk and verifies what it reads back.
# shellcheck source=support/tests/tap.sh
. /test/tap.sh

load() {
	fio --name=load --filename=/dev/vda --size=4M --bs=64k --verify=crc32c --verify_state_save=0 --thread "$@"
}

ok 'writes at random and verifies' load --rw=randwrite --verify_fatal=1
said 'without an error' 'err= 0'
ok 'verifies again what is there, by io_uring' load --rw=randwrite --verify_only --ioengine=io_uring --iodepth=4
said 'all of it' 'READ: .*io=4096KiB'

dd if=/dev/urandom of=/dev/vda bs=512 count=1 seek=2000 conv=notrunc 2>/dev/null
echo 3 >/proc/sys/vm/drop_caches
# In the block from 983040 on.
fails 1 'finds a block that something else has written' load --rw=randwrite --verify_only
said 'and says where' 'crc32c: verify failed at file .dev.vda offset 983040'
done_testing
