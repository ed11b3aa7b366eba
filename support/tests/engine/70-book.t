#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The book of a configuration: its commands alone, run in a clean directory, give the same initramfs.
# shellcheck disable=SC2016 # recipes and awk programs stand in single quotes
set -u
. support/tests/engine.sh
# shellcheck source=support/tests/book.sh
. support/tests/book.sh

BOOK=$OUT/book/book.txt

# A package with a source file, a patch, a here-document in its script, and characters that HTML minds.
mkdir -p "$SCRATCH/site" "$SCRATCH/src/one-1"
echo 'a < b && c > "d"' >"$SCRATCH/src/one-1/file"
touch -d @1700000000 "$SCRATCH/src/one-1/file"
tar cJf "$SCRATCH/site/one-1.tar.xz" -C "$SCRATCH/src" one-1
pkg one <<-RECIPE
	ONE_SITE := file://$SCRATCH/nowhere file://$SCRATCH/site
	ONE_SOURCE := one-1.tar.xz
	define ONE_BUILD
	cat >made <<'END_IT'
	<b>END & so on</b>
	END
	~~~
	END_IT
	cat "\$(SRC)/file" >>made
	endef
	define ONE_INSTALL
	install -D -m 644 made "\$(IMAGE)/target/one"
	install -D -m 644 made "\$(IMAGE)/sysroot/usr/lib/one"
	endef
RECIPE
echo "sha256  $(sha256sum "$SCRATCH/site/one-1.tar.xz" | cut -d ' ' -f 1)  one-1.tar.xz" >"$EXT/package/one/one.hash"
cat >"$EXT/package/one/0001-more.patch" <<'PATCH'
--- a/file
+++ b/file
@@ -1 +1,2 @@
 a < b && c > "d"
+END
PATCH

# One that uses the sources of another, one with a directory, one with nothing, one for the host.
pkg borrower <<'END'
BORROWER_SRC_OF := one
define BORROWER_INSTALL
install -D -m 644 "$(SRC)/file" "$(IMAGE)/target/borrower"
endef
END
local_pkg
pkg gen <<'END'
GEN_MODE := host
define GEN_BUILD
printf '#include <stdio.h>\nint main(void) { puts("generated"); return 0; }\n' >gen.c
$$CC -o gen gen.c
endef
define GEN_INSTALL
install -D gen "$(IMAGE)/host/usr/bin/gen"
endef
END
pkg user <<'END'
USER_DEPENDS := middle
define USER_BUILD
env | sort | grep -v -e ^PWD -e ^OLDPWD -e ^_= -e ^JOBS -e ^MAKE | sed 's/=.*//' >out
gen >>out
ls "$(SYSROOT)/usr/lib" >>out
cat >>out
endef
define USER_INSTALL
install -D -m 644 out "$(IMAGE)/target/user"
endef
END
simple middle one gen

# One with Kconfig inside: its configuration is made of files of the tree, of the user's, and of the recipe's lines.
mkdir -p "$EXT/package/kb/src" "$OUT/fragments"
printf 'all:\n\tcp $(O)/.config $(O)/out\ndefconfig:\n\techo CONFIG_BASE=y >$(O)/.config\nolddefconfig:\n\tsort -o $(O)/.config $(O)/.config\n' >"$EXT/package/kb/src/Makefile"
printf 'config BASE\n\tbool "base"\n' >"$EXT/package/kb/src/Kconfig"
echo CONFIG_MINE=y >"$EXT/package/kb/mine.config"
echo CONFIG_MENU=y >"$OUT/fragments/kb.config"
pkg kb <<'END'
KB_DIR := $(KB_PKGDIR)/src
KB_TYPE := kbuild
KB_KCONFIG_BASE := defconfig
KB_KCONFIG_FRAGMENTS := board/qemu-x86_64/linux.config $(KB_PKGDIR)/mine.config
define KB_KCONFIG
CONFIG_RECIPE="y"
endef
define KB_INSTALL
install -D -m 644 out "$(IMAGE)/target/kb"
endef
END
choose one borrower local gen kb middle user

# by_hand DIRECTORY NAME=VALUE...: the book's commands, in a clean directory and environment.
by_hand() {
	rm -rf "$1"
	mkdir "$1"
	book_commands "$BOOK" >"$1/commands.sh"
	(cd "$1" && shift && env -i PATH=/usr/bin:/bin "$@" sh -e ./commands.sh) </dev/null
}

