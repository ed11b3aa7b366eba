#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# scripts/new-package: what it writes for archives and directories, and that checkrecipe
# takes it.
# shellcheck disable=SC2016 # make's own $
set -eu
# shellcheck source=support/tests/tap.sh
. support/tests/tap.sh
linux=$PWD/package/linux
words=$PWD/support/make/vocabulary.mk
checkrecipe() {
	"$TOOLBIN/checkrecipe" --vocabulary "$words" "$@"
}

# In a tree of its own: the script writes where it lies.
mkdir -p "$SCRATCH/tree/scripts" "$SCRATCH/tree/support/make" "$SCRATCH/up"
cp scripts/new-package "$SCRATCH/tree/scripts"
cp "$words" "$SCRATCH/tree/support/make"
cd "$SCRATCH"

new() {
	"$SCRATCH/tree/scripts/new-package" "$@"
}

# check NAME: what was written in the tree is a good package.
check() {
	ok "$1: checkrecipe takes it" checkrecipe "tree/package/$1"
}

# archive NAME-VERSION FILE...: upstream's archive, with an ISC licence unless it has one.
archive() {
	top=$1
	shift
	mkdir "$top"
	(cd "$top" && touch "$@")
	[ -e "$top/LICENSE" ] || echo 'Permission to use, copy, modify, and/or
distribute this software for any purpose with or without fee is hereby granted' >"$top/LICENSE"
	tar -czf "up/$top.tar.gz" "$top"
	rm -r "$top"
}

archive hello-world-2.10 configure Makefile CMakeLists.txt
ok 'an archive with configure' new hello-world "file://$SCRATCH/up/hello-world-2.10.tar.gz"
said 'says what it wrote' "^wrote $SCRATCH/tree/package/hello-world\$"
said 'and what it guessed' '^guessed: version 2.10, type autotools, licence ISC$'
said 'and what comes next' '^  make menuconfig '
said 'how to check it, too' '^  make checkrecipe PKG=hello-world '
check hello-world
is 'the recipe' "$(cat tree/package/hello-world/hello-world.mk)" "# SPDX-License-Identifier: GPL-2.0-or-later
HELLO_WORLD_VERSION := 2.10
HELLO_WORLD_SITE    := file://$SCRATCH/up
HELLO_WORLD_SOURCE  := hello-world-\$(HELLO_WORLD_VERSION).tar.gz
HELLO_WORLD_LICENSE := ISC
HELLO_WORLD_LICENSE_FILES := LICENSE
HELLO_WORLD_TYPE    := autotools"
is 'the digest' "$(grep -v '^#' tree/package/hello-world/hello-world.hash)" \
	"sha256  $(sha256sum up/hello-world-2.10.tar.gz | cut -d ' ' -f 1)  hello-world-2.10.tar.gz"
like 'the menu entry' "$(cat tree/package/hello-world/Kconfig)" '^config PACKAGE_HELLO_WORLD$'

fails 1 'once more' new hello-world "file://$SCRATCH/up/hello-world-2.10.tar.gz"
said 'it overwrites nothing' 'tree/package/hello-world/Kconfig is there already$'

# recipe NAME VARIABLE: its value in the recipe.
recipe() {
	sed -n "s/^[A-Z0-9_]*_$2 *:= //p" "tree/package/$1/$1.mk"
}

for type in cmake:CMakeLists.txt meson:meson.build make:Makefile make:GNUmakefile generic:main.c; do
	archive "t-1.0" "${type#*:}" other
	ok "${type#*:}" new t "file://$SCRATCH/up/t-1.0.tar.gz"
	is "${type#*:} means ${type%:*}" "$(recipe t TYPE)" "${type%:*}"
	check t
	rm -r tree/package/t
done

# Versions, in names as projects give them.
while read -r file version; do
	archive x a
	mkdir -p "up/x/$version/y"
	mv up/x.tar.gz "up/x/$version/y/$file"
	ok "$file" new x "file://$SCRATCH/up/x/$version/y/$file"
	is "$file: version" "$(recipe x VERSION)" "$version"
	[ "$version" = unknown ] || check x
	rm -r tree/package/x
done <<'EOF'
e2fsprogs-1.47.2.tar.gz 1.47.2
libevent-2.1.12-stable.tar.gz 2.1.12-stable
foo_bar-0.9rc1.tgz 0.9rc1
tmux-3.5a.tar.xz 3.5a
v1.2.3.tar.gz 1.2.3
foo-v20240101.tar.gz 20240101
7zip-9.tar.bz2 9
unknown.tar.gz unknown
EOF
archive x-1.2 a
mkdir -p up/v1.2 && mv up/x-1.2.tar.gz up/v1.2
ok 'a version in the path' new x "file://$SCRATCH/up/v1.2/x-1.2.tar.gz"
is 'is one in SITE' "$(recipe x SITE)" "file://$SCRATCH/up/v\$(X_VERSION)"
check x
rm -r tree/package/x

