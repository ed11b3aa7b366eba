#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Results of tests in a real guest: in the output of a command and in the messages of its kernel, up to the point where
# it crashes; what is known to fail; a command that fails now and then; times of two sets of runs.
# shellcheck disable=SC2016 # text for the guest's shell stands in single quotes
set -u
# shellcheck source=support/tests/guest.sh
. support/tests/guest.sh
schema=$TOP/support/tests/junit/junit-10.xsd
cd "$SCRATCH" || exit 1

if ! command -v jq >/dev/null; then
	skip 'results of tests' 'there is no jq'
	done_testing
	exit
fi
# field FILTER: of the record, in one line.
field() {
	jq -r "$1" json | paste -s -d ' ' -
}

boot --json json --junit junit.xml -- 'printf "KTAP version 1\n1..2\n    KTAP version 1\n    1..2\n    ok 1 a\n    not ok 2 b\nnot ok 1 suite\nok 2 c # SKIP no\n"'
ends 119 'a test that fails in a guest'
is 'its output is as it was' "$(printf '%s\n' "$out" | head -n 3 | tail -n 1)" '    KTAP version 1'
is 'the record has the tests' "$(field '.cause, (.tests.cases[] | .name, .result)')" 'tests failed suite/a passed suite/b failed c skipped'
like 'the summary' "$err" '^runqemu: tests: 1 passed, 1 failed, 1 skipped$'
if command -v xmllint >/dev/null; then
	ok 'the XML fits its schema' xmllint --noout --schema "$schema" junit.xml
else
	skip 'the XML fits its schema' 'there is no xmllint'
fi
echo suite/b >known
boot --expect known -- 'printf "1..1\n    1..1\n    not ok 1 b\nnot ok 1 suite\n"; exit 1'
ends 0 'one that is known to fail'

# Through the kernel's log, as KUnit does, and with all that comes between.
kmsg='say() { echo "<4>$1" >/dev/kmsg; }
say "KTAP version 1"; say "1..3"; say "    # Subtest: first"; say "    1..1"; say "    ok 1 inner"; say "ok 1 first"
say "    # Subtest: second"; say "    1..4"; say "    ok 1 inner"'
boot --json json -- "$kmsg; say '    ok 2 more'; say '    ok 3 more'; say '    ok 4 more'; say 'ok 2 second'; say 'ok 3 third'"
ends 0 "tests in the kernel's messages"
is 'all are there' "$(field '.tests.passed, .tests.cases[0].name')" '6 first/inner'
boot --json json -- "$kmsg; echo c >/proc/sysrq-trigger; sleep 60"
ends 122 'a crash in the middle of them'
is 'tells what is missing' "$(field '.cause, .tests.passed, .tests.missing')" 'panic 2 4'

# Each run is a guest of its own; they share a directory.
mkdir work
boot --share work:/w:rw --json json --keep-failed kept --repeat 4 -- \
	'echo >>/w/runs; n=$(wc -l </w/runs); echo "1..1"; [ $n != 3 ] && echo "ok 1 steady" || echo "not ok 1 steady"'
if [ -s work/runs ] || grep -q -e '^CONFIG_VIRTIO_FS=y' -e '^CONFIG_9P_FS=y' "$images/kernel.config"; then
	ends 118 'a test that fails now and then'
	like 'is flaky' "$err" '^runqemu: flaky: 1 of 4 runs failed, the first was run 3: tests failed: steady$'
	is 'the output of that run is kept' "$(cat kept/output.log)" '1..1
not ok 1 steady'
	is 'and its record' "$(jq .exit kept/record.json)" 119
else
	skip 'a test that fails now and then' 'this kernel cannot share directories'
fi
boot --json json --repeat 4 -- true
ends 0 'several runs'
ok 'have times that can be compared' "$TOOLBIN/runcompare" json json
said 'as the same they are' '^total .* no difference can be told$'

done_testing
