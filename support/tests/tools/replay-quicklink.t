#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# replay's stand-in for the linker: a script that links as the kernel's scripts/link-vmlinux.sh does,
# with its names of now and of before, gives the same bytes with it, and links less often.
# shellcheck disable=SC2016 # text of a script
set -u
# shellcheck source=support/tests/tap.sh
. support/tests/tap.sh

cd "$SCRATCH" || exit 1
mkdir real full quick
# The real programs, which tell that they ran.
for name in ld nm; do
	printf '#!/bin/sh\necho "%s $*" >>"%s/calls"\nexec %s "$@"\n' $name "$SCRATCH" "$(command -v $name)" >real/my$name
	chmod +x real/my$name
done
PATH=$SCRATCH/real:$PATH
export LD=myld NM=mynm

# The table has the address of each symbol, as kallsyms has, and at its end a byte for each, so that
# the file is not always longer if the table is; the kernel's code refers to it.
cat >link.sh <<'END'
set -e
link() {
	out=$1
	shift
	$LD -e 0 --build-id=sha1 -o "$out" --whole-archive vmlinux.a $STAMP --no-whole-archive "$@"
}
table() {
	$NM -n "$1" | sed '/ table/d' >"$1.syms"
	awk '/ last$/ { next } BEGIN { print ".section .rodata\n.globl table\ntable:" } NR <= 8 { print ".quad 0x" $1 }
		{ n++ } END { print ".globl last\n.zero " n "\nlast: .byte 0" }' "$1.syms" >"$2.S"
	gcc -c -o "$2.o" "$2.S"
}
if [ "$NAMES" = now ]; then
	: >none.syms
	printf '.section .rodata\n.globl table\ntable:\n.globl last\nlast: .byte 0\n' >.tmp_vmlinux0.kallsyms.S
	gcc -c -o .tmp_vmlinux0.kallsyms.o .tmp_vmlinux0.kallsyms.S
	one=.tmp_vmlinux1 t1=$one.kallsyms two=.tmp_vmlinux2 t2=$two.kallsyms
	link $one .tmp_vmlinux0.kallsyms.o
else
	one=.tmp_vmlinux.kallsyms1 t1=$one two=.tmp_vmlinux.kallsyms2 t2=$two
	link $one
fi
table $one $t1
link $two $t1.o
table $two $t2
link vmlinux $t2.o
$NM -n vmlinux | sed '/ table/d' >System.map
cmp System.map $two.syms
END
# objects COUNT: a kernel with so many functions, in both directories.
objects() {
	{
		echo 'extern char table[] __attribute__((weak)); char *where(void) { return table; }'
		i=0
		while [ $i -lt "$1" ]; do
			echo "int function$i(void) { return $i; }"
			i=$((i + 1))
		done
	} >kernel.c
	for dir in full quick; do
		(cd $dir && gcc -O2 -c -o kernel.o ../kernel.c && rm -f vmlinux.a && ar cDPrST vmlinux.a kernel.o)
	done
}
# linked DIRECTORY: by the script, in it.
linked() {
	: >calls
	(cd "$1" && sh ../link.sh)
}
# The same with the stand-in, in quick; first what is done ahead, if $ahead is not empty.
link_dir=$SCRATCH/quick/.replay/link
quick() {
	: >calls
	env -C quick REPLAY_LINK="$link_dir" PATH="$link_dir/bin:$PATH" sh -c "${ahead:-:} && { $between; } && sh ../link.sh"
}
links() { grep -c '^ld' calls; }
same() { cmp full/vmlinux quick/vmlinux && cmp full/System.map quick/System.map; }

for NAMES in now before; do
	export NAMES STAMP=
	third=.tmp_vmlinux3.kallsyms.o
	test $NAMES = now || third=.tmp_vmlinux.kallsyms3.o
	between=: ahead=
	rm -rf quick full
	mkdir -p full "$link_dir/bin"
	for name in myld mynm ahead; do
		ln -s "$TOOLBIN/replay" "$link_dir/bin/$name"
	done
	objects 10
	ok "$NAMES: the script alone" linked full
	is 'links three times' "$(links)" 3
	ok 'a first build' quick
	is 'links as often: there is no table yet' "$(links)" 3
	ok 'and gives the same' same
	ok 'once more' quick
	is 'a link less' "$(links)" 2
	ok 'gives the same' same
	ahead=ahead
	objects 10
	ok 'with a link ahead' quick
	is 'one ahead, one more' "$(links)" 2
	is 'and one list of symbols less than links' "$(grep -c '^nm' calls)" 2
	ok 'the same' same
	sed 's/return 3/return 3 * 0x12345/' kernel.c >edited.c
	for dir in full quick; do gcc -O2 -c -o $dir/kernel.o edited.c; done
	ok 'an edit, linked fully' linked full
	ok 'and the quick way' quick
	is 'by two links' "$(links)" 2
	ok 'the same' same
	objects 12
	ok 'more symbols, fully' linked full
	ok 'and the quick way' quick
	is 'needs all links' "$(links)" 3
	ok 'the same' same
	objects 13
	ok 'one symbol more, fully' linked full
	ok 'and the quick way, with a table in a file of the same length' quick
	is 'needs all links' "$(links)" 3
	ok 'the same' same
	ok 'again' quick
	is 'not the next time' "$(links)" 2
	touch quick/$third
	ok 'a build that needed a third table' quick
	is 'is no model' "$(links)" 3
	ok 'the same' same
	touch -d '1 hour ago' quick/$third
	ok 'one before it' quick
	ok 'and once more' quick
	is 'does not matter' "$(links)" 2
	ok 'the same' same
	rm quick/$third
	sed 's/return 5/return 555555/' kernel.c >edited.c
	between='gcc -O2 -c -o kernel.o ../edited.c; sleep 0.02; touch vmlinux.a'
	ok 'an input that changed after the link ahead' quick
	between=:
	gcc -O2 -c -o full/kernel.o edited.c
	ok 'fully' linked full
	ok 'is in it' same
	echo 'int nothing(void); int broken(void) { return nothing(); }' | gcc -O2 -xc -c -o quick/kernel.o -
	fails 1 'a link that fails' quick
	said 'is told by the linker' 'nothing'
	between='gcc -O2 -c -o kernel.o ../edited.c; touch vmlinux.a'
	ok 'what cannot be linked ahead, but later' quick
	is 'is no error' "$(grep -c nothing "$SCRATCH/.tap.out")" 0
	between=:
	objects 12
	ok 'and made' quick
	ok 'fully' linked full
	ok 'the same' same
done
# Entries of PATH that are empty, as the one behind the stand-in here, are this directory.
mkdir empty && ln -s ../real/myld empty/myld
ok 'a linker in this directory' env -C empty REPLAY_LINK="$link_dir" PATH="$link_dir/bin::/usr/bin:/bin" myld --version
said 'is found' 'GNU ld'
ok 'other arguments are the real program'\''s' env REPLAY_LINK="$link_dir" PATH="$link_dir/bin:$PATH" myld --version
said 'as is' 'GNU ld'

done_testing