# Licences, by the first words of their texts.
while read -r licence text; do
	mkdir x-1
	echo "$text" | tr / '\n' >x-1/COPYING
	tar -cf up/x-1.tar -C . ./x-1
	rm -r x-1
	ok "a text of $licence" new x "file://$SCRATCH/up/x-1.tar"
	is "is taken for $licence" "$(recipe x LICENSE)" "$licence"
	is "$licence: LICENSE_FILES" "$(recipe x LICENSE_FILES)" COPYING
	rm -r tree/package/x
done <<'EOF'
GPL-2.0-only GNU GENERAL PUBLIC LICENSE/   Version 2, June 1991
GPL-3.0-only GNU GENERAL PUBLIC LICENSE/   Version 3, 29 June 2007
LGPL-2.1-only GNU LESSER GENERAL PUBLIC LICENSE/Version 2.1, February 1999
MIT Permission is hereby granted, free of charge, to any person/obtaining a copy
BSD-3-Clause Redistribution and use in source/and binary forms. Neither the name of X
BSD-2-Clause Redistribution and use in source/and binary forms
Apache-2.0 Apache License/Version 2.0, January 2004
unknown All rights reserved.
EOF

mkdir x-1 && touch x-1/a && tar -cf up/x-1.tar x-1 && rm -r x-1
ok 'no licence' new x "file://$SCRATCH/up/x-1.tar"
unlike 'is no line in the recipe' "$(cat tree/package/x/x.mk)" LICENSE_FILES
fails 1 'is for a person to fill in' checkrecipe tree/package/x
said 'as checkrecipe says' 'X_LICENSE is unknown: fill it in'
rm -r tree/package/x

# Directories.
mkdir mine && touch mine/Makefile && cp /dev/null mine/LICENSE
echo 'Permission is hereby granted, free of charge, to any person obtaining' >mine/LICENSE
ok 'a directory' new mine mine
is 'is where the sources are' "$(recipe mine DIR)" "$SCRATCH/mine"
is 'its Makefile builds them' "$(recipe mine TYPE)" make
check mine
ok 'no digest is needed' test ! -e tree/package/mine/mine.hash
mkdir -p tree/package/inside/src && cp mine/LICENSE tree/package/inside/src
ok 'sources within the package' new inside tree/package/inside/src
is 'are named by it' "$(recipe inside DIR)" '$(INSIDE_PKGDIR)/src'
check inside

# Makefiles: one that installs into DESTDIR does, of others what they make is copied. Lines are
# separated by '/'.
while read -r programs text; do
	echo "$text" | sed 's,/,\n,g; s,>,\t,g' >mine/Makefile
	ok "a makefile: $text" new prog mine
	is "copies: $programs" "$(sed -n 's/^install .*usr\/bin" //p' tree/package/prog/prog.mk)" "$(echo "${programs#-}" | tr _ " ")"
	check prog
	rm -r tree/package/prog
done <<'EOF'
- all: prog/install: all/>install prog $(DESTDIR)$(bin)
- all install:/>cp prog ${DESTDIR}
- install::/>cp prog $(DESTDIR)
- all:/>$(MAKE) -C src
- include rules.mk
- -include rules.mk
a all: a/install: a/>install a $(bin)
a a: a.o # and no more/>cc/clean:/b: b.o
a_b all: b a lib.a x.so.1 man.1
a_b P = c/P := a/P += b/all: ${P}
tool PHONY = x/.PHONY: all/.PHONY: clean build/clean: x/all: build/build: $(TOOL)/TOOL=tool
prog all:/>cc main.c
uninstall uninstall: a.o/DESTDIR = $(DESTDIR)
prog A = $(A)/all: $(A)
EOF
printf 'all: one \\\n\ttwo\n' >mine/Makefile
ok 'a makefile with a line in two' new prog mine
said 'it is told what is copied' '^its makefile does not install into DESTDIR: the recipe copies one two to /usr/bin$'
like 'that is in the recipe' "$(cat tree/package/prog/prog.mk)" '^install .*usr/bin" one two$'
rm -r tree/package/prog
mkdir x-1 && echo 'GNU: a' >x-1/GNUmakefile && echo 'all: b' >x-1/Makefile && tar -cf up/x-1.tar x-1 && rm -r x-1
ok 'an archive with two makefiles' new x "file://$SCRATCH/up/x-1.tar"
said 'the one that make takes counts' 'recipe copies GNU to'
rm -r tree/package/x

# Modules for the kernel, by what their makefile says. Lines are separated by '/'.
mkdir mod && echo 'MODULE_LICENSE("GPL");' >mod/m.c
while read -r type file text; do
	rm -f mod/Kbuild mod/Makefile
	echo "$text" | sed 's,/,\n,g; s,>,\t,g' >"mod/$file"
	ok "$file: $text" new mod mod
	is "is of type $type" "$(recipe mod TYPE)" "$type"
	is 'the kernel is to have modules for that' "$(grep -c 'select LINUX_PRESET_MODULES' tree/package/mod/Kconfig)" "$([ "$type" = module ] && echo 1 || echo 0)"
	[ "$type" != module ] || {
		is 'and nothing goes to /usr/bin' "$(grep -c usr/bin tree/package/mod/mod.mk)" 0
		is 'its licence is the one it tells the kernel' "$(recipe mod LICENSE)" GPL-2.0-only
		said 'the kernel that it wants is told' '^it is a kernel module: it enables'
		ok 'checkrecipe takes it' checkrecipe --known "$linux" tree/package/mod
	}
	rm -r tree/package/mod
