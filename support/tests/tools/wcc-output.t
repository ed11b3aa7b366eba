#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# wcc: what gcc makes of it: where headers and libraries come from, what is linked how, and that
# no path of this machine is left. The sysroot is a mock of musl's, made on the spot.
set -eu
# shellcheck source=support/tests/tap.sh
. support/tests/tap.sh

unset FILES IMAGE HOST WCC_GCC WCC_MODE WCC_LINK WCC_NAME WCC_SHOW SOURCE_DATE_EPOCH
export SYSROOT="$SCRATCH/sys root%s" SRC="$SCRATCH/my src" BUILD="$SCRATCH/build" LC_ALL=C
lib=$SYSROOT/usr/lib
mkdir -p "$lib" "$SYSROOT/usr/include" "$SRC" "$BUILD"
cd "$BUILD"

wcc() {
	"$TOOLBIN/wcc" "$@"
}
dynamically() {
	WCC_LINK=dynamic "$TOOLBIN/wcc" "$@"
}
# bare: gcc for the mock, without any library.
bare() {
	gcc -ffreestanding -nostdlib -fno-stack-protector -fPIC "$@"
}

echo '#define STDIO "of the sysroot"' >"$SYSROOT/usr/include/stdio.h"
cat >"$SRC/main.c" <<'END'
#include <stdio.h>
#include <stdarg.h>
int libc(void);
const char *const file = __FILE__, *const stdio = STDIO;
int main(void)
{
	return libc();
}
END
cat >"$SRC/lib.c" <<'END'
int lib(int x)
{
	return x + 1;
}
END
printf '.text\n.globl as\nas: nop\n' >"$SRC/as.S"

# without a C library
ok 'compiling needs no C library' wcc -c "$SRC/main.c"
ok 'nor does linking with -nostdlib' wcc -nostdlib -shared -fPIC -o bare.so "$SRC/lib.c"
ok 'nor does -r' wcc -r -o r.o main.o
like '-r: relocatable' "$(readelf -h r.o)" 'Type: *REL '
ok '-lgcc is found all the same' wcc -nostdlib -shared -o bare.so -lgcc -lgcc_eh
fails 1 'linking does need one' wcc main.o
said 'linking does need one: says so' 'wcc: there is no C library to link with .*depend on it'

echo 'int main(void); void _start(void) { main(); for (;;); }' >crt.c
echo 'int libc(void) { return 0; }' >libc.c
bare -c crt.c libc.c
for name in crt1 Scrt1 rcrt1; do
	cp crt.o "$lib/$name.o"
done
bare -c -x c -o "$lib/crti.o" /dev/null
bare -c -x c -o "$lib/crtn.o" /dev/null
ar rc "$lib/libc.a" libc.o
ok 'a static program needs no shared one' wcc -o static main.o
fails 1 'a dynamic program does' dynamically main.o
said 'a dynamic program does: says so' 'wcc: there is no shared C library to link with'
fails 1 'a shared library does' wcc -shared -fPIC -o lib.so "$SRC/lib.c"
bare -shared -Wl,-soname,libc.so -o "$lib/libc.so" libc.o

# headers
preprocess() {
	echo "$1" | wcc -E -
}
compile() {
	echo "$1" | wcc -c -x c - -o stdin.o
}
like 'headers: the package, the sysroot, gcc' \
	"$(wcc -v -E -I "$SRC" -isystem "$BUILD" - </dev/null 2>&1 | sed -n '/starts here/,/^End/p' | tr '\n' '|')" \
	"$SRC| $BUILD| $SYSROOT/usr/include| /[^|]*/gcc[^|]*/include|End"
like 'a header of the sysroot' "$(wcc -E "$SRC/main.c")" '"of the sysroot"'
fails 1 'a header of this machine is not found' preprocess '#include <errno.h>'
said 'a header of this machine is not found: errno.h' 'errno.h: No such file'
mkdir leak
echo '#define LEAK' >leak/leak.h
fails 1 'CPATH is not searched' env CPATH="$BUILD/leak" "$TOOLBIN/wcc" -E -include leak.h -x c /dev/null
fails 1 '-nostdinc is obeyed' wcc -nostdinc -E "$SRC/main.c"
macros=$(wcc -O2 -dM -E - </dev/null)
unlike 'code for a fixed address, no hardening' "$macros" 'PIE\|PIC\|SSP\|FORTIFY\|CET'
macros=$(wcc -O2 -fPIE -fstack-protector-strong -D_FORTIFY_SOURCE=2 -dM -E - </dev/null)
like 'position independent when asked for' "$macros" '__PIE__ 2'
like 'hardened when asked for' "$macros" '__SSP_STRONG__'
like 'fortified when asked for' "$macros" '_FORTIFY_SOURCE 2'

