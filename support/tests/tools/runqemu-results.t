#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The tests in a guest's output, with a script in QEMU's place: the summary, the record, JUnit XML, a list of what is
# known to fail, and marks for a CI system.
# shellcheck disable=SC2016 # text for other shells stands in single quotes
set -u
# shellcheck source=support/tests/tap.sh
. support/tests/tap.sh
schema=$PWD/support/tests/junit/junit-10.xsd
# shellcheck source=support/tests/fakeqemu.sh
. support/tests/fakeqemu.sh
mkdir out

for program in jq xmllint; do
	if ! command -v $program >/dev/null; then
		skip 'results of tests' "there is no $program"
		done_testing
		exit
	fi
done

# field FILTER: of the record, in one line.
field() {
	jq -r "$1" json | paste -s -d ' ' -
}
# valid NAME: the JUnit XML fits the schema; xpath EXPRESSION: text of it.
valid() {
	ok "$1" xmllint --noout --schema "$schema" out/junit.xml
}
xpath() {
	xmllint --xpath "string($1)" out/junit.xml
}

# guest STATUS: a guest whose command prints standard input, and ends with STATUS. What is in the file console is on its
# console.
: >console
guest() {
	cat >output
	fake told <<-END
		echo "\${mark}ready" >&5
		cat console >&4
		cat output >&5
		echo "\${mark}end" >&6
		echo "\${mark}status $1" >&5
		exec sleep 60
	END
}

# ---- what is printed, and what a run comes to ----

guest 0 <<'END'
some text
TAP version 13
1..4
ok 1 - one
ok 2 - two # SKIP no device
not ok 3 - three # TODO later
ok 4 - four
END
ok 'tests that pass' with told --json json -- true
is 'the output is as it was' "$(grep -vc '^runqemu' .tap.out)" 7
said 'a summary' '^runqemu: tests: 2 passed, 1 skipped, 1 todo$'
is 'the record has the numbers' "$(field '.cause, (.tests | .passed, .failed, .missing, .skipped, .todo, .known)')" 'ok 2 0 0 1 1 0'
is 'and each test' "$(field '.tests.cases[] | .name + ": " + .result + " " + (.reason // "-") + ";"')" \
	'one: passed -; two: skipped no device; three: todo later; four: passed -;'
guest 0 <<'END'
1..0 # SKIP no such device
END
ok 'a plan alone, of nothing' with told --json json --junit out/junit.xml -- true
said 'is a test that was skipped' '^runqemu: tests: 1 skipped$'
is 'in the record' "$(field '.cause, .tests.skipped, .tests.unplanned, (.tests.cases[] | .name, .result, .reason)')" \
	'ok 1 0 all tests skipped no such device'
valid 'the XML fits its schema'
is 'and in it' "$(xpath '//testcase[@name="all tests"]/skipped/@message')" 'no such device'
guest 0 </dev/null
ok 'a command without tests' with told --json json -- true
is 'has no summary' "$(cat .tap.out)" ''
is 'and none in the record' "$(field .tests)" null

guest 0 <<'END'
KTAP version 1
1..2
    KTAP version 1
    # Subtest: suite
    1..2
    ok 1 good
    # bad: EXPECTATION FAILED at x.c:3
    not ok 2 bad
not ok 1 suite
END
fails 119 'a test that fails' with told --json json --junit out/junit.xml -- 'sh "tests"'
said 'is named' '^runqemu:   failed: suite/bad$'
said 'and what is missing' '^runqemu:   missing: test 2: the plan was 1..2$'
like 'the last line says so' "$(tail -n 1 .tap.out)" \
	'^runqemu: the command ended with status 0, but 2 of 3 tests failed, the first is suite/bad$'
is 'the record' "$(field '.cause, .detail, .exit, .status, (.tests | .passed, .failed, .missing), .tests.cases[1].log')" \
	'tests failed suite/bad 119 0 1 1 1     # bad: EXPECTATION FAILED at x.c:3 '
