#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# A package from a directory that somebody works in: what an edit compiles, and that the result is
# always what a build from nothing gives.
# shellcheck disable=SC2016 # text for other shells stands in single quotes
set -u
. support/tests/engine.sh

DIR=$SCRATCH/mine
program() {
	"$OUT/build/prog/image/host/usr/bin/prog"
}
# compiled: what the last ok compiled, of the objects that the makefile tells.
compiled() {
	sed -n 's/^compiling //p' "$OUT/build/prog/build.log" | sort | paste -s -d ' ' -
}
# same NAME: as from nothing.
same() {
	"$OUT/build/prog/image/host/usr/bin/prog" >"$SCRATCH/got" 2>&1
	rm -rf "$SCRATCH/clean"
	make O="$SCRATCH/clean" EXTERNAL="$EXT" TOOLDIR="${TOOLBIN%/bin}" -s olddefconfig >/dev/null 2>&1 </dev/null
	cp "$OUT/.config" "$SCRATCH/clean/.config"
	make O="$SCRATCH/clean" EXTERNAL="$EXT" TOOLDIR="${TOOLBIN%/bin}" PROG_DIR="$DIR" prog >"$SCRATCH/clean.out" 2>&1 || cat "$SCRATCH/clean.out"
	is "$1: as from nothing" "$(cd "$OUT/build/prog/image" && find . -type f -exec sha256sum {} + | sort)" \
		"$(cd "$SCRATCH/clean/build/prog/image" && find . -type f -exec sha256sum {} + | sort)"
}
sources() {
	rm -rf "$DIR"
	mkdir -p "$DIR"
	printf '#include <stdio.h>\n#include "word.h"\nint two(void);\nint main(void) { printf("%%s %%d\\n", WORD, two()); return 0; }\n' >"$DIR/main.c"
	echo 'int two(void) { return 2; }' >"$DIR/two.c"
	echo '#define WORD "word"' >"$DIR/word.h"
}
# A makefile that does not know its headers.
makefile() {
	sed 's/^> /\t/' <<-'END'
		prog: main.o two.o
		> $(CC) -o prog main.o two.o
		%.o: $(src)%.c
		> @echo compiling $*
		> $(CC) $(CFLAGS) $(INC) -c -o $@ $<
		install: prog
		> install -D prog $(DESTDIR)/usr/bin/prog
	END
}
# the steps of every kind of edit
edits() {
	program >"$SCRATCH/got" 2>&1
	is "$1: the program" "$(cat "$SCRATCH/got")" 'word 2'
	ok "$1: nothing changed" whittle PROG_DIR="$DIR" prog
	is "$1: nothing runs" "$(steps)" ''
	sleep 0.1
	echo 'int two(void) { return 22; }' >"$DIR/two.c"
	ok "$1: an edited C file" whittle PROG_DIR="$DIR" prog
	is "$1: it is in the program" "$(program)" 'word 22'
	is "$1: what was compiled" "$(compiled)" "$2"
	same "$1: an edited C file"
	echo '#define WORD "changed"' >"$DIR/word.h"
	ok "$1: an edited header" whittle PROG_DIR="$DIR" prog
	is "$1: it is in the program" "$(program)" 'changed 22'
	same "$1: an edited header"
	echo 'int two(void) { return 3' >"$DIR/two.c"
	fails 2 "$1: a mistake" whittle PROG_DIR="$DIR" prog
	echo 'int two(void) { return 33; }' >"$DIR/two.c"
	ok "$1: mended" whittle PROG_DIR="$DIR" prog
	is "$1: it is in the program" "$(program)" 'changed 33'
	is "$1: what was compiled" "$(compiled)" "$2"
	echo 'int two(void) { return 4; }' >"$DIR/two.c"
	touch -d '2001-01-01' "$DIR/two.c"
	ok "$1: a file of old date" whittle PROG_DIR="$DIR" prog
	is "$1: it is in the program" "$(program)" 'changed 4'
	same "$1: a file of old date"
	(cd "$DIR" && gcc -c -o two.o -x c - <<-'END' && echo 'int wrong;' | gcc -c -o main.o -x c -
		int two(void) { return 99; }
	END
	)
	cp /bin/true "$DIR/prog"
	ok "$1: what was compiled in the directory" whittle PROG_DIR="$DIR" prog
	is "$1: does not get into the program" "$(program)" 'changed 4'
	same "$1: what was compiled in the directory"
	rm "$DIR/prog" "$DIR/"*.o
	ok "$1: without it again" whittle PROG_DIR="$DIR" prog
}