ok 'make book' whittle book
said 'it tells where' 'book/index.html'
ok 'the page is there' test -s "$OUT/book/index.html"
ok 'what it needs of the tree is copied as it says' book_tree "$BOOK" "$SCRATCH/top"
fails 1 'there is no engine in that' test -e "$SCRATCH/top/support/make" -o -e "$SCRATCH/top/package" -o -e "$SCRATCH/top/support/tools/step"
like 'a directory of the user is told' "$(sed -n '/^2\. /,/^3\. /p' "$BOOK")" "^  local (chapter [0-9]*)  *$(sed -n 's/^LOCAL_DIR *:= *//p' "$EXT/package/local/local.mk" | sed "s|\$(LOCAL_PKGDIR)|$EXT/package/local|")"
ok 'its commands alone' by_hand "$SCRATCH/hand" TOP="$SCRATCH/top"
said 'sources are verified' 'one-1.tar.xz: OK'
ok 'give the same initramfs' cmp "$OUT/images/initramfs.cpio.gz" "$SCRATCH/hand/system/images/initramfs.cpio.gz"
is 'what scripts hold is as it was' "$(unpacked one)" '<b>END & so on</b>
END
~~~
a < b && c > "d"
END'
like 'environment and dependencies were those of the engine' "$(unpacked user)" '^generated$'
is 'a configuration is of all that asks for something' "$(unpacked kb | grep -E "^CONFIG_(BASE|64BIT|MINE|RECIPE|MENU)=")" 'CONFIG_64BIT=y
CONFIG_BASE=y
CONFIG_MENU=y
CONFIG_MINE=y
CONFIG_RECIPE="y"'
fails 1 'a source that is another' env -i PATH=/usr/bin:/bin sh -c "echo x >'$SCRATCH/hand/system/dl/one/one-1.tar.xz'; cd '$SCRATCH/hand' && TOP='$SCRATCH/top' sh -e commands.sh"
said 'is refused' 'one-1.tar.xz: FAILED'

cp "$BOOK" "$SCRATCH/before.txt"
ok 'make book again' whittle book
ok 'it is the same book' cmp "$BOOK" "$SCRATCH/before.txt"
sed -i 's/generated/changed/' "$EXT/package/gen/gen.mk"
ok 'a changed recipe' whittle book
like 'is built, and in the book' "$(cat "$BOOK")" 'puts("changed")'
ok 'its commands, with the sources in a directory that is named' by_hand "$SCRATCH/changed" TOP="$SCRATCH/top" DL="$XDG_CACHE_HOME/whittle/dl"
ok 'give what the engine gives' cmp "$OUT/images/initramfs.cpio.gz" "$SCRATCH/changed/system/images/initramfs.cpio.gz"
like 'the order is that of dependencies' "$(sed -n 's/^ *[0-9]*\. \([a-z]*\) 1$/\1/p' "$BOOK" | paste -s -d ' ' -)" '^borrower gen kb local one middle user$'
ok 'clean' whittle clean
fails 1 'removes it' test -e "$OUT/book"

if command -v git >/dev/null; then
	export GIT_CONFIG_GLOBAL=/dev/null GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@b GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a@b
	git init -q "$SCRATCH/repo"
	echo git >"$SCRATCH/repo/file"
	git -C "$SCRATCH/repo" add file
	git -C "$SCRATCH/repo" commit -q -m first
	pkg fromgit <<-END
		FROMGIT_GIT_URL := file://$SCRATCH/repo
		FROMGIT_GIT_REF := $(git -C "$SCRATCH/repo" rev-parse HEAD)
		define FROMGIT_INSTALL
		install -D -m 644 "\$(SRC)/file" "\$(IMAGE)/target/fromgit"
		endef
	END
	choose fromgit
	ok 'a package from git' whittle book
	ok 'by hand' by_hand "$SCRATCH/git" TOP="$SCRATCH/top"
	ok 'to the byte' cmp "$OUT/images/initramfs.cpio.gz" "$SCRATCH/git/system/images/initramfs.cpio.gz"
else
	skip 'a package from git' 'no git here'
fi
done_testing