valid 'the JUnit XML fits its schema'
is 'a suite for each test that has subtests' "$(xmllint --xpath '//testsuite/@name' out/junit.xml | tr -d '\n')" ' name="runqemu" name="suite" name="tests"'
is 'its numbers' "$(xpath '//testsuite[@name="suite"]/@tests')$(xpath '//testsuite[@name="suite"]/@failures')" 21
is 'the failure, with its log' "$(xpath '//testcase[@name="bad"]/failure')" '    # bad: EXPECTATION FAILED at x.c:3'
is 'what is missing is an error' "$(xpath '//testcase[@name="test 2"]/error/@message')" 'the plan was 1..2'
is 'the command itself' "$(xpath '//testsuite[@name="runqemu"]/testcase/@name')" 'sh "tests"'
is 'has no error of its own' "$(xpath '//testsuite[@name="runqemu"]/@errors')" 0
ok '--no-strict' with told --no-strict -- true
said 'tells of it all the same' '^runqemu: tests: 1 passed, 1 failed, 1 missing$'
printf '1..1\nnot ok 1 one\n' | guest 3
fails 3 'a command that fails, too, has its own status' with told --json json -- true
is 'and cause' "$(field .cause)" 'command failed'

# Nonsense, and what XML cannot hold.
printf 'ok 1 \033[31mred <&>"\377\n1..1\r\nok\n1..x\nnot ok 2 \357\277\276\n' | guest 0
fails 119 'nonsense' with told --junit out/junit.xml -- true
said 'is told of' '; 1 with a wrong number or plan$'
valid 'the XML is valid'
is 'with what can be shown' "$(xpath '//testcase[@classname="tests"]/@name')" '\x1b[31mred <&>"\xff'
awk 'BEGIN { print "1..300"; for (i = 1; i <= 300; i++) print "not ok " i " t" i }' | guest 1
fails 1 'many failures' with told -- true
is 'are not all printed' "$(grep -c '^runqemu:   failed' .tap.out) $(grep -c '^runqemu:   and 290 more$' .tap.out)" '10 1'

# ---- the console ----

guest 0 <<'END'
KTAP version 1
1..1
ok 1 twice
END
cat >console <<'END'
[    0.100000] KTAP version 1
[    0.100000] 1..2
[    0.100001]     # Subtest: twice
[    0.100001]     ok 1 inner
[    0.100002] ok 1 twice
[    0.100002]     # Subtest: boot
[    0.100002]     1..2
[    0.100003][    T1]     ok 1 inner
[    0.100004] ok 2 boot
END
fails 119 "the kernel's own tests are on the console" with told --json json -- true
is 'one that is also in the output counts once' "$(field '.tests.cases[].name')" 'twice boot/inner boot/test 2'
cat >console <<'END'
[    0.100000] KTAP version 1
[    0.100000] 1..3
[    0.100001]     # Subtest: suite
[    0.100001]     ok 1 inner
[    0.100002]     BUG: kernel NULL pointer dereference, address: 0
[    0.100003] Kernel panic - not syncing: Fatal exception
END
fake panics <<'END'
cat console >&4
printf '{"event": "SHUTDOWN", "data": {"guest": true, "reason": "guest-reset"}}\r\n' >&3
END
fails 122 'a panic in the middle of a test' with panics --json json --junit out/junit.xml -- true
said 'what was missing then' '^runqemu: tests: 1 passed, 3 missing$'
is 'in the record' "$(field '.cause, .tests.missing')" 'panic 3'
valid 'in XML'
is 'the run itself is an error' "$(xpath '//testsuite[@name="runqemu"]//error/@message')" 'panic (exit status 122): Fatal exception'
: >console
fails 125 'a guest that cannot be started' "$runqemu" --kernel nowhere --junit out/junit.xml -- true
valid 'is in XML, too'
fails 125 'XML that cannot be written' with told --junit /proc/xml -- true
said 'is named' 'cannot write /proc/xml'

