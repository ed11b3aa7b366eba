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
is 'each is there once' "$(cat "$OUT/kconfig/packages.in" "$OUT/kconfig/images.in" | grep -c '^source')" "$(($(find package -name Kconfig | wc -l) - 2 + 3))"
is 'and all of them can be built' "$(unpacked usr/share/own)$(unpacked usr/share/placed)$(unpacked usr/share/plain)" ownplacedplain
sed -i 's/Networking/Languages/' "$EXT/package/placed/Kconfig"
ok 'another menu' whittle
like 'it is there' "$(menu Languages)" placed
is 'nothing is built for that' "$(steps)" ''

# The menu inside a package, which a line of make stands in for.
mkdir -p "$EXT/package/kern/src"
cat >"$EXT/package/kern/src/Makefile" <<'END'
all olddefconfig: ;
plainconfig:
	echo CONFIG_A=y >$(O)/.config
menuconfig nconfig:
	echo '# CONFIG_A is not set' >$(O)/.config
END
printf 'config A\n\tbool "a"\n' >"$EXT/package/kern/src/Kconfig"
pkg kern <<'END'
KERN_TYPE := kbuild
KERN_DIR  := $(KERN_PKGDIR)/src
KERN_KCONFIG_BASE := plainconfig
define KERN_INSTALL
:
endef
END
choose kern

# small GOAL COLUMNS LINES: in a terminal of that size.
small() {
	script -qec "stty cols $2 rows $3; make O='$OUT' EXTERNAL='$EXT' TOOLDIR='${TOOLBIN%/bin}' $1" /dev/null </dev/null
}
if command -v script >/dev/null; then
	for goal in menuconfig nconfig; do
		fails 2 "$goal at 40 columns" small $goal 40 24
		said 'says what works' "$goal wants a terminal of .* this one has 40 and 24: 'make config' works here"
		fails 2 "$goal at 10 lines" small $goal 100 10
		said 'says what works' "this one has 100 and 10: 'make config' works here"

		fails 2 "kern-$goal at 40 columns" small kern-$goal 40 24
		said 'says what works' "kern-$goal wants a terminal of .* this one has 40 and 24: .* into $OUT/fragments/kern.config, a line for each option"
		fails 2 "kern-$goal at 10 lines" small kern-$goal 100 10
		said 'says what works' "this one has 100 and 10: .*kern.config"
	done
	ok 'nothing was done for a menu inside that would not come' test ! -e "$OUT/build/kern/build"
	ok 'kern-menuconfig at 80 columns and 19 lines' small kern-menuconfig 80 19
	is 'comes' "$(cat "$OUT/fragments/kern.config")" '# CONFIG_A is not set'
	fails 2 'kern-menuconfig at 79 columns' small kern-menuconfig 79 19
	fails 2 'kern-menuconfig at 18 lines' small kern-menuconfig 80 18
	rm "$OUT/fragments/kern.config"
	ok 'kern-nconfig at 75 columns and 20 lines' small kern-nconfig 75 20
	is 'comes, too' "$(cat "$OUT/fragments/kern.config")" '# CONFIG_A is not set'
	rm "$OUT/fragments/kern.config"
else
	skip 'small terminals' 'no script here'
fi
ok 'without a terminal nothing is refused' whittle kern-menuconfig
rm -f "$OUT/fragments/kern.config"
ok 'a build' whittle
like 'has the option' "$(cat "$OUT/build/kern/build/.config")" '^CONFIG_A=y'
mkdir -p "$OUT/fragments"
echo '# CONFIG_A is not set' >"$OUT/fragments/kern.config"
ok 'what is written there without a menu' whittle
like 'counts' "$(cat "$OUT/build/kern/build/.config")" '^# CONFIG_A is not set'
done_testing
