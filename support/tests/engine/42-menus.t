#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The menus of packages, and terminals that are too small for one.
set -u
. support/tests/engine.sh

menus() { cat "$OUT/kconfig/packages.in"; }
# menu NAME: its lines.
menu() { menus | sed -n "/^menu \"$1\"\$/,/^endmenu\$/p"; }

simple plain
simple placed
simple own
sed -i '1i # Menu: Networking' "$EXT/package/placed/Kconfig"
# shellcheck disable=SC2016 # make expands it
sed -i '1i # Menu: My own "things" $(x) 100%' "$EXT/package/own/Kconfig"
choose plain placed own
ok 'packages with and without a menu' whittle
like 'one of ours has its own menu' "$(menu Languages)" '^source "package/lua/Kconfig"$'
unlike 'and is in no other' "$(menu Networking)" 'lua'
like 'one from outside is in a menu of ours' "$(menu Networking)" "^source \"$EXT/package/placed/Kconfig\"\$"
like 'or in one of its own' "$(menu 'My own things (x) 100')" "^source \"$EXT/package/own/Kconfig\"\$"
like 'what names none stands below' "$(menus | sed '1,/My own/d' | sed '1,/^endmenu/d')" "plain/Kconfig"
is 'each is there once' "$(menus | grep -c '^source')" "$(($(find package -name Kconfig | wc -l) - 2 + 3))"
is 'and all of them can be built' "$(unpacked usr/share/own)$(unpacked usr/share/placed)$(unpacked usr/share/plain)" ownplacedplain
sed -i 's/Networking/Languages/' "$EXT/package/placed/Kconfig"
ok 'another menu' whittle
like 'it is there' "$(menu Languages)" placed
is 'nothing is built for that' "$(steps)" ''

# small GOAL COLUMNS LINES: in a terminal of that size.
small() {
	script -qec "stty cols $2 rows $3; make O='$OUT' TOOLDIR='${TOOLBIN%/bin}' $1" /dev/null </dev/null
}
if command -v script >/dev/null; then
	for goal in menuconfig nconfig; do
		fails 2 "$goal at 40 columns" small $goal 40 24
		said 'says what works' "$goal wants a terminal of .* this one has 40 and 24: 'make config' works here"
		fails 2 "$goal at 10 lines" small $goal 100 10
		said 'says what works' "this one has 100 and 10: 'make config' works here"
	done
else
	skip 'small terminals' 'no script here'
fi
done_testing
