#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# mkinitramfs --check-needs: no image whose programs lack an interpreter or a library.
set -eu
# shellcheck source=support/tests/mkinitramfs.sh
. support/tests/mkinitramfs.sh
cc=${CC:-gcc}
musl=/lib/ld-musl-test.so.1

# check OPTION...: an image of layer a, with what is needed.
check() {
	rm -f out man
	"$mki" -o out -m man --check-needs --layer a=a "$@"
}
# lacks NAME LINE...: just these are told, and nothing is made.
lacks() {
	lacks_name=$1
	shift
	fails 1 "$lacks_name" check
	is '... is told' "$(cat .tap.out)" "$(printf 'mkinitramfs: %s\n' "$@")"
	is '... and nothing is made' "$(find . -name out -o -name man)" ''
}
# script FILE LINE: an executable one.
script() {
	mkdir -p "$(dirname "$1")"
	printf '%s\n' "$2" 'true' >"$1"
	chmod 755 "$1"
}

# Scripts.
script a/bin/tool '#! /bin/sh -e'
lacks 'a script without its interpreter' \
	'/bin/tool (from a): its interpreter /bin/sh is not in the image: select the package that has it, or leave it out'
rm -f out
ok 'it is made without the check' "$mki" -o out --layer a=a
ok 'and with it when only its text is wanted' sh -c "chmod 644 a/bin/tool && '$mki' -o out --check-needs --layer a=a"
chmod 755 a/bin/tool
printf 'x' >a/bin/busybox
ln -s busybox a/bin/sh
lacks 'an interpreter that cannot be executed' \
	'/bin/tool (from a): its interpreter /bin/sh is in the image, but cannot be executed (file 0644): select the package that has it, or leave it out'
rm a/bin/busybox
lacks 'one that is a link to nothing' \
	'/bin/tool (from a): its interpreter /bin/sh is in the image, but as a link to busybox, which is not: select the package that has it, or leave it out'
ln -s sh a/bin/busybox
lacks 'links in a circle' \
	'/bin/tool (from a): its interpreter /bin/sh is in the image, but as a link to busybox, which is not: select the package that has it, or leave it out'
rm a/bin/busybox
mkdir -p over/bin
printf 'x' >over/bin/busybox
chmod 755 over/bin/busybox
ok 'an overlay brings it' check --overlay over=over
ok 'an appended archive brings it' sh -c "'$mki' -o more.gz --compress gzip --layer over=over &&
	'$mki' -o out --check-needs --layer a=a --append more.gz"
ok 'what is there already has it' sh -c "'$mki' -o more -m there --layer over=over &&
	'$mki' -o out --check-needs --layer a=a --over there"
head -c 30 more.gz >cut.gz
fails 1 'an appended archive that is cut short' check --append cut.gz
said 'is told' 'cut.gz: cannot look for programs and libraries there: '
fails 1 'one that is not there' check --append none
said 'is told' 'none: cannot read: No such file'
cp over/bin/busybox a/bin/busybox
ln -s ../bin a/usr
script a/bin/relative '#!usr/sh'
ok 'through a link to a directory, and from the root' check
script a/bin/py '#!/usr/bin/env python3'
script a/bin/split '#!/usr/env -S -i A=1 awk -f'
script a/bin/empty '#! '
lacks 'env, and what it runs; a line without a name' \
	'/bin/empty (from a): it cannot run as a script: its first line names no interpreter: build it anew, or leave it out' \
	'/bin/py (from a): its interpreter /usr/bin/env is not in the image: select the package that has it, or leave it out' \
	'/bin/split (from a): its interpreter /usr/env is not in the image: select the package that has it, or leave it out'
printf '#!/bin/sh\r\n' >a/bin/empty
fails 1 'a first line that ends as in DOS' check
said 'shows that' 'its interpreter "/bin/sh\\015" is not in the image'
rm a/bin/empty
cp over/bin/busybox a/bin/env
script a/bin/py '#!/bin/env python3'
lacks 'env that does not find it' \
	'/bin/py (from a): its interpreter python3, which env is to find, is not in /usr/sbin, /usr/bin, /sbin or /bin of the image: select the package that has it, or leave it out' \
	'/bin/split (from a): its interpreter awk, which env is to find, is not in /usr/sbin, /usr/bin, /sbin or /bin of the image: select the package that has it, or leave it out'
mkdir a/sbin
cp over/bin/busybox a/sbin/awk
ln -s ../bin/busybox a/sbin/python3
ok 'env that does' check
echo "file /bin/mine $SCRATCH/a/bin/tool 0755 0 0" >table
rm -r a/bin/sh
fails 1 'a file of a table' "$mki" -o out --check-needs --table t=table --layer a=a
said 'is told by its line' '^mkinitramfs: /bin/mine (from table:1): its interpreter /bin/sh is not in the image'
seq 30 | while read -r i; do script "a/bin/tool$i" '#!/bin/none'; done
fails 1 'very many' check
said 'are counted' '^mkinitramfs: and 12 more like these'
rm -r a

