#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck source=support/tests/tap.sh
. /test/tap.sh

if [ -e /sys/kernel/debug/kcov ] || { mount -t debugfs debugfs /sys/kernel/debug && [ -e /sys/kernel/debug/kcov ]; }; then
	ok 'a command' kcov-run -o trace cat /proc/version
	said 'its output' '^Linux version'
	is 'the trace is of this kernel' "$(head -n 1 trace)" "$(cat /proc/version)"
	is 'it names the command' "$(grep '^#' trace)" '# cat /proc/version'
	like 'addresses, and how often they ran' "$(tail -n +3 trace)" '^0x[0-9a-f]* [1-9][0-9]*$'
	export KCOV_FILE=trace
	fails 3 'its status' kcov-run sh -c 'exit 3'
	is 'one more is added' "$(grep -c '^#' trace) $(grep -c '^Linux' trace)" '2 1'
	ok 'a short trace' kcov-run -o short -n 100 true
	said 'is said to be full' 'only the first [1-9][0-9]* places'
	is 'and has so many' "$(awk '/^0x/ { n += $2 } END { print n }' short)" "$(sed -n 's/^# full after \([0-9]*\) places$/\1/p' short)"
	fails 127 'a command that there is not' kcov-run nothing
else
	fails 125 'a kernel without KCOV' kcov-run true
	said 'is told' 'the kernel has no KCOV: enable it in menu'
fi
fails 2 'no command' kcov-run
done_testing
