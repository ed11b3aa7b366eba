#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# lz4 reads what it wrote in each way, and a frame of the format's description; damage is told.
# shellcheck source=support/tests/tap.sh
. /test/tap.sh

seq 20000 >numbers
sum=$(sha256sum <numbers)
for options in -1 -9 '-B4 -BD' '-l' '--no-frame-crc'; do
	# shellcheck disable=SC2086 # words
	lz4 -q -f $options numbers numbers.lz4
	is "round trip with $options" "$(unlz4 -q -c numbers.lz4 | sha256sum)" "$sum"
done
lz4 -q -f numbers numbers.lz4
ok 'compressed' [ "$(wc -c <numbers.lz4)" -lt "$(wc -c <numbers)" ]
is 'lz4cat' "$(lz4cat numbers.lz4 | sha256sum)" "$sum"
# A frame written by hand: one block that is not compressed, no checksum of the content.
printf '\004\042\115\030\140\100\202\006\000\000\200hello\n\000\000\000\000' >hello.lz4
is 'a frame that it did not write' "$(lz4 -d -c hello.lz4)" hello
printf 'whittle' | dd of=numbers.lz4 bs=1 seek=20000 conv=notrunc 2>/dev/null
fails 34 'a damaged file is an error' lz4 -t numbers.lz4
# What is wrong first depends on the bytes, which are others with 32 bits.
said 'is told' 'Decompression error : ERROR_\(contentChecksum_invalid\|decompressionFailed\)'
done_testing
