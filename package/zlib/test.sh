#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# minigzip and BusyBox's gzip read what the other one wrote.
# shellcheck source=support/tests/tap.sh
. /test/tap.sh

seq 20000 >numbers
sum=$(sha256sum <numbers)
ok 'minigzip compresses' sh -c 'minigzip -9 <numbers >numbers.gz'
ok 'to less than half' [ "$(wc -c <numbers.gz)" -lt $(($(wc -c <numbers) / 2)) ]
is 'BusyBox reads it' "$(busybox gunzip -c numbers.gz | sha256sum)" "$sum"
is 'so does minigzip' "$(minigzip -d <numbers.gz | sha256sum)" "$sum"
is 'and what BusyBox wrote' "$(busybox gzip -c numbers | minigzip -d | sha256sum)" "$sum"
head -c 65536 /dev/urandom >noise
is 'what cannot be compressed' "$(minigzip <noise | minigzip -d | sha256sum)" "$(sha256sum <noise)"
# A byte in the middle is another one.
printf 'whittle' | dd of=numbers.gz bs=1 seek=20000 conv=notrunc 2>/dev/null
fails 1 'a damaged file is an error' minigzip -d numbers.gz
done_testing
