#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# inputs: what make is told, as make reads it; when it is written; what is refused.
# shellcheck disable=SC2016 # text for make
set -u
# shellcheck source=support/tests/tap.sh
. support/tests/tap.sh

cd "$SCRATCH" || exit 1
unset MAKEFLAGS MAKELEVEL
inputs=$TOOLBIN/inputs

# shown NAME...: the values of make variables that out.mk gives, in brackets.
shown() {
	for name; do
		printf 'include out.mk\n$(info [$(%s)])\nall: ;\n' "$name" | make -s -f -
	done
}

# inode FILE: changes whenever the file is written anew.
inode() {
	stat -c %i "$1"
}

ok "--help" "$inputs" --help
said "--help says what it is for" '^Writes a make fragment OUT, only if it changed.$'
fails 2 "no arguments" "$inputs"
said "says what is wanted" "say 'scan' or 'digest'"
fails 2 "scan without -o" "$inputs" scan
fails 2 "an option without its value" "$inputs" scan -o
said "is named" '^inputs: -o wants a value$'
fails 2 "an unknown option" "$inputs" scan --bogus x -o out.mk
fails 2 "digest without --list" "$inputs" digest -o out.mk --index i

# ---- scan ----
mkdir -p p/zlib p/a-b board/one
touch p/zlib/zlib.mk p/a-b/a-b.mk p/a-b/0001-x.patch p/a-b/Kconfig board/one/defconfig
hex=$(echo zlib | sha256sum | cut -c 1-64)
echo "sha256  $hex  zlib.tar" >p/zlib/zlib.hash
cat >.config <<'END'
CONFIG_Y=y
# CONFIG_N is not set
CONFIG_STRING="two words"
CONFIG_MAKE="$(shell touch evil) # not a comment"
CONFIG_BACK="a\\b\\#c\\"
CONFIG_AFTER=y
END
scan() {
	"$inputs" scan -o out.mk --config .config --packages p --boards board --kconfig p/zlib/zlib.hash "$@"
}
ok "scan" scan
is "make reads values as they are" "$(shown CONFIG_Y CONFIG_N CONFIG_STRING CONFIG_MAKE CONFIG_BACK CONFIG_AFTER)" \
	'[y]
[]
[two words]
[$(shell touch evil) # not a comment]
[a\b\#c\]
[y]'
ok "and runs none" test ! -e evil
is "packages" "$(shown ALL_PACKAGES a-b.prefix A_B_PKGDIR A_B_PATCHES SHA256_zlib/zlib.tar)" "[a-b zlib]
[A_B]
[p/a-b]
[p/a-b/0001-x.patch]
[$hex]"
is "boards" "$(shown ALL_BOARDS BOARD_DIR_one)" "[one]
[board/one]"
mkdir -p ext/zlib
: >ext/zlib/zlib.mk
fails 1 "a package of a name that is there" scan --packages ext
said "both places are named, and what to do" '^ext/zlib: p/zlib is a package of the same name: rename one, or take it away$'
rm -r ext
mkdir -p ext/one
: >ext/one/defconfig
fails 1 "a board of a name that is there" scan --boards ext
said "both places are named" '^ext/one: board/one is a board of the same name'
rm -r ext
config=$(shown CONFIG_DIGEST)
kconfig=$(shown KCONFIG_DIGEST)
like "the configuration's digest" "$config" '^\[[0-9a-f]\{64\}\]$'
was=$(inode out.mk)
touch -d 2040-01-01 .config p/a-b/Kconfig
ok "scan again" scan
is "writes nothing when nothing changed" "$(inode out.mk)" "$was"
echo '# a comment' >>p/a-b/Kconfig
ok "a menu that changed" scan
ok "shows in its digest" test "$(shown KCONFIG_DIGEST)" != "$kconfig"
is "and only there" "$(shown CONFIG_DIGEST)" "$config"

was=$(inode out.mk)
echo 'CONFIG_BAD=two words' >>.config
fails 1 "a line that is none" scan
is "is named, and the way out" "$(cat .tap.out)" \
	"inputs: .config:7: not a Kconfig setting; correct or remove that line, then run make again"
is "and nothing is written" "$(inode out.mk)" "$was"
sed -i '$d' .config
echo 'sha256 123 zlib.tar' >>p/zlib/zlib.hash
mkdir p/Bad
touch p/Bad/Bad.mk
mkdir p/strays
touch p/strays/stray.mk
fails 1 "packages that are wrong" scan
is "are all named" "$(cat .tap.out)" "p/Bad: a package's name is made of a-z, 0-9 and '-': rename it
p/strays: a package without a recipe: write strays.mk, or rename it to that
p/zlib/zlib.hash:2: not a digest; write: sha256  <64 hex digits>  <file name>
inputs: what is wrong above keeps the build from starting"
fails 1 "a configuration that is missing" "$inputs" scan -o out.mk --config nowhere
said "is named" 'cannot read nowhere: No such file'

# ---- digest ----
mkdir -p tree/sub
echo one >file
echo two >tree/sub/file
printf 'file\ntree\n\n' >list
digest() {
	"$inputs" digest -o d/out.mk --index index --list list
}
ok "digest" digest
is "of a file: its content's" "$(sed -n 's/^DIGEST_file := //p' d/out.mk)" "$(sha256sum <file | cut -c 1-64)"
tree=$(sed -n 's/^DIGEST_tree := //p' d/out.mk)
like "of a tree: one, too" "$tree" '^[0-9a-f]\{64\}$'
was=$(inode d/out.mk)
touch -d 2040-01-01 file tree/sub/file
ok "newer files" digest
is "change nothing" "$(inode d/out.mk)" "$was"
echo TWO >tree/sub/file
touch -d 2000-01-01 tree/sub/file
ok "an older file of the same size" digest
ok "is seen" test "$(sed -n 's/^DIGEST_tree := //p' d/out.mk)" != "$tree"
is "only there" "$(sed -n 's/^DIGEST_file := //p' d/out.mk)" "$(sha256sum <file | cut -c 1-64)"
was=$(inode d/out.mk)
ln -s nowhere tree/sub/link
ok "a dangling link in a tree is content like any" digest
echo gone >>list
was=$(inode d/out.mk)
fails 1 "a file that is missing" digest
is "is named" "$(cat .tap.out)" "inputs: cannot read gone, which the configuration names: No such file or directory"
is "and nothing is written" "$(inode d/out.mk)" "$was"
done_testing
