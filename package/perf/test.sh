#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck source=support/tests/tap.sh
. /test/tap.sh

# A virtual machine has no counters of a processor: the kernel's own will do.
ok 'perf stat counts' perf stat -x, -o counts -e context-switches,page-faults,task-clock true
like 'page faults of a program' "$(grep page-faults counts)" '^[1-9][0-9]*,'
# shellcheck disable=SC2016 # for another shell
ok 'perf record takes samples' perf record -q -e cpu-clock -o samples -- sh -c 'i=0; while [ $i -lt 20000 ]; do i=$((i + 1)); done'
like 'perf report names the program' "$(perf report -i samples --stdio --sort comm 2>/dev/null)" '[6-9][0-9][.][0-9]*% *sh\|100.00% *sh'
fails 129 'an event that there is not' perf stat -e no-such-event true
done_testing
