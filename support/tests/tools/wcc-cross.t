#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# wcc with the cross compiler of each architecture that has a description and whose compiler is here: programs for that
# architecture, with its loader, of nothing that the distribution has for it. The sysroot is a mock of musl's.
set -eu
# shellcheck source=support/tests/tap.sh
. support/tests/tap.sh

unset SRC BUILD FILES IMAGE HOST WCC_MODE WCC_LINK WCC_NAME WCC_SHOW SOURCE_DATE_EPOCH
export LC_ALL=C
top=$PWD
cd "$SCRATCH"

# key NAME: its value in the description.
key() {
	sed -n "s/^arch\.$1 *= *//p" "$description"
}
wcc() {
	"$TOOLBIN/wcc" "$@"
}
# shellcheck disable=SC2317 # called by ok
dynamically() {
	WCC_LINK=dynamic "$TOOLBIN/wcc" "$@"
}
# bare ARGUMENT...: the compiler for the mock, without any library.
bare() {
	# shellcheck disable=SC2086 # options
	"$WCC_GCC" $WCC_FLAGS -ffreestanding -nostdlib -fno-stack-protector $pic "$@"
}
# machine FILE: bits, byte order and machine number, from its header.
machine() {
	od -An -v -tu1 -N20 "$1" | xargs | {
		read -r _ _ _ _ class order _ _ _ _ _ _ _ _ _ _ _ _ a b
		case $order in
		1) echo "$((class * 32)) little $((b * 256 + a))" ;;
		*) echo "$((class * 32)) big $((a * 256 + b))" ;;
		esac
	}
}
cat >main.c <<'END'
int libc(void);
double half(double x) { return x / 2; }
int main(void) { return libc(); }
END
echo 'int main(void); void _start(void) { main(); for (;;); }' >crt.c
echo 'int libc(void) { return 0; }' >libc.c
cat >uses-libm.c <<'END'
double floor(double);
int main(int argc, char **argv) { (void)argv; return (int)floor(argc / 3.0); }
END

# sysroot: a mock of musl's for the architecture.
sysroot() {
	rm -rf "$SYSROOT"
	mkdir -p "$SYSROOT/usr/lib" "$SYSROOT/usr/include"
	bare -c crt.c libc.c
	for name in crt1 Scrt1 rcrt1; do
		cp crt.o "$SYSROOT/usr/lib/$name.o"
	done
	bare -c -x c -o "$SYSROOT/usr/lib/crti.o" /dev/null
	bare -c -x c -o "$SYSROOT/usr/lib/crtn.o" /dev/null
	"${AR}" rc "$SYSROOT/usr/lib/libc.a" libc.o
	[ -n "$(key static)" ] || bare -shared -Wl,-soname,libc.so -o "$SYSROOT/usr/lib/libc.so" libc.o
}

# check_programs: they are the architecture's.
check_programs() {
	want="$(key bits) $(key endian) $(key elf)"
	rm -f static dynamic pie lib.so main.o m
	ok "$arch: it compiles" wcc -Os -c main.c
	is "$arch: an object" "$(machine main.o)" "$want"
	ok "$arch: it links statically" wcc -o static main.o
	is "$arch: a static program" "$(machine static) $("$READELF" -l static | grep -c INTERP)" "$want 0"
	ok "$arch: with -pthread nothing but libc, either" wcc -pthread -o static main.o
}

# check_dynamic: programs and libraries that are linked dynamically, where there are any.
check_dynamic() {
	if [ -n "$(key static)" ]; then
		skip "$arch: dynamic programs" 'its linker makes none'
		return
	fi
	ok "$arch: it links dynamically" dynamically -o dynamic main.o
	is "$arch: a dynamic program has the loader of the description" \
		"$("$READELF" -l dynamic | sed -n 's/.*program interpreter: \(.*\)\]/\1/p')" "/lib/$WCC_LOADER"
	ok "$arch: a pie" dynamically -fPIE -pie -o pie main.c
	is "$arch: has it, too" "$("$READELF" -l pie | sed -n 's/.*program interpreter: \(.*\)\]/\1/p')" "/lib/$WCC_LOADER"
	ok "$arch: a library" wcc -fPIC -shared -o lib.so libc.c
	is "$arch: has none" "$("$READELF" -l lib.so | grep -c INTERP)" 0
	is "$arch: they need nothing but libc" "$("$READELF" -d static dynamic pie lib.so | grep NEEDED | sed 's/.*\[\(.*\)\]/\1/' | sort -u)" libc.so
}

# check_foreign: what the distribution has for the architecture is not the target's.
check_foreign() {
	triplet=$(key cross)
	is "$arch: only the sysroot's headers and gcc's" \
		"$(wcc -v -E -x c /dev/null 2>&1 | sed -n '/starts here/,/^End/p' | grep '^ ' | grep -v -e "^ $SYSROOT/" -e '^ .*/gcc\(-cross\)\{0,1\}/')" ''
	fails 1 "$arch: a library of the distribution's" wcc -o m uses-libm.c -lm
	said "$arch: is not found" 'cannot find -lm'
	fails 1 "$arch: its directory" wcc -o m uses-libm.c "-L/usr/${triplet%-}/lib" -lm
	said "$arch: is refused" "^wcc: -L/usr/${triplet%-}/lib: belongs to the machine that builds"
	is "$arch: -dumpmachine" "$(wcc -dumpmachine)" "$(key triplet)"
	is "$arch: -print-file-name of what the sysroot lacks" "$(wcc -print-file-name=libm.so.6)" libm.so.6
	like "$arch: -print-search-dirs" "$(wcc -print-search-dirs | sed -n 's/^libraries: =//p')" "^$SYSROOT/usr/lib/:$SYSROOT/lib/\$"
	like "$arch: gcc's own library" "$(wcc -print-libgcc-file-name)" '/gcc.*/libgcc\.a$'
}

export SYSROOT="$SCRATCH/sys"
for description in "$top"/support/arch/*.arch; do
	arch=$(basename "$description" .arch)
	cross=$(key cross)
	if ! command -v "${cross}gcc" >/dev/null; then
		skip "$arch" "no ${cross}gcc here"
		continue
	fi
	libgcc=$(key libgcc)
	if [ -n "$libgcc" ] && ! command -v "$libgcc" >/dev/null; then
		skip "$arch" "no $libgcc here"
		continue
	fi
	export WCC_GCC="${cross}gcc" WCC_TRIPLET WCC_LOADER WCC_FLAGS WCC_LIBGCC=
	WCC_TRIPLET=$(key triplet) WCC_LOADER=$(key loader) WCC_FLAGS=$(key cflags)
	# shellcheck disable=SC2086 # options
	[ -z "$libgcc" ] || WCC_LIBGCC=$("$libgcc" $WCC_FLAGS -print-libgcc-file-name)
	pic=-fPIC
	[ -z "$(key static)" ] || pic=
	AR=${cross}ar READELF=${cross}readelf
	sysroot
	check_programs
	check_dynamic
	check_foreign
done
done_testing
