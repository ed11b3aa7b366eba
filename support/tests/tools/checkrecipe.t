#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# checkrecipe: packages and boards, good ones and ones with something wrong.
set -eu
# shellcheck source=support/tests/tap.sh
. support/tests/tap.sh
words=$PWD/support/make/vocabulary.mk

cd "$SCRATCH"
digest=ab5a03176ee106d3f0fa90e381da478ddae405918153cca248e682cd0c4a2269

# A package with nothing wrong: NAME PREFIX.
package() {
	mkdir -p "package/$1"
	cat >"package/$1/Kconfig" <<-EOF
		config PACKAGE_$2
			bool "$1"
			help
			  What it is.
	EOF
	cat >"package/$1/$1.mk" <<-EOF
		$2_VERSION := 1.0
		$2_SITE    := https://example.org
		$2_SOURCE  := $1-\$($2_VERSION).tar.gz
		$2_LICENSE := MIT
	EOF
	echo "sha256  $digest  $1-1.0.tar.gz" >"package/$1/$1.hash"
}

# found NAME LINE COMMAND...: the command exits 1 and prints just that line.
found() {
	name=$1
	line=$2
	shift 2
	fails 1 "$name" "$@"
	is "$name: what it says" "$(cat "$SCRATCH/.tap.out")" "$line"
}

recipe() {
	"$TOOLBIN/checkrecipe" --vocabulary "$words" "$@"
}

check() {
	recipe package/*/ "$@"
}

package foo FOO
package foo-bar FOO_BAR
ok 'two good packages' check

echo 'FOO_DEPENDS := foo-bar' >>package/foo/foo.mk
ok 'packages given together know each other' check
ok 'those beside it are known' recipe package/foo
(cd package && recipe foo) >said 2>&1 || :
is 'by a name without a directory, too' "$(cat said)" ''
mkdir -p mine/foo-bar
mv package/foo mine
found 'those elsewhere are not, nor is a directory without a recipe' \
	"mine/foo/foo.mk:5: FOO_DEPENDS names 'foo-bar', which is no package" recipe mine/foo
ok '--known makes a directory of packages known' recipe --known package/ mine/foo/
ok '--known makes a package known' recipe --known package/foo-bar/ mine/foo
mv mine/foo package
echo 'FOO_BAR_LICENCE := MIT' >>package/foo-bar/foo-bar.mk
ok '--known does not check it' recipe --known package/foo-bar package/foo
found 'a misspelt name' \
	'package/foo-bar/foo-bar.mk:5: FOO_BAR_LICENCE means nothing: did you mean LICENSE?' check
package foo-bar FOO_BAR

sed -i 's/config PACKAGE_FOO$/&X/' package/foo/Kconfig
fails 1 'a Kconfig without the package symbol' check
said 'is said so' '^package/foo/Kconfig:1: PACKAGE_FOO is not defined here$'
package foo FOO

: >package/foo/foo.hash
found 'a file without a digest' 'package/foo/foo.mk:3: foo-1.0.tar.gz has no digest in foo.hash' check
rm package/foo/foo.hash
found 'no .hash at all' 'package/foo/foo.mk:3: foo-1.0.tar.gz has no digest in foo.hash' check
package foo FOO

echo 'include other.mk' >>package/foo/foo.mk
found 'an include' 'package/foo/foo.mk:5: include has no place in a recipe' check
package foo FOO

touch package/foo/0001-fix.patch
ok 'a patch named as it should be' check
touch package/foo/1-fix.patch
found 'a patch named otherwise' \
	'package/foo/1-fix.patch:1: name a patch NNNN-what-it-does.patch, four digits' check
rm package/foo/1-fix.patch
touch package/foo/old.mk
found 'a .mk that is not read' 'package/foo/old.mk:1: is read by nobody: name it foo.mk' check
rm package/foo/old.mk

rm package/foo/Kconfig
found 'a package without Kconfig' \
	'package/foo/Kconfig:1: cannot be read: No such file or directory' check
package foo FOO
fails 1 'a directory that is not there' recipe package/none
package Bad BAD
fails 1 'a name in capitals' check
said 'is refused' '^package/Bad:1: a package'
rm -r package/Bad

printf 'FOO_VERSION := 1\nFOO_LICENSE := MIT\n' >package/foo/foo.mk
fails 1 'a recipe without a source' check
mkdir package/foo/src
ok 'the source may lie in src/' check

mkdir -p board/x
printf 'config BOARD_X\n\tbool "x"\n\tselect PACKAGE_FOO\n\thelp\n\t  A board.\n' >board/x/Kconfig
printf '# comment\nCONFIG_BOARD_X=y\n# CONFIG_Y is not set\n' >board/x/defconfig
ok 'a good board' check --board board/x
ok 'a board needs no --vocabulary' "$TOOLBIN/checkrecipe" --known package --board board/x
echo 'BOARD_Y=y' >>board/x/defconfig
found 'a defconfig line without CONFIG_' \
	'board/x/defconfig:4: neither CONFIG_NAME=VALUE nor a comment' check --board board/x/
rm board/x/defconfig
found 'a board without defconfig' \
	'board/x/defconfig:1: cannot be read: No such file or directory' check --board board/x
ok '--kconfig: one more file' check --kconfig board/x/Kconfig
sed -i 4,5d board/x/Kconfig
found '--kconfig: a symbol without help' \
	'board/x/Kconfig:1: BOARD_X has no help text' check --kconfig board/x/Kconfig

mkdir -p odd/package/odd
printf 'ODD_VERSION := 1\nODD_FOO\033[31m := 1\n' >odd/package/odd/odd.mk
fails 1 'a name with escape sequences' recipe odd/package/odd
said 'is shown as text' 'ODD_FOO.x1b\[31m means nothing'
unlike 'and not sent to the terminal' "$(cat "$SCRATCH/.tap.out")" "$(printf '\033')"

package foo FOO
printf 'FOO_DEPENDS := nothing\nFOO_TARGETFILES := x\n' >>package/foo/foo.mk
found '--names: nothing but names' 'package/foo/foo.mk:6: FOO_TARGETFILES means nothing: did you mean TARGET_FILES?' \
	recipe --names package/foo
package foo FOO

fails 2 'nothing to check' recipe
fails 2 'a package without --vocabulary' "$TOOLBIN/checkrecipe" package/foo
said 'says what is missing' 'is checked with --vocabulary FILE'
fails 1 'a vocabulary that is not there' "$TOOLBIN/checkrecipe" --vocabulary none package/foo
said 'is named' 'cannot read none: No such file'
fails 1 'a file that is none' "$TOOLBIN/checkrecipe" --vocabulary package/foo/foo.mk package/foo
said 'is told' 'package/foo/foo.mk: it has no KNOWN_VARIABLES'
fails 2 'an unknown option' recipe --nonsense
said 'points to --help' "try 'checkrecipe --help'"
ok '--help' recipe --help
said 'gives the usage' '^usage: checkrecipe'

done_testing
