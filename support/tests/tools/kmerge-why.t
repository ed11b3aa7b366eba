#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# kmerge check: the reasons it finds in Kconfig files.
set -eu
. support/tests/tap.sh

cd "$SCRATCH"

# why NAME REQUEST MESSAGE [FILE]: what check says of one request, less "... effect: it is ", and
# that it names the place in FILE (default: drivers/Kconfig; -: none) where the symbol is.
why() {
	printf '%s\n' "$2" >frag
	symbol=${2#CONFIG_}
	file=${4:-drivers/Kconfig}
	line=$(grep -n "config ${symbol%%=*}\$" "tree/$file" 2>/dev/null | cut -d : -f 1)
	is "$1" "$("$TOOLBIN/kmerge" check --config final --kconfig tree --arch x86_64 frag 2>&1 |
		sed 's/^frag:1: CONFIG_.* did not take effect: it is //')" "$3${line:+ ($file:$line)}"
}

mkdir -p tree/drivers tree/arch/x86 tree/sub
cat >tree/Kconfig <<'EOF'
# The root, with what a real one has.
mainmenu "Test $(VERSION)"
comment "it's a comment, with 'quotes'"
cc-option = $(success,$(CC) $(1))

config MODULES
	modules
	bool "Modules"

source "arch/$(SRCARCH)/Kconfig"
source "drivers/Kconfig"
osource "missing/Kconfig"
rsource sub/Kconfig

config AFTER
	bool "after the sources"
	depends on OFF
EOF
cat >tree/arch/x86/Kconfig <<'EOF'
config X86
	def_bool y
	select HAVE_THING

config WIDE
	bool "Wide" if "$(ARCH)" = "x86"
	default "$(ARCH)" != "i386"

config HAVE_THING
	bool
EOF
cat >tree/drivers/Kconfig <<'EOF'
config OFF
	bool "Off"

config ON
	bool "On"
	default y

config OFF2
	bool "Off too"
	depends on OFF

config SIMPLE
	bool "Depends on one"
	depends on OFF

config NOT
	bool "Not with ON"
	depends on !ON

config OR
	tristate "One of two"
	depends on ON
	depends on OFF || TRI > 4 || (OFF && \
		OFF2)

config TRI
	int "Number"
	range 1 3 if OFF
	range 2 LIMIT if ON
	default 3

config LIMIT
	int
	default 9

config DEEP
	bool "Deep"
	depends on OFF2

menu "Menu"
	depends on OFF
	visible if EXPERT

config INMENU
	bool "In a menu"
	depends on OFF2
	help
	  Help that looks like Kconfig:
	    depends on ON

	  config NOTASYMBOL

if ON && !ON

config INIF
	bool "In an if"

endif
endmenu

config OUTSIDE
	bool "After the blocks, which have ended"
	depends on HIDDEN

config HIDDEN
	bool

config SELECTED
	bool "Selected"

config SELECTOR
	bool "Selector"
	select SELECTED
	select SELECTED2 if OFF

config SELECTOR2
	bool "Selector that is off"
	select SELECTED
	select SELECTED2

config SELECTED2
	bool

config EXPERT
	bool "Expert"

config EXPERTONLY
	bool "Only experts turn this off" if EXPERT
	default y

choice
	prompt "Compression"
	default GZIP

config GZIP
	bool "gzip"

config XZ
	bool "xz"

config ZSTD
	bool "zstd"
	depends on OFF
endchoice

config MACRO
	bool "With a macro"
	depends on $(cc-option,-fthing)

config MACROOFF
	bool "With a macro and more"
	depends on $(cc-option,-fthing) && OFF

config NAME
	string "Name"

config OFFNAME
	string "Name, when OFF"
	depends on OFF

config ADDRESS
	hex "Address"
	range 0x100 0x200

config TRISTATE
	tristate "Tristate"

config MODDEP
	tristate "Needs a module"
	depends on MOD

config MODBOOL
	bool "A bool that a module is enough for"
	depends on MOD

config MOD
	tristate "Module"

config TWICE
	bool "Twice"
	depends on OFF && OFF2

config DEFAULTED
	bool
	default y if OFF
	default ON