# libraries
fails 1 'a library of this machine is not found' wcc -o x main.o -lm
said 'a library of this machine is not found: libm' 'cannot find -lm'
cp "$lib/libc.a" leak/libleak.a
fails 1 'LIBRARY_PATH is not searched' env LIBRARY_PATH="$BUILD/leak" "$TOOLBIN/wcc" -o x main.o -lleak
ok 'a library of the build is found' wcc -o x main.o -Lleak -lleak
mkdir -p "$SYSROOT/usr/local/lib"
cp "$lib/libc.a" "$SYSROOT/usr/local/lib/libleak.a"
fails 1 'usr/local of the sysroot is not searched' wcc -o x main.o -lleak
is 'gcc, the sysroot and the build are all that is linked' "$(
	wcc -o x main.o -Wl,--trace | grep -v -e "^$SYSROOT/" -e '/gcc[^ ]*/\(crt[a-zA-Z]*\.o\|libgcc[_eh]*\.a\)$' -e '^main.o$'
)" ''

# kinds of links
headers() {
	readelf -hldW "$1" 2>&1
}
dynamic=$(dynamically -o dynamic main.o && headers dynamic)
pie=$(dynamically -fPIE -pie -o pie "$SRC/main.c" && headers pie)
shared=$(wcc -shared -fPIC -o lib.so "$SRC/main.c" && headers lib.so)
staticpie=$(wcc -fPIE -pie -o staticpie "$SRC/main.c" && headers staticpie)
like 'static: at a fixed address' "$(headers static)" 'Type: *EXEC'
unlike 'static: no interpreter, nothing dynamic' "$(headers static)" 'INTERP\|DYNAMIC'
ok 'static: -static is the same' wcc -static -o static2 main.o
ok 'static: -static is the same, byte for byte' cmp static static2
like 'dynamic: at a fixed address' "$dynamic" 'Type: *EXEC'
like "dynamic: musl's interpreter" "$dynamic" 'interpreter: /lib/ld-musl-.*\.so\.1'
like 'dynamic: with libc.so' "$dynamic" 'NEEDED.*\[libc.so\]'
unlike 'dynamic: with nothing else' "$dynamic" 'NEEDED.*\[lib[^c]'
echo 'int under(void) { return 0; }' | dynamically -shared -fPIC -o "$lib/libunder.so" -x c -
echo 'int under(void); int over(void) { return under(); }' |
	dynamically -shared -fPIC -o "$lib/libover.so" -x c - -x none -lunder
ok "a library's libraries are found" dynamically -o x main.o -Wl,--no-as-needed -lover
unlike "a library's libraries are found: no warning" "$(cat "$SCRATCH/.tap.out")" .
ok 'dynamic: -static is static' dynamically -static -o static2 main.o
ok 'dynamic: -static is static, byte for byte' cmp static static2
like 'pie: anywhere' "$pie" 'Type: *DYN'
like "pie: musl's interpreter" "$pie" 'interpreter: /lib/ld-musl-'
like 'shared: with libc.so' "$shared" 'NEEDED.*\[libc.so\]'
unlike 'shared: no interpreter' "$shared" INTERP
like 'static pie: anywhere' "$staticpie" 'Type: *DYN'
unlike 'static pie: no interpreter, no libc.so' "$staticpie" 'INTERP\|NEEDED'
ok 'static pie: -static-pie is the same' wcc -fPIE -static-pie -o staticpie2 "$SRC/main.c"
ok 'static pie: -static-pie is the same, byte for byte' cmp staticpie staticpie2
dynamically -o run main.o -Wl,-rpath,"$BUILD":/usr/lib/x -Wl,-rpath -Wl,"$SRC"
is 'a run path in the build is dropped' \
	"$(headers run | sed -n 's/.*RUNPATH.*\[\(.*\)\]/\1/p')" /usr/lib/x

