#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# wcc: its settings, what it refuses, the command it makes, and what it says about the target.
set -eu
# shellcheck source=support/tests/tap.sh
. support/tests/tap.sh

cd "$SCRATCH"
unset LIBRARY_PATH SRC BUILD FILES IMAGE HOST WCC_GCC WCC_MODE WCC_LINK WCC_NAME WCC_SHOW SOURCE_DATE_EPOCH
export SYSROOT="$SCRATCH/sys"
mkdir -p sys/usr/lib
: >sys/usr/lib/libfoo.a
echo 'int x;' >a.c

wcc() {
	"$TOOLBIN/wcc" "$@"
}
# with VAR=VALUE... ARGUMENT...: wcc with that in its environment.
with() {
	(
		while :; do
			case $1 in
			[A-Z]*=*) export "${1%%=*}=${1#*=}" && shift ;;
			*) break ;;
			esac
		done
		wcc "$@"
	)
}
# show ARGUMENT...: the command, without the specs below it.
show() {
	with "$@" | grep -v '^\(#.*\)\{0,1\}$'
}

ok 'help' wcc --help
said 'help gives the usage' '^usage: wcc '
ok 'help asks for no sysroot' with SYSROOT= --help

# settings
fails 2 'no sysroot' with SYSROOT= -c a.c
said 'no sysroot: says so' '^wcc: SYSROOT is not set: .*usr/include'
fails 2 'a relative sysroot' with SYSROOT=sys -c a.c
said 'a relative sysroot: says so' "^wcc: SYSROOT is 'sys': it must be an absolute path"
fails 2 'a relative build directory' with BUILD=. -c a.c
said 'a relative build directory: says so' "^wcc: BUILD is '.': "
fails 2 'a mode there is not' with WCC_MODE=host -c a.c
said 'a mode there is not: says so' "^wcc: WCC_MODE is 'host': it must be target or kernel"
fails 2 'a kind of link there is not' with WCC_LINK=shared -c a.c
said 'a kind of link there is not: says so' "^wcc: WCC_LINK is 'shared': it must be static or dynamic"
fails 2 'a loader that is a path' with WCC_LOADER=/lib/ld.so -c a.c
said 'a loader that is a path: says so' "^wcc: WCC_LOADER is '/lib/ld.so': it must be the name of a file in /lib"
fails 2 'a loader that the specs would expand' with WCC_LOADER='ld%s' -c a.c
fails 2 'a relative libgcc' with WCC_LIBGCC=libgcc.a -c a.c
said 'a relative libgcc: says so' "^wcc: WCC_LIBGCC is 'libgcc.a': it must be the absolute path"
fails 1 'no compiler' with WCC_GCC=/nonexistent/gcc -c a.c
said 'no compiler: says so' '^wcc: cannot run /nonexistent/gcc: install it or set WCC_GCC: No such'
fails 1 'no compiler to ask' with WCC_GCC=/nonexistent/gcc -dumpmachine
said 'no compiler to ask: says so' '^wcc: cannot run /nonexistent/gcc: install it or set WCC_GCC'

# refusals
fails 1 'a host include path' wcc -c -I/usr/include a.c
said 'a host include path: names it' '^wcc: -I/usr/include: belongs to the machine that builds'
is 'a host include path: compiles nothing' "$(ls a.o 2>/dev/null || :)" ''
fails 1 'a host library' wcc a.c /usr/lib/libfoo.so
said 'a host library: names it' '^wcc: /usr/lib/libfoo.so: .*fix the package'
echo '-c @inner a.c' >outer
echo "-L '/opt/my lib'" >inner
fails 1 'a host path in a response file' wcc @outer
said 'a host path in a response file: names it' '^wcc: -L /opt/my lib: '
echo '@loop' >loop
fails 1 'a response file that names itself' wcc @loop
said 'a response file that names itself: says so' '^wcc: @loop: cannot read the response file: '
fails 1 'C++' wcc -c a.cc
said 'C++: says so' '^wcc: a.cc: C++ is not supported'
ok 'a place below a host tree is fine' with SRC=/usr/src/p BUILD=/home/u/b \
	-c -I/usr/src/p/include -I/home/u/b a.c

# the command
command=$(show --wcc-show -c 'a b.c')
like 'the sysroot comes first' "$command" "^gcc --sysroot=$SYSROOT -specs=/proc/self/fd/[0-9]* -mmusl "
like 'arguments come last, quoted' "$command" " -c 'a b.c'\$"
like 'the specs are shown' "$(wcc --wcc-show -c a.c)" '^# .*-isystem %:getenv(SYSROOT /usr/include) '
set -- -c 'a b.c' "-DX=\"it's\"" '' "\$HOME" '*'
eval "set -- x $(show --wcc-show "$@")"
is 'what is shown is shell' "$(shift $(($# - 6)) && printf '<%s>' "$@")" \
	"<-c><a b.c><-DX=\"it's\"><><\$HOME><*>"
