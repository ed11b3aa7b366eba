#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# bzip2 reads what it wrote, so does BusyBox's tar, and a damaged file is told and salvaged.
# shellcheck source=support/tests/tap.sh
. /test/tap.sh

mkdir dir
seq 20000 >dir/numbers
sum=$(sha256sum <dir/numbers)
ok 'bzip2 is the full program' sh -c 'bzip2 --help 2>&1 | grep -q "block-sorting file compressor.  Version 1"'
tar cf dir.tar dir
ok 'bzip2 compresses' bzip2 -k dir.tar
ok 'to less than half' [ "$(wc -c <dir.tar.bz2)" -lt $(($(wc -c <dir.tar) / 2)) ]
ok 'bzip2 -t finds it whole' bzip2 -t dir.tar.bz2
is 'bzcat' "$(bzcat dir.tar.bz2 | sha256sum)" "$(sha256sum <dir.tar)"
rm -r dir
# BusyBox's tar unpacks bzip2 by itself.
ok 'BusyBox unpacks it' tar xjf dir.tar.bz2
is 'what was in it' "$(sha256sum <dir/numbers)" "$sum"
printf '\102\132\150\071\061\101\131\046\123\131\116\354\350\066\000\000\002\121\200\000\020\100\000\006\104\220\200\040\000\061\006\114\101\001\247\251\245\200\273\224\061\370\273\222\051\302\204\202\167\147\101\260' >hello.bz2
is 'bunzip2 reads what another one wrote' "$(bunzip2 -c hello.bz2)" 'hello world'

# Two blocks of 100 kB; the second is damaged.
seq 30000 | bzip2 -1 >blocks.bz2
printf 'whittle' | dd of=blocks.bz2 bs=1 seek=$(($(wc -c <blocks.bz2) - 2000)) conv=notrunc 2>/dev/null
fails 2 'a damaged file is an error' bzip2 -t blocks.bz2
said 'is told' 'blocks.bz2: data integrity (CRC) error in data'
ok 'bzip2recover takes it apart' bzip2recover blocks.bz2
like 'the first block is whole' "$(bzcat rec00001blocks.bz2 | head -n 3 | paste -s -d ' ' -)" '^1 2 3$'
done_testing