# ---- TYPE make ----
sources
makefile >"$DIR/Makefile"
pkg prog <<'END'
PROG_TYPE := make
PROG_SITE := https://example.org
PROG_SOURCE := prog-1.tar.gz
END
sed -i 's/_MODE := none/_MODE := host/' "$EXT/package/prog/prog.mk"
mkdir "$SCRATCH/release" && cp -R "$DIR" "$SCRATCH/release/prog-1"
echo '#define WORD "release"' >"$SCRATCH/release/prog-1/word.h"
mkdir -p "$SCRATCH/mirror/prog"
tar -C "$SCRATCH/release" -czf "$SCRATCH/mirror/prog/prog-1.tar.gz" prog-1
echo "sha256  $(sha256sum <"$SCRATCH/mirror/prog/prog-1.tar.gz" | cut -c 1-64)  prog-1.tar.gz" >"$EXT/package/prog/prog.hash"
printf 'CONFIG_MIRROR="file://%s/mirror"\nCONFIG_OFFLINE=y\n' "$SCRATCH" >"$SCRATCH/config.more"
choose prog
ok 'the release' whittle prog
is 'its program' "$(program)" 'release 2'
ok 'the directory instead' whittle PROG_DIR="$DIR" prog
edits make two
ok 'by the environment' env PROG_DIR="$DIR" make O="$OUT" EXTERNAL="$EXT" TOOLDIR="${TOOLBIN%/bin}" prog
is 'it is the same' "$(steps)" ''
echo 'int two(void) { return 5; }' >"$DIR/two.c"
ok 'explain' whittle explain PROG_DIR="$DIR"
said 'it tells of the sources' 'prog: build, because .*/mine was edited'
echo 'PROG_MAKE_OPTS := CFLAGS=-DWORD2' >>"$EXT/package/prog/prog.mk"
ok 'another option' whittle PROG_DIR="$DIR" prog
is 'compiles all' "$(compiled)" 'main two'
same 'another option'
ok 'the release again' whittle prog
is 'its program' "$(program)" 'release 2'

# ---- TYPE autotools, with makefiles that do not know their headers, and with automake's ----
cat >"$EXT/package/prog/prog.mk" <<'END'
PROG_VERSION := 1
PROG_LICENSE := MIT
PROG_MODE := host
PROG_TYPE := autotools
PROG_DIR  ?= /nowhere
END
for kind in plain automake; do
	sources
	cat >"$DIR/configure" <<-'END'
		#!/bin/sh
		echo configured
		: >config.status
		src=${0%/*}
		{ printf 'src = %s/\nINC = -I%s\n' "$src" "$src" && cat "$src/Makefile.in"; } >Makefile
	END
	makefile >"$DIR/Makefile.in"
	if [ $kind = automake ]; then
		# what it would write: dependencies, by the compiler
		sed -i 's/^: >config.status/echo depfiles >config.status/' "$DIR/configure"
		sed -i 's/(INC) -c/(INC) -MMD -c/' "$DIR/Makefile.in"
		echo '-include main.d two.d' >>"$DIR/Makefile.in"
	fi
	chmod +x "$DIR/configure"
	ok "$kind: a first build" whittle PROG_DIR="$DIR" prog
	if [ $kind = automake ]; then edits $kind two; else edits $kind 'main two'; fi
done
: >"$DIR/config.status"
fails 2 'a directory that was configured in place' whittle PROG_DIR="$DIR" prog-reconfigure
said 'is told, with the remedy' "mine was configured in place; run 'make distclean' there first"
# of a large directory, only some counts
pkg part <<'END'
PART_DIR = $(PROG_DIR)
PART_DIR_READS := sub word
define PART_INSTALL
mkdir -p "$(IMAGE)/target"
cat "$(SRC)/sub/file" "$(SRC)/word" >"$(IMAGE)/target/part"
endef
END
choose part
sources
mkdir "$DIR/sub"
echo one >"$DIR/sub/file"
echo word >"$DIR/word"
ok 'a package that reads a part' whittle PROG_DIR="$DIR" part
echo '/* */' >>"$DIR/two.c"
ok 'an edit elsewhere' whittle PROG_DIR="$DIR" part
is 'builds nothing' "$(steps)" ''
for file in sub/file word; do
	echo edited >>"$DIR/$file"
	ok "an edit of $file" whittle PROG_DIR="$DIR" part
	like 'builds it' "$(steps)" 'INSTALL part'
done
is 'as it is now' "$(paste -s -d ' ' "$OUT/build/part/image/target/part")" 'one edited word edited'
choose prog

mkdir "$DIR/out"
cp "$OUT/.config" "$DIR/out"
fails 2 'an output directory in it' make O="$DIR/out" EXTERNAL="$EXT" TOOLDIR="${TOOLBIN%/bin}" PROG_DIR="$DIR" prog
said 'is told' "O=$DIR/out is in $DIR, where the sources of prog are"
fails 2 'a directory that is not there' whittle PROG_DIR="$SCRATCH/gone/" prog
said 'is told' "PROG_DIR=$SCRATCH/gone is not there"
fails 2 'a file' whittle PROG_DIR="$DIR/two.c" prog
said 'is told' "PROG_DIR=$DIR/two.c is not a directory"
for bad in 'NET=yes y, n, mcast or mcast:ADDRESS' 'NET=1 y, n, mcast or mcast:ADDRESS' 'STRICT=no y or n' 'STRICT=0 y or n'; do
	fails 2 "${bad%% *}" whittle PROG_DIR="$DIR" "${bad%% *}" qemu-run
	said 'is told what it takes' "${bad%% *}: ${bad#* } is expected"
done
for bad in yes 1; do
	fails 2 "LOG=$bad" whittle PROG_DIR="$DIR" LOG="$bad" qemu-run
	said 'is told of both' "LOG=$bad: LOG=y shows what the kernel says, and LOG=./$bad is a file"
done
fails 2 'a KERNEL that there is not' whittle PROG_DIR="$DIR" KERNEL=Image qemu-run
said 'is told what there is' 'KERNEL=Image: what there is to boot is bzImage and vmlinux, or a kernel by its path (./Image); LINUX_DIR=DIR'
done_testing
