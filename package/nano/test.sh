#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# nano edits a file on a terminal, in colours.
# shellcheck source=support/tests/tap.sh
. /test/tap.sh
# shellcheck source=support/tests/packages/terminal.sh
. /test/terminal.sh

writing() {
	shown 'GNU nano'
	printf 'echo first\rwrong\recho second'
	shown second
	printf '\020\013' # to the line before, cut it
	printf '\017'     # write
	shown 'File Name to Write'
	printf '\r'
	shown Wrote
	printf '\030' # exit
}
replacing() {
	shown 'Read 2 lines'
	printf '\034first\r' # replace
	shown 'Replace with'
	printf '3rd\r'
	shown 'this instance'
	printf a
	shown 'Replaced 1'
	printf '\030'
	shown 'Save modified'
	printf y
	shown 'File Name to Write'
	printf '\r'
}
leaving() {
	shown 'Read 2 lines'
	printf 'x\030'
	shown 'Save modified'
	printf n
}
export TERM=xterm-256color
terminal writing 'nano new.sh'
is 'a new file' "$(cat new.sh)" "$(printf 'echo first\necho second')"
terminal replacing 'nano new.sh'
is 'an old one, changed' "$(cat new.sh)" "$(printf 'echo 3rd\necho second')"
like 'in colours' "$(cat screen)" "$(printf '\033')\[3[1-7]mecho"
terminal leaving 'nano new.sh'
is 'one that is not saved' "$(cat new.sh)" "$(printf 'echo 3rd\necho second')"
done_testing