# Real ELF files: a program, its library, the library's library.
echo 'int c(void) { return 3; }' >c.c
echo 'int c(void); int b(void) { return c(); }' >b.c
echo 'int b(void); int main(void) { return b() - 3; }' >m.c
mkdir -p a/bin a/lib a/opt/lib
"$cc" -shared -nostdlib -fPIC -o a/opt/lib/libneedc.so.1 -Wl,-soname,libneedc.so.1 c.c
"$cc" -shared -nostdlib -fPIC -o a/lib/libneedb.so -Wl,-soname,libneedb.so b.c a/opt/lib/libneedc.so.1
# link OUT OPTION...: the program, with musl's loader.
link() {
	"$cc" -fPIE -pie -nostartfiles -nodefaultlibs -Wl,-e,main -Wl,-dynamic-linker,$musl -Wl,--allow-shlib-undefined \
		-o "$@" m.c a/lib/libneedb.so
}
link a/bin/prog
remedy='select the package that has it, or link it statically'
lacks 'a dynamic program alone' \
	"/bin/prog (from a): its interpreter $musl is not in the image: $remedy" \
	'/lib/libneedb.so (from a): its library libneedc.so.1 is not in the image (looked for in /lib:/usr/local/lib:/usr/lib): select the package that has it, or leave out what needs it'
