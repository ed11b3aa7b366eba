#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# depcheck: gaps and circles among dependencies, each named once.
set -u
# shellcheck source=support/tests/tap.sh
. support/tests/tap.sh

cd "$SCRATCH" || exit 1

# check LINE...: depcheck of a file with these lines.
check() {
	printf '%s\n' "$@" >deps
	"$TOOLBIN/depcheck" deps gone no other
}
circle='depcheck: packages depend on each other in a circle:'

ok "--help" "$TOOLBIN/depcheck" --help
said "--help says how" '^usage: depcheck FILE '
fails 2 "no file" "$TOOLBIN/depcheck"
said "is too little" '^depcheck: it takes a file$'
fails 1 "a file that is missing" "$TOOLBIN/depcheck" missing
said "is named" 'cannot read missing: No such file'
fails 1 "a line without a colon" check 'a b'
said "is shown" "a line without ':' (a b)"

ok "nothing at all" check ''
ok "a diamond" check 'app: left  right' 'left: base' 'right: base ' 'base:' 'alone: '
is "has nothing to say" "$(cat .tap.out)" ""
fails 1 "what is not enabled" check 'app: lib gone' 'lib: gone' 'go:'
is "is named for each that wants it" "$(cat .tap.out)" \
	"depcheck: app depends on gone, which is not enabled: its Kconfig entry needs 'select' or 'depends on' for it
depcheck: lib depends on gone, which is not enabled: its Kconfig entry needs 'select' or 'depends on' for it"
fails 1 "what is no package" check 'app: ohter lbi nowhere' 'lib:'
is "is told, with what was meant" "$(cat .tap.out)" \
	"depcheck: app depends on ohter, which is no package (is other meant?): correct its DEPENDS or SRC_OF
depcheck: app depends on lbi, which is no package (is lib meant?): correct its DEPENDS or SRC_OF
depcheck: app depends on nowhere, which is no package: correct its DEPENDS or SRC_OF"
fails 1 "itself" check 'a: a'
is "is a circle" "$(cat .tap.out)" "$circle a -> a; take one DEPENDS out"
fails 1 "a circle behind a path" check 'z: y' 'y: b' 'b: c' 'c: d' 'd: b' 'a: z'
is "is told without the path, once" "$(cat .tap.out)" "$circle b -> c -> d -> b; take one DEPENDS out"
fails 1 "two circles" check 'a: b c' 'b: a' 'c: a'
is "are both told" "$(cat .tap.out)" "$circle a -> b -> a; take one DEPENDS out
$circle a -> c -> a; take one DEPENDS out"
fails 1 "a circle and a gap" check 'a: b' 'b: a no'
said "the circle" "$circle a -> b -> a;"
said "and the gap" 'b depends on no, which is not enabled'
done_testing
