#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck source=support/tests/tap.sh
. /test/tap.sh

ok 'the example passes' kunit-run example
said 'each test of it is told' ' ok [0-9]* example_simple_test'
ok 'all pass' kunit-run
said 'and are counted' '^# [1-9][0-9]* suites passed'
fails 2 'a suite that there is not' kunit-run nothing
said 'is told' 'there is no suite nothing'
done_testing
