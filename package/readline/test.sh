#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Lines that lua asks for are edited, and kept.
# shellcheck source=support/tests/tap.sh
. /test/tap.sh
# shellcheck source=support/tests/packages/terminal.sh
. /test/terminal.sh

tab=$(printf '\t')
lines() {
	shown '> '
	printf 'rint("sum", 6 * 7)\001p\r' # Ctrl-A: to the start
	shown "sum${tab}42"
	printf 'print("one", 1)\r'
	shown "one${tab}1"
	printf '\020\020 print("again", 2)\r' # Ctrl-P: the line before
	shown "again${tab}2"
	printf '\004' # Ctrl-D: the end
}
export TERM=vt100
terminal lines lua
is 'a letter put in at the start, and the line again from the history' "$(grep -c "sum${tab}42" screen)" 2
is 'with more at its end' "$(grep -c "again${tab}2" screen)" 1
is 'the line between, once' "$(grep -c "one${tab}1" screen)" 1
done_testing
