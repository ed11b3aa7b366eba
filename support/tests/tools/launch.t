#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# launch: what it sends away and what not, what it counts, and wrong options. Real launchers are in scale/50-launchers.t.
set -u
# shellcheck source=support/tests/tap.sh
. support/tests/tap.sh

launch=$TOOLBIN/launch
gcc=$(command -v gcc)
cd "$SCRATCH" || exit 1
mkdir tools
printf '#!/bin/sh\necho tool\n' >tools/some-tool
chmod +x tools/some-tool

# begin OPTION...: with a launcher that cannot be run, so that nothing is sent away
begin() {
	options=$*
	# shellcheck disable=SC2086 # words
	"$launch" begin --by distcc --program "$SCRATCH/none" --cc "$gcc" --dir state $options tools
}
# counted: the line at the end
counted() {
	# shellcheck disable=SC2086 # words
	"$launch" end --by distcc --program "$SCRATCH/none" --cc "$gcc" --dir state $options
}
ok 'begin' begin --server a
is 'tools are linked' "$(state/bin/some-tool)" tool
is 'the script says what runs' "$(tail -n 1 state/bin/gcc)" \
	"exec $(realpath "$launch") compile --by distcc --program $SCRATCH/none --cc $gcc --dir state --server a -- \"\$@\""
is 'nothing was compiled' "$(counted)" ''

# ---- what is no file to compile ----

export PATH="$SCRATCH/state/bin:$PATH"
is 'a question to the compiler' "$(gcc -dumpversion)" "$("$gcc" -dumpversion)"
is 'text of standard input' "$(echo X | gcc -E -P -DX=7 -)" 7
echo 'int main(void) { return 0; }' >main.c
ok 'a program' gcc -o main main.c
ok 'that runs' ./main
ok 'a probe' gcc -nostdinc -c -x c -o probe.o /dev/null
ok 'assembler as output' gcc -nostdinc -S -o main.s main.c
ok 'an archive member is linked' sh -c "\"$gcc\" -c -o main.o main.c && gcc -o main main.o"
is 'none of these is counted' "$(counted)" ''

# ---- what is compiled here ----

# here REASON NAME ARGUMENT...: it is compiled as by the compiler alone, and counted
here() {
	here_reason=$1 here_name=$2
	shift 2
	ok 'begin' begin --server 127.0.0.1:1
	rm -f got.o want.o
	ok "$here_name is compiled" gcc "$@" -c -o got.o main.c
	"$gcc" "$@" -c -o want.o main.c
	ok "$here_name: the same bytes" cmp got.o want.o
	is "$here_name: the reason" "$(counted)" "distcc compiled 0 of 1 files; here: 1 $here_reason"
}
k=-nostdinc
here 'programs of the build' 'a program of the build' -O2
here 'debug information' 'debug information' $k -g
here 'no server' 'debug information that is off again' $k -g -g0
here '-specs' 'with specs' $k -specs=/dev/null
here 'this processor' 'for this processor' $k -march=native
here 'more files than an object' 'with a list of stacks' $k -fstack-usage
here 'profiles' 'with profiles' $k -ftest-coverage
here 'link-time optimisation' 'for the linker to optimise' $k -flto -frandom-seed=1
here 'other lists of headers than by -Wp' 'with -MMD' $k -MMD
here '-x' 'with -x' $k -x c
echo -O1 >some.options
here 'a file of options' 'with a file of options' $k @some.options
cp main.s main.S
begin --server a
ok 'assembler' gcc $k -c -o got.o main.S
ok 'two files' sh -c "cd '$SCRATCH' && cp main.c more.c && gcc $k -c main.c more.c"
is 'they are counted' "$(counted)" 'distcc compiled 0 of 2 files; here: 1 assembler, 1 several files'

# ---- no server, and errors ----

ok 'begin' begin --server 127.0.0.1:1 --server 127.0.0.1:2
gcc $k -c -o got.o main.c 2>first
is 'it compiles' "$?" 0
gcc $k -c -o got.o main.c 2>second
is 'each server is named, and that none is there' "$(grep -c '^launch: distcc 127.0.0.1:[12] is not used: it cannot be reached: ' first)" 2
like 'it goes on' "$(cat first)" '^launch: distcc has no server: all is compiled on this machine$'
is 'that is told once' "$(cat second)" ''
begin --server 127.0.0.1:1 --say 7
gcc $k -c -o got.o main.c 7>told 2>first
is 'to another descriptor' "$(wc -l <told)" 2
is 'and there alone' "$(cat first)" ''
echo 'int f(void) { return nothing; }' >wrong.c
gcc $k -c -o got.o wrong.c 2>got
is 'an error of the compiler: its status' "$?" 1
"$gcc" $k -c -o got.o wrong.c 2>want
is 'and its message' "$(cat got)" "$(cat want)"
sed -i "s,$gcc,$SCRATCH/no-gcc," state/bin/gcc
fails 127 'a compiler that is gone' gcc $k -c -o got.o main.c
said 'is named' "^launch: cannot run $SCRATCH/no-gcc: "

good="--program p --cc $gcc --dir state"
# bad MESSAGE WORD...: a usage error
bad() {
	bad_message=$1
	shift
	fails 2 "launch $*" "$launch" "$@"
	said 'is told' "^launch: $bad_message"
}
bad 'expected begin, compile or end' nothing
bad '--by, --program, --cc and --dir are needed' begin --by distcc tools
# shellcheck disable=SC2086 # words
{
	bad "--by 'x': expected ccache, distcc or icecc" begin --by x $good tools
	bad 'distcc needs a --server' begin --by distcc $good tools
	bad 'icecc needs --scheduler' begin --by icecc $good tools
	bad 'ccache needs --store and --limit' begin --by ccache $good tools
	for server in '' 'a b' ':1' 'a:' 'a:0' 'a:65536' 'a/0' 'a/x' '-a' 'u@a' 'a,lzo'; do
		bad "--server '$server': expected HOST or HOST:PORT" begin --by distcc $good --server "$server" tools
	done
	bad "--scheduler 'a/2': expected HOST or HOST:PORT$" begin --by icecc $good --scheduler a/2 tools
	for url in 'a' 'file:/x' 'https://a/b'; do
		bad "--remote '$url': expected http://HOST/PATH or redis://HOST:PORT" \
			begin --by ccache $good --store s --limit 9 --remote "$url" tools
	done
	bad "--remote 'http://a|b': a blank or '|'" begin --by ccache $good --store s --limit 9 --remote 'http://a|b' tools
	bad 'expected TOOLS' begin --by distcc $good --server a
	bad 'too many arguments' end --by distcc $good --server a b
	bad "expected -- and the compiler's arguments" compile --by distcc $good --server a
	fails 1 'no directory of tools' "$launch" begin --by distcc $good --server a nowhere
}
said 'is told' '^launch: cannot make state/bin: No such file'
done_testing
