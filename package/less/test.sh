#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# less as a filter, and on a terminal: pages, a search, and only the lines that match.
# shellcheck source=support/tests/tap.sh
. /test/tap.sh
# shellcheck source=support/tests/packages/terminal.sh
. /test/terminal.sh

seq 1000 | sed 's/^/line /' >text
keys() {
	shown 'line 23'
	printf G
	shown 'line 1000'
	printf '?line 5[5]5$\r'
	shown 'line 577'
	printf '&7.7$\r'
	shown 'line 797'
	printf q
}
escape=$(printf '\033')
export TERM=xterm

ok 'without a terminal it copies' sh -c 'less text | cmp - text'
terminal keys 'less text'
screen=$(tr -d '\r' <screen | sed "s/$escape\[[?0-9;]*[A-Za-z]//g")
like 'its first page' "$screen" 'line 23$'
like 'its last line' "$screen" 'line 1000$'
like 'a search backwards' "$screen" 'line 577$'
like 'lines that match' "$screen" 'line 797$'
unlike 'no others' "$screen" 'line 9[0-6][0-9]$'
done_testing