# arguments
printf '%s\n' -o "'by response'" main.o >args
ok 'a response file' wcc @args
ok 'a response file is obeyed' cmp static 'by response'
ok 'several sources' wcc -c "$SRC/lib.c" "$SRC/main.c" "$SRC/as.S"
awk 'BEGIN {
	for (path = "leak/"; length(path) < 4000; path = path "./");
	for (i = 0; i < 800; i++)
		print path "libleak.a"
}' >long
ok 'a response file too long for a command line' wcc -o long.out main.o @long
ok 'a response file too long for a command line is obeyed' cmp static long.out
ok 'standard input' compile 'int x;'
fails 1 "gcc's exit code" compile 'int x'
fails 1 'no arguments' wcc
said 'no arguments: gcc says so' 'no input files'

# paths
for file in main.c as.S; do
	wcc -g3 -frecord-gcc-switches -c "$SRC/$file" -o "$file.o"
	unlike "$file: no path of this machine" "$(strings -a "$file.o")" "$SCRATCH"
	like "$file: its name" "$(strings -a "$file.o")" "^/src/$file"
	like "$file: the directory" "$(strings -a "$file.o")" '^/build$'
done
wcc -c "$SRC/main.c"
like '__FILE__' "$(strings -a main.o)" '^/src/main.c$'
wcc -fmacro-prefix-map="$SRC/=" -c "$SRC/main.c"
like "__FILE__, by the package's own map" "$(strings -a main.o)" '^main.c$'
(cd "$SRC" && env BUILD="$SRC" "$TOOLBIN/wcc" -g -c lib.c -o "$BUILD/in.o")
like 'built where the sources are' "$(strings -a in.o)" '^/src$'

# the same in another place, at another time
echo 'const char *when = __DATE__ __TIME__ __TIMESTAMP__;' >>"$SRC/lib.c"
cat >"$SCRATCH/make.sh" <<'END'
set -e
cd "$BUILD"
"$TOOLBIN/wcc" -g -O2 -c "$SRC/lib.c" "$SRC/as.S" -Wa,--noexecstack
"$TOOLBIN/wcc" -g -O2 -flto -c "$SRC/main.c" -o "$BUILD/lto.o"
"$TOOLBIN/wcc" -g -O2 -flto -o prog lto.o lib.o as.o
END
# made DIRECTORY DATE: build all there.
made() {
	mkdir -p "$1/a b" "$1/objects"
	cp "$SRC/lib.c" "$SRC/main.c" "$SRC/as.S" "$1/a b"
	touch -d "$2" "$1/a b/"*
	env SRC="$1/a b" BUILD="$1/objects" SOURCE_DATE_EPOCH=1000000000 sh "$SCRATCH/make.sh"
}
made "$SCRATCH/one" 2020-01-01
made "$SCRATCH/another/and-longer" 2021-02-03
for file in lib.o as.o prog; do
	ok "$file: the same in another place" cmp "$SCRATCH/one/objects/$file" \
		"$SCRATCH/another/and-longer/objects/$file"
done
like 'times are those of SOURCE_DATE_EPOCH' "$(strings -a "$SCRATCH/one/objects/lib.o")" \
	'Sep  9 200101:46:40Sun Sep  9 01:46:40 2001'
cp "$SCRATCH/one/objects/lto.o" lto.o
made "$SCRATCH/one" 2022-03-04
ok 'LTO: the same again' cmp "$SCRATCH/one/objects/lto.o" lto.o

# as configure does it
cat >"$SRC/configure" <<'END'
#!/bin/sh
has() { # FUNCTION [LIBRARY]
	echo "char $1(void); int main(void) { return $1(); }" >conftest.c
	${CC} -o conftest conftest.c ${2-} 2>>config.log && echo "$1: yes" || echo "$1: no"
}
echo 'int main(void) { return 0; }' >conftest.c
${CC} conftest.c && test -f a.out || exit 77
has libc
has printf
has compress -lz
has cos -lm
END
is 'configure finds what the sysroot has' "$(CC="$TOOLBIN/wcc" sh "$SRC/configure" | paste -sd ' ')" \
	'libc: yes printf: no compress: no cos: no'
done_testing