done <<'EOF'
module Makefile obj-m := m.o/all:/>make -C /lib/modules/$(shell uname -r)/build M=$(PWD) modules
module Makefile ifneq ($(KERNELRELEASE),)/obj-m += m.o/else/all: ;/endif
module Kbuild obj-m += m.o
module Makefile obj-$(CONFIG_MINE) += m.o/all:/>make -C $(KDIR) M=$(PWD)
make Makefile obj-$(CONFIG_MINE) += m.o/all: a
make Makefile # obj-m := m.o/all: a
make Makefile all: obj-m
EOF
echo 'obj-$(CONFIG_ONE) += m.o
obj-$(CONFIG_TWO) += n.o
all: ; make -C $(KDIR) M=$(PWD)' >mod/Makefile
ok 'a module with options' new mod mod
is 'sets them' "$(recipe mod MAKE_OPTS)" 'CONFIG_ONE=m CONFIG_TWO=m'
rm -r tree/package/mod
mkdir x-1 && cp mod/Makefile x-1 && tar -cf up/x-1.tar x-1 && rm -r x-1
ok 'an archive of a module' new x "file://$SCRATCH/up/x-1.tar"
is 'is one, too' "$(recipe x TYPE)" module
rm -r tree/package/x

mkdir ext
ok '-d' new -d ext outside mine
said '-d: what comes next' "^  make EXTERNAL=$SCRATCH/ext menuconfig"
ok '-d: a good package' checkrecipe ext/package/outside

# A name that is taken, wherever: two packages of one name stop every make.
mkdir free
new_with() {
	env "$1" "$SCRATCH/tree/scripts/new-package" -d free "$2" mine
}
fails 1 '-d: a name that the tree has' new -d free hello-world mine
said 'says where' "^new-package: $SCRATCH/tree/package/hello-world is a package of that name: choose another one\$"
mkdir -p ext2/package/taken
cp /dev/null ext2/package/taken/taken.mk
for names in "$SCRATCH/ext2" "$SCRATCH/ext:$SCRATCH/ext2" "$SCRATCH/ext $SCRATCH/ext2"; do
	fails 1 "a name that EXTERNAL has, $names" new_with EXTERNAL="$names" taken
	said 'says where' "^new-package: $SCRATCH/ext2/package/taken is a package of that name: choose another one\$"
done
mkdir -p tree/output
echo "$SCRATCH/ext:$SCRATCH/ext2" >tree/output/.external
fails 1 'a name that a directory has which output remembers' new taken mine
mkdir o && mv tree/output/.external o
fails 1 'and another output' new_with O="$SCRATCH/o" taken
ok 'nothing was written' test ! -e tree/package/taken -a ! -e free/package
ok 'a name that nobody has' new_with EXTERNAL="$SCRATCH/ext2" nobody
rm -r tree/output o

# What cannot be done leaves nothing behind.
echo 'no archive' >up/x-1.tar
fails 1 'no archive' new x "file://$SCRATCH/up/x-1.tar"
said 'is said so' 'is not an archive that tar can read'
fails 1 'no such file' new x "file://$SCRATCH/up/none-1.tar"
said 'is said so' "cannot fetch file://$SCRATCH/up/none-1.tar"
fails 1 'neither URL nor directory' new x nowhere
said 'is said so' "'nowhere' is neither a URL nor a directory"
mkdir -p here
touch here/t-1.0.tar.gz
fails 1 'the name of a file' new other here/t-1.0.tar.gz
said 'its URL is told' "'here/t-1.0.tar.gz' is a file: write file://$PWD/here/t-1.0.tar.gz$"
fails 1 'an address with a dollar' new x 'http://127.0.0.1:1/$x/x-1.tar'
said 'is said so' 'make cannot handle the address'
fails 1 'an address without a file' new x http://127.0.0.1:1/
fails 1 'nobody there' new x http://127.0.0.1:1/x-1.tar
fails 1 'a directory that make cannot live with' new x "$(mkdir 'a b' && echo 'a b')"
for name in Capital under_score 'a b' '' -x; do
	fails 1 "the name '$name'" new "$name" mine
done
# Names of the engine, of both lines of the list.
for name in rootfs extra artifacts whittle; do
	fails 1 "the name $name" new "$name" mine
	said 'is reserved' "^new-package: no package can have the name $name, which the engine uses itself: choose another one\$"
	ok 'and nothing is written' test ! -e "tree/package/$name"
done
ok 'a name that begins like one of them' new root mine
rm -r tree/package/root
fails 1 '-d without a directory' new -d none x mine
ok 'and nothing was written' test ! -e tree/package/x

fails 2 'no URL' new x
fails 2 'too much' new x y z
ok '--help' new --help
said 'gives the usage' '^usage: scripts/new-package '
done_testing