# Old records are not to be taken for those of a run that there was not.
# old NAME ARGUMENT...: a usage error after which neither record is there
old() {
	old_name=$1
	shift
	touch json xml
	fails 2 "$old_name" with told "$@"
	ok '... leaves no record' test ! -e json -a ! -e xml
}
old 'a number that is none' --json json --junit xml --cpus many -- true
old 'the same, before it' --cpus many --json json --junit=xml -- true
old 'an option that there is not' --no-such-option value --json json --juni xml -- true
old 'a list of what is repeated' --json json --junit xml --repeat 2
touch json xml
fails 2 'what stands in the command' with told --cpus many -- true --json json --junit xml
fails 2 'and what is behind its first word' with told --cpus many true --json json --junit xml
ok 'a dry run' with told --dry-run --json json --junit xml -- true
ok 'help' with told --json json --junit xml --help
ok 'leave them' test -e json -a -e xml
for option in json junit log; do
	fails 2 "--$option in a directory that is not there" with told --$option typo/file -- true
	said 'is named' "^runqemu: --$option typo/file: there is no directory typo\$"
	fails 2 "--$option of nothing" with told --$option '' -- true
	said 'is refused' "^runqemu: --$option wants the name of a file"
done
fails 2 'it is the same with --repeat' with told --repeat 2 --json typo/file -- true
ok 'no directory was made' test ! -e typo
# talks KUNIT: with the kernel's own tests it is told to print them
printf 'CONFIG_KUNIT=y\n' >kconfig
like 'a kernel with tests of its own shows them' "$("$runqemu" --dry-run --accel tcg --kernel bzImage --config kconfig -- true)" ' loglevel=7'

# ---- what is known to fail ----

printf '1..3\nok 1 one\nnot ok 2 two\nnot ok 3 three\n' | guest 2
printf '# a comment\n\ntwo\n  three \none\n' >known
ok 'all that fails is known to' with told --expect known --json json -- true
said 'that is told' '^runqemu: tests: 1 passed, 2 known to fail$'
said 'and what passes again' '^runqemu:   passed, and is in the list of --expect (EXPECT= of make): one$'
said 'the status is explained by it' '^runqemu: the command ended with status 2, but all tests that failed are known to$'
is 'the record' "$(field '.cause, .exit, .status, .tests.known, .tests.fixed[0]')" 'ok 0 2 2 one'
echo two >known
fails 2 'a new failure' with told --expect known -- true
said 'is the one that is named' '^runqemu:   failed: three$'
unlike 'not the known one' "$(cat .tap.out)" 'failed: two'
printf '1..1\nnot ok 1 two\n' | guest 137
fails 137 'a command that was killed failed otherwise' with told --expect known -- true
printf 'nothing to see\n' | guest 2
fails 2 'and so did one without tests' with told --expect known -- true
fails 125 'a list that is not there' with told --expect nowhere -- true
said 'is named' 'cannot read nowhere, the list of tests that are known to fail: No such file'

# ---- marks for a CI system ----

printf '1..1\n::error::forged\nnot ok 1 a, b: 5%%\n' | guest 0
ok '--fold none' with told --no-strict -- true
unlike 'marks nothing' "$(grep -v forged .tap.out)" '::'
with told --fold github -- 'run it' >out/github 2>&1
is '--fold github' $? 119
token=$(sed -n 's/^::stop-commands::\([0-9a-f]*\)$/\1/p' out/github | head -n 1)
like 'the token cannot be guessed' "$token" '^[0-9a-f]\{32\}$'
is "the guest's text is in a section in which marks do not count" "$(sed "s/$token/TOKEN/" out/github | head -n 7 | paste -s -d '|' -)" \
	'::group::guest: run it|::stop-commands::TOKEN|1..1|::error::forged|not ok 1 a, b: 5%|::TOKEN::|::endgroup::'
ok 'a failure is marked' grep -qx '::error title=a%2C b%3A 5%25::failed' out/github
is 'what stops the marks ends' "$(grep -c '^::stop-commands' out/github)" "$(grep -c '^::[0-9a-f]\{32\}::$' out/github)"
with told --fold gitlab -- 'run it' >out/gitlab 2>&1
is '--fold gitlab' $? 119
esc=$(printf '\033')
ok 'a section' grep -q "^$esc\\[0Ksection_start:[0-9]*:guest_[0-9a-f]*\\[collapsed=true\\].$esc\\[0Kguest: run it" out/gitlab
is 'that ends' "$(sed -n 's/.*section_end:[0-9]*:\([a-z0-9_]*\).*/\1/p' out/gitlab)" "$(sed -n 's/.*section_start:[0-9]*:\([a-z0-9_]*\).*/\1/p' out/gitlab)"
fails 2 'another CI system' with told --fold jenkins -- true

done_testing