config SELDEFAULT
	def_bool ON

config SELECTOR3
	bool "Selects what is on anyhow"
	select SELDEFAULT

config NEEDSDEFAULT
	bool
	default y
	depends on OFF
EOF
cat >tree/sub/Kconfig <<'EOF'
config TWICE
	bool "Twice, again"
	depends on !ON
EOF
cat >final <<'EOF'
CONFIG_X86=y
CONFIG_WIDE=y
CONFIG_HAVE_THING=y
CONFIG_ON=y
# CONFIG_OFF is not set
CONFIG_TRI=3
CONFIG_LIMIT=9
CONFIG_SELECTED=y
CONFIG_SELECTOR=y
# CONFIG_SELECTOR2 is not set
CONFIG_EXPERTONLY=y
CONFIG_GZIP=y
# CONFIG_XZ is not set
CONFIG_NAME="me"
CONFIG_ADDRESS=0x150
CONFIG_TRISTATE=y
CONFIG_MOD=m
CONFIG_DEFAULTED=y
CONFIG_SELDEFAULT=y
EOF

why 'unmet, and can be set' CONFIG_SIMPLE=y \
	"n, because it depends on OFF, which is n (set it to y, too)"
why 'unmet, as asked' 'CONFIG_SIMPLE=y
# CONFIG_OFF is not set' "n, because it depends on OFF, which is n (as frag:2 asks)"
why 'negated' CONFIG_NOT=y "n, because it depends on !ON, but ON is y"
why 'alternatives, continued line' CONFIG_OR=y \
	"n, because it depends on OFF || TRI > 4 || (OFF && OFF2), but OFF is n, TRI is 3 and OFF2 is n"
why 'one level more' CONFIG_DEEP=y \
	"n, because it depends on OFF2, which is n (it depends on OFF, which is n)"
why 'menu, visible if' CONFIG_INMENU=y "n, because it depends on OFF2, which is n (set it to y, too); \
and on OFF, which is n (set it to y, too); and on EXPERT, which is n (set it to y, too)"
why 'if block' CONFIG_INIF=y "n, because it depends on !ON, but ON is y; and on OFF, which is n \
(set it to y, too); and on EXPERT, which is n (set it to y, too)"
why 'after the blocks' CONFIG_OUTSIDE=y \
	"n, because it depends on HIDDEN, which is n (it has no prompt, and nothing sets it)"
why 'after the sources' CONFIG_AFTER=y \
	"n, because it depends on OFF, which is n (set it to y, too)" Kconfig
why 'help is no Kconfig' CONFIG_NOTASYMBOL=y \
	"n, because there is no such symbol in the Kconfig files (missing/Kconfig, which they source, cannot be read)" -
why 'misspelt' CONFIG_EXPRETONLY=y \
	"n, because there is no such symbol in the Kconfig files; is EXPERTONLY meant?" -
why 'no prompt, select' CONFIG_SELECTED2=y \
	"n, because it has no prompt, and is set by select from SELECTOR and SELECTOR2"
why 'no prompt, default' CONFIG_DEFAULTED=n \
	"y, because it has no prompt, and its default is ON"
why 'no prompt, on by default and not by select' CONFIG_SELDEFAULT=n \
	"y, because it has no prompt, and its default is ON"
why 'no prompt, unmet' CONFIG_NEEDSDEFAULT=y \
	"n, because it has no prompt, and depends on OFF, which is n"
why 'selected' CONFIG_SELECTED=n "y, because SELECTOR selects it"
why 'selected, no prompt' CONFIG_HAVE_THING=n "y, because X86 selects it" arch/x86/Kconfig
why 'on by default' CONFIG_EXPERTONLY=n "y, because that is its default, and changing it depends \
on EXPERT, which is n (set it to y, too)"
why 'the architecture' CONFIG_WIDE=n 'y, because that is its default, and changing it depends on '\
'"x86_64" = "x86", which is not so with ARCH=x86_64' arch/x86/Kconfig
why 'choice, another' CONFIG_XZ=y "n, because another of its choice is set, GZIP"
why 'choice, unmet' CONFIG_ZSTD=y \
	"n, because it depends on OFF, which is n (set it to y, too)"