is 'WCC_SHOW does the same' "$(with WCC_SHOW=1 -c 'a b.c')" "$(wcc --wcc-show -c 'a b.c')"
rm -f a.o
wcc --wcc-show -c a.c >/dev/null
is 'nothing is run' "$(ls a.o 2>/dev/null || :)" ''
like 'another gcc' "$(show WCC_GCC=my-gcc --wcc-show -c a.c)" '^my-gcc '
like 'no hardening that was not asked for' "$command" \
	' -fno-stack-protector -fno-stack-clash-protection -fcf-protection=none -U_FORTIFY_SOURCE '
like 'response files become one' "$(echo "-DX='a b' -c a.c" >args && show --wcc-show -O2 @args)" \
	' @/proc/self/fd/[0-9]*$'
like "the architecture's options come before the package's" "$(show WCC_FLAGS=' -m32  -O0 ' --wcc-show -O2 a.c)" ' -U_FORTIFY_SOURCE -m32 -O0 .* -O2 a\.c$'
like 'the loader' "$(with WCC_LOADER=ld-test.so.1 --wcc-show a.c)" ':-dynamic-linker /lib/ld-test\.so\.1}'
unlike "else it is gcc's" "$(wcc --wcc-show a.c)" dynamic-linker
alone=$(with WCC_LIBGCC=/opt/gcc/libgcc.a --wcc-show a.c -lgcc)
like "another gcc's libgcc" "$alone" '^# /opt/gcc/libgcc\.a$'
like 'which -lgcc is, too' "$alone" ' -L/opt/gcc$'
unlike 'no start files of a gcc that they are not for' "$alone" 'crtbegin\|crtend\|-mmusl'
like 'else they are there' "$(wcc --wcc-show a.c)" 'crtend\.o'
like 'no seed without LTO' "$(show --wcc-show -c a.c | grep -c random-seed || :)" '^0$'
like 'a seed for LTO: what is made' \
	"$(show BUILD="$SCRATCH" --wcc-show -flto -c a.c -o sub/a.o)" ' -frandom-seed=/build/sub/a.o '
like 'no seed when one is given' \
	"$(show --wcc-show -flto -frandom-seed=1 -c a.c | tr ' ' '\n' | grep -c random-seed)" '^1$'
like 'a program is static' "$(wcc --wcc-show a.c)" '^# .*!static-pie:-static'
unlike 'but when it is to be dynamic' "$(with WCC_LINK=dynamic --wcc-show a.c)" '!static-pie:-static'

maps() {
	tr ' ' '\n' | sed -n "s,^-fmacro-prefix-map=$SCRATCH/,,p" | paste -sd ' '
}
is 'maps: the longest last' \
	"$(show SRC="$SCRATCH/w/src" BUILD="$SCRATCH/w" HOST="$SCRATCH/w/s" --wcc-show -c a.c | maps)" \
	'w=/build w/s=/host sys=/sysroot w/src=/src'
is 'maps: by the name of the package' \
	"$(show WCC_NAME=zlib SRC="$SCRATCH/a" BUILD="$SCRATCH/bc" FILES="$SCRATCH/files" IMAGE="$SCRATCH/image" --wcc-show -c a.c | maps)" \
	'a=/src/zlib bc=/build/zlib sys=/sysroot image=/image/zlib files=/files/zlib'

# for a kernel: maps, and nothing else
is 'kernel mode only maps' \
	"$(with WCC_MODE=kernel SYSROOT= SRC=/s BUILD=/b --wcc-show -I/usr/include -c @x a.cc)" \
	'gcc -fdebug-prefix-map=/b=/build -fmacro-prefix-map=/b=/build -fdebug-prefix-map=/s=/src -fmacro-prefix-map=/s=/src -I/usr/include -c @x a.cc'
for question in -dumpmachine -print-search-dirs -print-multiarch -print-file-name=libc.a --version; do
	is "kernel mode: $question is gcc's" "$(with WCC_MODE=kernel $question)" "$(gcc $question)"
done

