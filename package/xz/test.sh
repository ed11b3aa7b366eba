#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# xz reads what it wrote, so does BusyBox's tar, and a damaged file is told.
# shellcheck source=support/tests/tap.sh
. /test/tap.sh

mkdir dir
seq 20000 >dir/numbers
sum=$(sha256sum <dir/numbers)
tar cf dir.tar dir
for check in none crc32 crc64 sha256; do
	xz -1 -k -f --check=$check dir.tar
	is "round trip with check $check" "$(xzcat dir.tar.xz | sha256sum)" "$(sha256sum <dir.tar)"
done
ok 'compressed to less than half' [ "$(wc -c <dir.tar.xz)" -lt $(($(wc -c <dir.tar) / 2)) ]
like 'xz --list knows its size' "$(xz --robot --list dir.tar.xz | grep ^totals)" "$(wc -c <dir.tar)"
is 'the filter for programs' "$(xz -c --x86 --lzma2=preset=1 dir.tar | xz -dc | sha256sum)" "$(sha256sum <dir.tar)"
xz -1 -k -f --check=crc32 dir.tar
rm -r dir
# BusyBox's tar unpacks xz by itself.
ok 'BusyBox unpacks it' tar xJf dir.tar.xz
is 'what was in it' "$(sha256sum <dir/numbers)" "$sum"
is 'in blocks, by two threads' "$(xz -1 -T 2 --block-size=16KiB <dir.tar | xz -dc -T 2 | sha256sum)" "$(sha256sum <dir.tar)"
is 'lzma' "$(lzma -1 <dir.tar | unlzma | sha256sum)" "$(sha256sum <dir.tar)"
printf 'whittle' | dd of=dir.tar.xz bs=1 seek=2000 conv=notrunc 2>/dev/null
fails 1 'a damaged file is an error' xz -t dir.tar.xz
said 'is told' 'dir.tar.xz: Compressed data is corrupt'
done_testing