why 'choice, none' CONFIG_GZIP=n \
	"y, because one of its choice has to be set, and no other is"
why 'macro' CONFIG_MACRO=y "n, because it depends on \$(cc-option,-fthing), which may be n (it \
cannot be told here)"
why 'macro, and what is known' CONFIG_MACROOFF=y \
	"n, because it depends on OFF, which is n (set it to y, too)"
why 'range' CONFIG_TRI=12 "3, because its range is 2 to 9"
why 'range, hexadecimal' CONFIG_ADDRESS=0x201 "0x150, because its range is 0x100 to 0x200"
why 'string that is not there' 'CONFIG_OFFNAME="x"' \
	"absent, because it depends on OFF, which is n (set it to y, too)"
why 'nothing is against it' 'CONFIG_NAME="you"' \
	"\"me\", though its Kconfig allows it: was it asked for?"
why 'a string for a bool' 'CONFIG_ON="y"' \
	"y, because it is a bool, and takes y or n"
why 'm for a bool' CONFIG_ON=m "y, because it is a bool, and takes y or n"
why 'a number for a tristate' CONFIG_TRISTATE=1 \
	"y, because it is a tristate, and takes y, m or n"
why 'a bool for a string' CONFIG_NAME=y \
	"\"me\", because it is a string, and takes a \"value\" in quotes"
why 'a bool for an int' CONFIG_TRI=y "3, because it is an int, and takes a number"
why 'a string for a hex' 'CONFIG_ADDRESS="1"' \
	"0x150, because it is a hex, and takes a number"
why 'no modules' CONFIG_TRISTATE=m "y, because MODULES is n"
why 'held at m' CONFIG_MODDEP=y \
	"n, because it depends on MOD, which is m (set it to y, too)"
why 'held at m as asked' 'CONFIG_MODDEP=y
CONFIG_MOD=m' 'n, because it depends on MOD, which is m (as frag:2 asks)'
why 'm is enough for a bool' CONFIG_MODBOOL=y \
	"n, though its Kconfig allows it: was it asked for?"
why 'defined twice: the closer one' CONFIG_TWICE=y \
	"n, because it depends on !ON, but ON is y" sub/Kconfig
why 'what took effect' CONFIG_ON=y '' -

# The last request counts, and each is reported once.
printf 'CONFIG_SIMPLE=y\nCONFIG_OFF=y\n' >frag
printf '# CONFIG_SIMPLE is not set\nCONFIG_OFF=y\n' >frag2
is 'the last request' "$("$TOOLBIN/kmerge" check --config final --kconfig tree frag frag2 2>&1)" \
	"frag2:2: CONFIG_OFF=y did not take effect: it is n, though its Kconfig allows it: was it asked for? (drivers/Kconfig:1)"

# BusyBox: what is in C files, and what its build makes of that.
mkdir -p bb/shell bb/gen
printf 'mainmenu "bb"\nsource shell/Config.in\nsource gen/Config.in\n' >bb/Config.in
printf '# DO NOT\nmenu "Shells"\n\nINSERT\n\nendmenu\n' >bb/shell/Config.src
cat >bb/shell/ash.c <<'EOF'
/* ash */
//config:config ASH
//config:	bool "ash (78 kb)"
//config:	default y
//config:	help
//config:	The shell.
//config:
//config:config ASH_THING
//config:	bool "thing"
//config:	depends on ASH && NOEXEC
int main(void) { config(); }
//kbuild:lib-$(CONFIG_ASH) += ash.o
EOF
printf '//config:config HUSH\n//config:	bool "hush"\n//config:	depends on GENERATED\n' >bb/shell/hush.c
printf 'config GENERATED\n	bool "generated"\n' >bb/gen/Config.in
printf 'config WRONG\n' >bb/gen/Config.src
printf 'CONFIG_ASH_THING=y\nCONFIG_HUSH=y\nCONFIG_WRONG=y\n' >frag
is 'BusyBox' "$("$TOOLBIN/kmerge" check --config /dev/null --kconfig bb frag 2>&1)" \
	'frag:1: CONFIG_ASH_THING=y did not take effect: it is n, because it depends on ASH, which is n (set it to y, too); and on NOEXEC, which is n (there is no such symbol) (shell/ash.c:8)