# a makefile that has a variable of that name for something else
is 'WCC_SRC goes before SRC' "$(with WCC_MODE=kernel SYSROOT= SRC=./lib WCC_SRC=/s BUILD=/b WCC_BUILD= --wcc-show -c a.c)" \
	'gcc -fdebug-prefix-map=/b=/build -fmacro-prefix-map=/b=/build -fdebug-prefix-map=/s=/src -fmacro-prefix-map=/s=/src -c a.c'
fails 2 'WCC_SRC is judged as SRC is' with WCC_SRC=lib -c a.c
said 'by its name' "^wcc: WCC_SRC is 'lib': "
is 'WCC_SYSROOT goes before SYSROOT' "$(with WCC_SYSROOT=/other -print-sysroot)" /other

# probes: what gcc takes is kept
mkdir bin
cat >bin/gcc <<END
#!/bin/sh
echo called >>"$SCRATCH/called"
exec $(command -v gcc) "\$@"
END
chmod 755 bin/gcc
# probe COMPILER ARGUMENT...: how often gcc was called for that, and what wcc's exit status is
probe() {
	: >called
	rm -f probe.o
	status=0
	compiler=$1
	shift
	with WCC_MODE=kernel SYSROOT= WCC_GCC="$SCRATCH/bin/gcc" WCC_PROBES="$SCRATCH/probes/of" WCC_COMPILER="$compiler" "$@" >probe.out 2>&1 || status=$?
	echo "$(wc -l <called) $status"
}
empty='-Werror -O2 -g -Wall -fno-common -c -x c /dev/null -o probe.o'
# shellcheck disable=SC2086 # words
{
	is 'a probe calls gcc' "$(probe one $empty)" '1 0'
	cp probe.o first.o
	is 'once' "$(probe one $empty)" '0 0'
	ok 'and gives what gcc gave' cmp probe.o first.o
	gcc $empty
	ok 'which is what it would' cmp probe.o first.o
	is 'another name is the same probe' "$(probe one -Werror -O2 -g -Wall -fno-common -c -x c /dev/null -o other.o)" '0 0'
	is 'other options are another' "$(probe one -O1 $empty)" '1 0'
	is 'another compiler is, too' "$(probe two $empty)" '1 0'
	is 'what gcc does not take' "$(probe one -fno-such-option $empty)" '1 1'
	is 'is asked again' "$(probe one -fno-such-option $empty)" '1 1'
	like 'with its message' "$(cat probe.out)" 'unrecognized command-line option'
	for more in '-include a.c' -I. -Wp,-MD,a.d -fprofile-arcs -ftest-coverage -gsplit-dwarf -save-temps @x -v -fplugin=x; do
		echo >x
		probe one $more $empty >/dev/null
		is "what reads or writes more: $more" "$(probe one $more $empty | cut -c1)" 1
	done
	is 'a file is none' "$(probe one -c -x c a.c -o probe.o) $(probe one -c -x c a.c -o probe.o)" '1 0 1 0'
	for file in probes/of/*; do echo >>"$file"; done
	is 'one that is too long is asked again' "$(probe one $empty)" '1 0'
	for file in probes/of/*; do : >"$file"; done
	is 'an empty one, too' "$(probe one $empty)" '1 0'
	is 'and kept' "$(probe one $empty)" '0 0'
	ok 'as it was' cmp probe.o first.o
	rm -rf probes
	echo >probes
	is 'where nothing can be kept' "$(probe one $empty) $(probe one $empty)" '1 0 1 0'
}

# questions
for question in --version -dumpversion -dumpfullversion -print-libgcc-file-name \
	-print-prog-name=ld -print-file-name=include -print-file-name=plugin -print-multi-lib; do
	is "$question is gcc's" "$(wcc $question)" "$(gcc $question)"
done
is '-dumpmachine' "$(wcc -dumpmachine)" "$(gcc -dumpmachine | sed 's/-gnu/-musl/')"
is '-print-sysroot' "$(wcc -print-sysroot)" "$SYSROOT"
is '-print-multiarch' "$(wcc -print-multiarch)" ''
is '-print-search-dirs' "$(wcc -print-search-dirs | sed -n 's/^libraries: =//p')" \
	"$SYSROOT/usr/lib/:$SYSROOT/lib/"
is 'a library of the sysroot' "$(wcc -print-file-name=libfoo.a)" "$SYSROOT/usr/lib/libfoo.a"
is 'a library of the machine is not found' "$(wcc -print-file-name=libc.so.6)" libc.so.6
is 'a version from standard input' \
	"$(printf '__GNUC__ __GNUC_MINOR__\n' | wcc -E -P -x c -)" \
	"$(printf '__GNUC__ __GNUC_MINOR__\n' | gcc -E -P -x c -)"
done_testing