"$cc" -shared -nostdlib -fPIC -o a/lib/libc.so c.c
ln -s libc.so a$musl
mkdir a/etc
printf '/lib\n/opt/lib\n' >a/etc/ld-musl-test.path
ok "musl's own list of directories" check
rm -r a/etc
mv a/opt/lib/libneedc.so.1 a/lib
ok 'or the three that it knows' check
mv a/lib/libneedb.so .
lacks 'a library of a program' "/bin/prog (from a): its library libneedb.so is not in the image (looked for in /lib:/usr/local/lib:/usr/lib): $remedy"
mv libneedb.so a/lib
mv a/lib/libneedc.so.1 a/opt/lib
# shellcheck disable=SC2016 # $ORIGIN is for the loader
link a/bin/prog -Wl,-rpath,'$ORIGIN/../opt/lib'
ok 'what leads there by the path of the program' check
mv a/bin/prog a/opt/lib/prog
ln -s ../opt/lib/prog a/bin/prog
fails 1 'which begins where the file is, not the link' check
said 'and that is told' '^mkinitramfs: /lib/libneedb.so (from a): its library libneedc.so.1 .*(looked for in /opt/lib/../opt/lib:/lib:'
# shellcheck disable=SC2016
"$cc" -shared -nostdlib -fPIC -o a/lib/libneedb.so -Wl,-soname,libneedb.so b.c a/opt/lib/libneedc.so.1 -Wl,--enable-new-dtags,-rpath,'${ORIGIN}/../opt/lib'
ok 'the path of the library' check
chmod 644 a/lib/* a/opt/lib/*.so.1
chmod 755 a/lib/libc.so
ok 'libraries that are not executable' check
printf 'ASCII' >a/opt/lib/libneedc.so.1
lacks 'a library that is a text' '/lib/libneedb.so (from a): its library /opt/lib/libneedc.so.1 is no ELF file: put the library there'
head -c 100 a/lib/libneedb.so >a/opt/lib/libneedc.so.1
lacks 'one that is cut short' '/opt/lib/libneedc.so.1 (from a): it cannot run as an ELF file: its program headers lie beyond its end: build it anew, or leave it out'
cp a/lib/libneedb.so a/opt/lib/libneedc.so.1
printf '\267' | dd of=a/opt/lib/libneedc.so.1 bs=1 seek=18 conv=notrunc status=none
fails 1 'one for another machine' check
said 'is told' '^mkinitramfs: /lib/libneedb.so (from a): its library /opt/lib/libneedc.so.1 is for another machine (aarch64, 64 bit, little-endian, not .*): build both for the same'
cp a/lib/libneedb.so a/opt/lib/libneedc.so.1
rm a$musl
cp a/lib/libc.so a$musl
printf '\267' | dd of=a$musl bs=1 seek=18 conv=notrunc status=none
fails 1 'an interpreter for another machine' check
said 'is told' "^mkinitramfs: /opt/lib/prog (from a): its interpreter $musl is for another machine (aarch64, "
rm -r a

# A name with a slash is a path.
mkdir -p a/bin a/lib
"$cc" -shared -nostdlib -fPIC -o a/lib/libneedb.so c.c
echo 'int c(void); int main(void) { return c(); }' >mc.c
"$cc" -fPIE -pie -nostartfiles -nodefaultlibs -Wl,-e,main -Wl,-dynamic-linker,$musl -o a/bin/prog mc.c a/lib/libneedb.so
cp a/lib/libneedb.so a$musl
lacks 'a library by its path on the machine that built it' \
	"/bin/prog (from a): its library a/lib/libneedb.so is not in the image: $remedy"
mkdir -p a/a/lib
cp a/lib/libneedb.so a/a/lib
ok 'from the root it may be there' check
rm -r a

# A plugin, which nobody names.
mkdir -p a/usr/lib/plugins a/odd
"$cc" -shared -nostdlib -fPIC -o a/odd/libneedc.so -Wl,-soname,libneedc.so c.c
"$cc" -shared -nostdlib -fPIC -o a/usr/lib/plugins/p.so b.c a/odd/libneedc.so
ok 'a plugin whose library is anywhere' check
rm -r a/odd
lacks 'is told if it is nowhere' '/usr/lib/plugins/p.so (from a): its library libneedc.so is not in the image (looked for everywhere): select the package that has it, or leave out what needs it'
rm -r a

# A loader that is not musl's.
mkdir -p a/bin a/lib64 a/usr/lib/test-linux-gnu a/opt a/etc/ld.so.conf.d
"$cc" -shared -nostdlib -fPIC -o a/opt/libneedc.so -Wl,-soname,libneedc.so c.c
"$cc" -shared -nostdlib -fPIC -o a/usr/lib/test-linux-gnu/libneedb.so -Wl,-soname,libneedb.so b.c a/opt/libneedc.so
"$cc" -fPIE -pie -nostartfiles -nodefaultlibs -Wl,-e,main -Wl,-dynamic-linker,/lib64/ld-linux.so.2 -Wl,--allow-shlib-undefined \
	-o a/bin/prog m.c a/usr/lib/test-linux-gnu/libneedb.so
cp a/opt/libneedc.so a/lib64/ld-linux.so.2
lacks 'a library where that one does not look' \
	'/usr/lib/test-linux-gnu/libneedb.so (from a): its library libneedc.so is not in the image (looked for in /lib:/usr/local/lib:/usr/lib:/lib64:/usr/lib64:/usr/lib/test-linux-gnu): select the package that has it, or leave out what needs it'
echo '/opt # more' >a/etc/ld.so.conf.d/x.conf
ok 'where its configuration says' check
rm -r a

# A static program for another machine, which needs nothing.
# elf FILE CLASS ORDER TYPE MACHINE...: an ELF file with one program header and no more, of these bytes.
elf() {
	file=$1 class=$2 order=$3
	shift 3
	mkdir -p "$(dirname "$file")"
	{
		printf '\177ELF'
		# shellcheck disable=SC2059 # bytes
		printf "\\$class\\$order\\1"
		head -c 9 /dev/zero
		# shellcheck disable=SC2059
		printf "$(printf '\\%s' "$@")"
		head -c 300 /dev/zero
	} >"$file"
	case $class$order in
	21) printf '\100' | dd of="$file" bs=1 seek=32 conv=notrunc status=none && printf '\070\0\1\0' | dd of="$file" bs=1 seek=54 conv=notrunc status=none ;;
	12) printf '\0\0\0\064' | dd of="$file" bs=1 seek=28 conv=notrunc status=none && printf '\0\040\0\1' | dd of="$file" bs=1 seek=42 conv=notrunc status=none ;;
	esac
	chmod 755 "$file"
}
elf a/bin/ours 2 1 2 0 267 0
elf a/bin/host 2 1 2 0 076 0
elf a/bin/old 1 2 0 2 0 4
elf a/usr/lib/module.ko 2 1 1 0 076 0
elf a/usr/lib/firmware 2 1 2 0 076 0
chmod 644 a/usr/lib/firmware
ok 'programs for any machine' check
fails 1 'for one machine' check --machine 64,little,183
is 'those for others are told' "$(cat .tap.out)" "$(printf 'mkinitramfs: %s\n' \
	"/bin/host (from a): it is for another machine (x86_64, 64 bit, little-endian, not aarch64, 64 bit, little-endian): build it for the image's machine, or leave it out" \
	"/bin/old (from a): it is for another machine (m68k, 32 bit, big-endian, not aarch64, 64 bit, little-endian): build it for the image's machine, or leave it out")"
rm a/bin/host a/bin/old
ok 'object files and firmware are not programs' check --machine 64,little,183
for wrong in 64 64,little 64,middle,183 16,little,183 64,little,65536 64,little,183x; do
	fails 2 "--machine $wrong" check --machine "$wrong"
	said 'says how it is given' "^mkinitramfs: --machine is '$wrong': give it as 64,little,62"
done
fails 2 'a machine without the check' "$mki" -o out --layer a=a --machine 64,little,183
said 'says so' '--machine goes with --check-needs'
rm -r a

# The host's own way, whatever its C library is.
echo 'int main(void) { return 0; }' >m.c
mkdir -p a/bin
"$cc" -o a/bin/prog m.c
fails 1 'a program of this machine' check
said 'lacks its interpreter' '/bin/prog (from a): its interpreter /'
ldd a/bin/prog | sed -n 's/.*=> //; s/^[[:blank:]]*\(\/[^ ]*\) (.*/\1/p' | while read -r file; do
	mkdir -p "a/$(dirname "$file")"
	cp -L "$file" "a/$file"
done
ok 'with all that ldd names' check
rm -r a
mkdir -p a/bin
if "$cc" -static -o a/bin/prog m.c 2>/dev/null; then
	ok 'a static program needs nothing' check
else
	skip 'a static program' 'no static C library here'
fi
fails 2 'the option is one for making archives' "$mki" --list --check-needs out
said 'which is told' 'do not go with --list'
done_testing