frag:2: CONFIG_HUSH=y did not take effect: it is n, because it depends on GENERATED, which is n (set it to y, too) (shell/hush.c:1)
frag:3: CONFIG_WRONG=y did not take effect: it is n, because there is no such symbol in the Kconfig files'

# Values that come from the base alone.
mkdir machine
cat >machine/Kconfig <<'END'
choice
	prompt "Board"
config BOARD_A
	bool "a"
config BOARD_B
	bool "b"
endchoice
config START
	hex "Start of memory"
	default 0x1000 if BOARD_A
	default 0x2000
config SMALL
	bool "small"
	default y
config CLOCK
	int "Clock"
END
printf 'CONFIG_BOARD_B=y\nCONFIG_CLOCK=7\n' >board.config
printf '# CONFIG_BOARD_A is not set\nCONFIG_BOARD_B=y\nCONFIG_START=0x1000\nCONFIG_SMALL=y\nCONFIG_CLOCK=7\n' >final.config
printf '# CONFIG_BOARD_A is not set\nCONFIG_BOARD_B=y\nCONFIG_START=0x2000\n# CONFIG_SMALL is not set\nCONFIG_CLOCK=7\n' >alone.config
ok 'values of the base alone' "$TOOLBIN/kmerge" check --config final.config --kconfig machine --alone alone.config board.config
is 'the number, and neither what is asked for nor a mere boolean' "$(cat "$SCRATCH/.tap.out")" \
	'CONFIG_START=0x1000 comes from the base configuration alone; with the fragments it would be 0x2000: set it in a fragment'
printf 'CONFIG_BOARD_A=y\n# CONFIG_BOARD_B is not set\nCONFIG_START=0x1000\n' >final.config
ok 'a member of a choice' "$TOOLBIN/kmerge" check --config final.config --kconfig machine --alone alone.config /dev/null
said 'is one' 'CONFIG_BOARD_A=y comes from the base configuration alone; with the fragments it would be n'
# A fragment for several versions of a tree.
printf '# kmerge: if known\nCONFIG_NEWER=y\n' >newer.config
printf '# kmerge: if known\n\nCONFIG_NOT_NEXT=y\n#kmerge: if known\nCONFIG_OTHER=y\n# kmerge:  if known\nCONFIG_SMALL=y\n' >several.config
printf '# CONFIG_SMALL is not set\n' >final.config
several() { "$TOOLBIN/kmerge" check --strict --config final.config "$@"; }
ok 'a symbol that is asked for if the tree has it' several --kconfig machine newer.config
is 'it has not: nothing is reported' "$(cat "$SCRATCH/.tap.out")" ''
fails 1 'the same without a tree' several newer.config
said 'is reported' '^newer.config:2: CONFIG_NEWER=y did not take effect'
fails 1 'settings of that fragment' several --kconfig machine newer.config several.config
is 'others are reported, and one that the tree has' "$(sed 's/ did not.*//' "$SCRATCH/.tap.out")" 'several.config:3: CONFIG_NOT_NEXT=y
several.config:5: CONFIG_OTHER=y
several.config:7: CONFIG_SMALL=y'
cp -r machine part
echo 'source "gone/Kconfig"' >>part/Kconfig
fails 1 'a tree of which a part cannot be read' several --kconfig part newer.config
said 'may have it' 'CONFIG_NEWER=y did not take effect: .*gone/Kconfig'
printf 'CONFIG_SMALL=n\n# kmerge: if there\nCONFIG_NEWER=y\n' >bad.config
fails 1 'another word there' several --kconfig machine bad.config
said 'is an error' "^bad.config:2: '# kmerge: if there': expected '# kmerge: if known'"
ok 'merge' "$TOOLBIN/kmerge" merge -o merged newer.config
is 'takes the setting' "$(cat merged)" 'CONFIG_NEWER=y'
fails 2 '--alone without a tree' "$TOOLBIN/kmerge" check --config final.config --alone alone.config board.config
done_testing
