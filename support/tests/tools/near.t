#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# near: what was meant.
set -eu
# shellcheck source=support/tests/tap.sh
. support/tests/tap.sh

near() { "$TOOLBIN/near" "$@"; }

ok 'a letter is missing' near PORT RUN PORTS TIMEOUT
said 'the name' '^PORTS$'
ok 'two are swapped' near meunconfig menuconfig nconfig
said 'the name' '^menuconfig$'
ok 'the case is another' near ports RUN PORTS
said 'the name' '^PORTS$'
fails 1 'a short name is near to nothing' near CC O V GDB
is 'nothing is printed' "$(cat "$SCRATCH/.tap.out")" ''
fails 1 'nor is one of no candidates' near PORT
fails 2 'no name' near
ok '--help' near --help
said 'gives the usage' '^usage: near NAME'
done_testing
