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
vmlinux_link() {
	out=$1
	shift
	$LD -e 0 --build-id=sha1 -o "$out" --whole-archive vmlinux.a $STAMP --no-whole-archive "$@" $kallsymso
}
table() {
	$NM -n "$1" | sed '/ table/d' >"$1.syms"
	awk '/ last$/ { next } BEGIN { print ".section .rodata\n.globl table\ntable:" } NR <= 8 { print ".quad 0x" $1 }
		{ n++ } END { print ".globl last\n.zero " n "\nlast: .byte 0" }' "$1.syms" >"$2.S"
	gcc -c -o "$2.o" "$2.S"
}
kallsymso=
${MAKE} -f "${srctree}/scripts/Makefile.build" obj=init init/version-timestamp.o
if [ "$NAMES" = now ]; then
	: >none.syms
	printf '.section .rodata\n.globl table\ntable:\n.globl last\nlast: .byte 0\n' >.tmp_vmlinux0.kallsyms.S
	gcc -c -o .tmp_vmlinux0.kallsyms.o .tmp_vmlinux0.kallsyms.S
	one=.tmp_vmlinux1 t1=$one.kallsyms two=.tmp_vmlinux2 t2=$two.kallsyms kallsyms_sysmap=$two.syms
	vmlinux_link $one .tmp_vmlinux0.kallsyms.o
else
	one=.tmp_vmlinux.kallsyms1 t1=$one two=.tmp_vmlinux.kallsyms2 t2=$two kallsyms_vmlinux=$two
	vmlinux_link $one
fi
table $one $t1
vmlinux_link $two $t1.o
table $two $t2
kallsymso=$t2.o
vmlinux_link vmlinux
$NM -n vmlinux | sed '/ table/d' >System.map
cmp System.map "${kallsyms_sysmap:-$kallsyms_vmlinux.syms}"
echo "$0" >.vmlinux.d
END
export MAKE=true srctree=.
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
		(cd $dir && gcc -O2 -xc -c -o kernel.o - <../kernel.c && rm -f vmlinux.a && ar cDPrST vmlinux.a kernel.o)
	done
}
# compiled: edited.c, in both.
compiled() {
	for dir in full quick; do gcc -O2 -xc -c -o $dir/kernel.o - <edited.c; done
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
# With finish, as replay and then kbuild's make call it: the script is run if vmlinux is not up to date.
post='echo "$0" >post'
finish() {
	: >calls
	env -C quick REPLAY_LINK="$link_dir" PATH="$link_dir/bin:$PATH" POST="$post" sh -c "rm -f post; rm -f \$REPLAY_LINK/finished; ahead &&
		{ $between; } && finish ../link.sh \"sh -e ../link.sh ld; \$POST\" && sleep 0.02 && touch vmlinux.o && finish && if test -e vmlinux -a ! vmlinux -ot vmlinux.o; then test ! -e .vmlinux.d; else sh ../link.sh; fi"
}
# With all programs of it, as by Ctrl-C.
ended() {
	setsid -w env -C quick REPLAY_LINK="$link_dir" PATH="$link_dir/bin:$PATH" POST="$post" sh -c "ahead; finish ../link.sh \"sh -e ../link.sh ld; \$POST\"; :" ||
		test $? = 143 && sleep 0.2
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
	for name in myld mynm ahead finish; do
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
	compiled
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
	between='gcc -O2 -xc -c -o kernel.o - <../edited.c; sleep 0.02; touch vmlinux.a'
	ok 'an input that changed after the link ahead' quick
	between=:
	gcc -O2 -xc -c -o full/kernel.o - <edited.c
	ok 'fully' linked full
	ok 'is in it' same
	echo 'int nothing(void); int broken(void) { return nothing(); }' | gcc -O2 -xc -c -o quick/kernel.o -
	fails 1 'a link that fails' quick
	said 'is told by the linker' 'nothing'
	between='gcc -O2 -xc -c -o kernel.o - <../edited.c; touch vmlinux.a'
	ok 'what cannot be linked ahead, but later' quick
	is 'is no error' "$(grep -c nothing "$SCRATCH/.tap.out")" 0
	between=:
	objects 12
	ok 'and made' quick
	ok 'fully' linked full
	ok 'the same' same

	sed 's/return 7/return 7 * 0x12345/' kernel.c >edited.c
	compiled
	ok 'an edit that moves no symbol, linked fully' linked full
	ok 'and with finish' finish
	is 'by the link ahead alone' "$(links)" 1
	ok 'the same' same
	ok 'with what follows the script' grep -q sh quick/post
	ok 'once more' finish
	is 'by the link ahead alone' "$(links)" 1
	ok 'the same' same
	sed 's/return 7/return (int)(long)where() * 7/' kernel.c >edited.c
	compiled
	ok 'one that does, fully' linked full
	ok 'and with finish' finish
	is 'is linked once more' "$(links)" 2
	ok 'the same' same
	ok 'but not by it' test ! -e quick/post
	sed 's/function7/function8x/; s/return 7/return 7 * 0x12345/; s/function8(/function7(/' kernel.c >edited.c
	compiled
	ok 'other names at the same places, fully' linked full
	ok 'and with finish' finish
	is 'are linked once more' "$(links)" 2
	ok 'the same' same
	sed -i 's/0x12345/0x54321/' edited.c
	compiled
	ok 'an edit, fully' linked full
	post=false
	ok 'if what follows the script fails' finish
	is 'kbuild links' "$(links)" 3
	ok 'the same' same
	post='echo "$0" >post'
	post='kill -TERM 0; sleep 1'
	ok 'a signal that ends the build' ended
	ok 'leaves no vmlinux that is not complete' test ! -e quick/vmlinux
	post='kill -TERM $PPID; sleep 0.2; echo "$0" >post'
	ok 'one that only comes to finish' finish
	ok 'lets it be completed' test -e quick/post
	ok 'the same' same
	post='echo "$0" >post'
	echo >>"quick/${third%%3*}2.syms"
	ok 'if the script finds another map' finish
	is 'it links' "$(links)" 3
	ok 'the same' same
	between='sleep 0.02; touch vmlinux.a'
	ok 'an input that changed after the link ahead' finish
	is 'is linked' "$(links)" 3
	ok 'the same' same
	between=:
	touch quick/$third
	ok 'a build with a third table' finish
	is 'is no model' "$(links)" 3
	ok 'the same' same
	rm quick/$third
	cp link.sh whole.sh
	for line in '/^.{MAKE}/d' 's/^vmlinux_link vmlinux$/vmlinux_link vmlinux; :/p' 's/^vmlinux_link vmlinux$/if :; then vmlinux_link vmlinux; fi/'; do
		ok 'before' finish
		sed "$line" whole.sh >link.sh
		ok "another script: $line" finish
		ok 'is run as it is' test ! -e quick/post
		ok 'and gives the same' same
		cp whole.sh link.sh
	done
done
# Entries of PATH that are empty, as the one behind the stand-in here, are this directory.
mkdir empty && ln -s ../real/myld empty/myld
ok 'a linker in this directory' env -C empty REPLAY_LINK="$link_dir" PATH="$link_dir/bin::/usr/bin:/bin" myld --version
said 'is found' 'GNU ld'
ok 'other arguments are the real program'\''s' env REPLAY_LINK="$link_dir" PATH="$link_dir/bin:$PATH" myld --version
said 'as is' 'GNU ld'

done_testing
