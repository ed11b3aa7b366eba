#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# A walk: edits of a kernel's tree, at random, each built twice, by replay and by kbuild alone, in two
# directories that have the same name in turn. What they make must be the same to the byte, what
# fails must fail in both, and kbuild must find nothing to do where replay was. It prints which way
# each move went, and the seconds of both.
#
#   31-replay-walk.t [SEED [MOVES]]
#
# WALK_TREE is a tree to walk in (a git repository, which is edited), WALK_O a directory for builds
# that outlives the test; WALK_CONFIG, if given, the configuration instead of a small one; WALK_ARCH
# the architecture and WALK_SERIES the series of Linux, to prove another; WALK_MOVES the names of the
# moves to choose from, as "module import".
set -u
# shellcheck source=support/tests/board.sh
. support/tests/board.sh
export XDG_CACHE_HOME="$CHECK_O/cache"
seed=${1:-1}
moves=${2:-16}
arch=${WALK_ARCH:-x86_64}
srcarch=$(sed -n 's/^arch.srcarch *= //p' "support/arch/$arch.arch")
series=${WALK_SERIES:-$(sed -n 's/^arch.replay *= //p' "support/arch/$arch.arch")}
image=$(sed -n 's/^arch.image *= //p' "support/arch/$arch.arch")
kernel=$(sed -n 's/^arch.kernel *= //p' "support/arch/$arch.arch")
cross=$(sed -n 's/^arch.cross *= //p' "support/arch/$arch.arch")
[ "$arch" != "$(uname -m)" ] || cross=
tree=${WALK_TREE:-$CHECK_O/replay-tree}
O=${WALK_O:-$CHECK_O/replay}
jobs=$(nproc)
echo "# seed $seed, $moves moves: support/tests/full/31-replay-walk.t $seed $moves"

# ---- the tree, and the two directories ----

if [ -z "${WALK_TREE:-}" ]; then
	rm -rf "$CHECK_O"/replay*
	ok 'sources' board replay-sources linux-unpack
	mv "$CHECK_O/replay-sources/build/linux/src" "$tree"
fi
mkdir -p "$O"
[ -d "$tree/.git" ] || git -C "$tree" init -q
in_git() {
	git -C "$tree" -c user.name=walk -c user.email=walk@localhost -c gc.auto=0 "$@"
}
keep_commit() {
	in_git commit -q --allow-empty -m "$1"
}
# What the walk edits is enough.
in_git add -f kernel lib mm fs init include "arch/$srcarch" drivers/char scripts/Makefile.lib
keep_commit begin

# kbuild DIRECTORY WORD...: its own make, alone.
set_environment() {
	export PATH=/usr/local/bin:/usr/bin:/bin LC_ALL=C TZ=UTC0 KBUILD_BUILD_USER=walk KBUILD_BUILD_HOST=walk \
		KBUILD_BUILD_VERSION=1 KBUILD_BUILD_TIMESTAMP=1980-01-01
}
kbuild() {
	(set_environment && exec make -C "$tree" O="$O/b" ARCH="$kernel" CROSS_COMPILE="$cross" "$@")
}
group= # what it is run by
# shellcheck disable=SC2086 # several words
replayed() {
	(set_environment && exec $group env MAKEFLAGS=" -j$jobs" "$TOOLBIN/replay" --src "$tree" --build "$O/b" --versions "$series" -- \
		make -C "$tree" O="$O/b" ARCH="$kernel" CROSS_COMPILE="$cross" $goals)
}
# other: the directory of kbuild alone gets the name, and that of replay another one; and back.
other() {
	mv "$O/b" "$O/b.away" && mv "$O/b.other" "$O/b" && mv "$O/b.away" "$O/b.other"
}
# leave_out_drivers: directories that nothing is built in, since most of kbuild's time goes into them.
leave_out_drivers() {
	for dir in "$O"/b/drivers/*/; do
		[ -n "$(find "$dir" -name '*.o' -print -quit)" ] ||
			printf '\\,^obj-[^=]*=[[:blank:]]*%s/[[:blank:]]*$,d\n' "$(basename "$dir")"
	done >"$SCRATCH/drivers.sed"
	sed -i -f "$SCRATCH/drivers.sed" "$tree/drivers/Makefile"
}
# wanted: what is built, in $goals.
wanted() {
	goals=${image##*/}
	! grep -q '^CONFIG_MODULES=y' "$O/b/.config" || goals="$goals modules"
}
if [ -d "$O/b" ]; then
	wanted
	ok 'a build of before is brought up to date' replayed
else
	mkdir -p "$O/b"
	if [ -n "${WALK_CONFIG:-}" ]; then
		cp "$WALK_CONFIG" "$O/b/.config"
		kbuild olddefconfig >"$SCRATCH/config.log" 2>&1
	else
		printf 'CONFIG_%s=y\n' 64BIT PRINTK BUG KALLSYMS KALLSYMS_ALL TTY SERIAL_8250 SERIAL_8250_CONSOLE BLK_DEV_INITRD \
			BINFMT_ELF PROC_FS SYSFS POSIX_TIMERS FUTEX MODULES MODULE_UNLOAD >"$SCRATCH/all.config"
		# modules of one object, and of several
		printf 'CONFIG_%s=m\n' CRC7 CRC_ITU_T BINFMT_MISC AUTOFS_FS >>"$SCRATCH/all.config"
		KCONFIG_ALLCONFIG=$SCRATCH/all.config kbuild allnoconfig >"$SCRATCH/config.log" 2>&1
	fi
	wanted
	ok "the first build" replayed
	leave_out_drivers
	ok "a build of less" replayed
	cp -a "$O/b" "$O/b.other"
	rm -rf "$O/b.other/.replay"
fi

# ---- chance ----

# below N: a number from 0 to N - 1, in $n.
below() {
	seed=$(((seed * 1103515245 + 12345) & 2147483647))
	n=$(((seed / 65536) % $1))
}
# pick FILE: a line of it, in $line.
pick() {
	below "$(wc -l <"$1")"
	line=$(sed -n "$((n + 1))p" "$1")
}

# ---- what there is to edit ----

records() {
	(cd "$O/b" && find . -path ./tools -prune -o -path ./scripts -prune -o -path './arch/*/boot' -prune -o -name '.*.o.cmd' -print)
}
records >"$SCRATCH/records"
(cd "$O/b" && xargs sed -n "s,^source_.* := $tree/\(.*\.c\)\$,\1,p") <"$SCRATCH/records" |
	grep -e ^kernel/ -e ^lib/ -e ^mm/ -e ^fs/ -e ^init/ -e ^drivers/char/ | grep -v version | sort -u >"$SCRATCH/sources"
(cd "$O/b" && xargs grep -l -e ' -DMODULE ' | xargs sed -n "s,^source_.* := $tree/\(.*\.c\)\$,\1,p") <"$SCRATCH/records" |
	grep -v ^scripts/ | sort -u >"$SCRATCH/modular"
grep -vxF -f "$SCRATCH/modular" "$SCRATCH/sources" >"$SCRATCH/builtin"
(cd "$O/b" && xargs sed -n "s,^  $tree/\(include/linux/[^ ]*\.h\) .*,\1,p") <"$SCRATCH/records" | sort | uniq -c >"$SCRATCH/headers.all"
awk '$1 < 30 { print $2 }' "$SCRATCH/headers.all" >"$SCRATCH/headers"
awk '$1 < 4 { print $2 }' "$SCRATCH/headers.all" >"$SCRATCH/rare"
(cd "$O/b" && xargs sed -n "s,^source_.* := $tree/\(arch/.*/lib/.*\.S\)\$,\1,p") <"$SCRATCH/records" | sort -u >"$SCRATCH/assembler"
echo "# $(wc -l <"$SCRATCH/records") objects, $(wc -l <"$SCRATCH/sources") sources, $(wc -l <"$SCRATCH/headers") headers to edit"
ok 'there is something to edit' test -s "$SCRATCH/sources" -a -s "$SCRATCH/headers"

# add FILE TEXT: as its last lines; those of a header that has a guard are behind it.
add() {
	printf '%b\n' "$2" >>"$tree/$1"
}

# ---- the moves: each says in $what what it is; way is what replay may do then ----

move_function() {
	pick "$SCRATCH/sources"
	add "$line" "int walk_$id(int x);\nint walk_$id(int x)\n{\n\treturn x + $move;\n}"
	what="a function in $line" way=REPLAY
}
move_comment() {
	pick "$SCRATCH/sources"
	add "$line" "/* walk $move */"
	what="a comment in $line" way=REPLAY
}
# Another number in a function and in data: no symbol moves, but by the first move that adds both.
move_number() {
	below 3
	line=$(echo kernel/fork.c kernel/exit.c mm/mmap.c | cut -d ' ' -f "$((n + 1))")
	grep -q walk_number "$tree/$line" || add "$line" 'static int walk_data = 0;\nint walk_number_in_file(int x);\nint walk_number_in_file(int x)\n{\n\treturn walk_data++ ? x + 0 : 0;\n}'
	below 30000
	sed -i "/walk_data = /s/= .*;/= $((n + 1));/; s/++ ? x + [0-9]*/++ ? x + $((n + 1000000))/; s/walk_number_in_file/walk_number_$(basename "$line" .c)/" "$tree/$line"
	what="another number in $line" way=REPLAY
}
move_header() {
	pick "$SCRATCH/headers"
	add "$line" "#define WALK_$id $move"
	what="a macro in $line" way='REPLAY\|KBUILD'
}
move_sched() {
	add include/linux/sched.h "/* walk $move */"
	what='include/linux/sched.h' way='REPLAY\|KBUILD'
}
move_macro() {
	add kernel/sched/sched.h "#undef WALK_SHIFT\n#define WALK_SHIFT $move"
	grep -q walk_shift "$tree/kernel/sched/core.c" ||
		add kernel/sched/core.c 'int walk_shift(int x);\nint walk_shift(int x)\n{\n\treturn x << WALK_SHIFT;\n}'
	what='a macro and its user' way=REPLAY
}
move_include() {
	pick "$SCRATCH/rare"
	header=${line#include/}
	pick "$SCRATCH/sources"
	cp -p "$tree/$line" "$SCRATCH/whole"
	add "$line" "#include <$header>"
	may_fail=$line # not every header compiles alone
	what="$line includes $header" way=REPLAY
	pending_header=include/$header
}
move_included() {
	[ -n "${pending_header:-}" ] || { move_comment && return; }
	add "$pending_header" "#define WALKED_$id 1"
	what="that header, $pending_header" way='REPLAY\|KBUILD'
}
move_export() {
	pick "$SCRATCH/sources"
	add "$line" "#include <linux/export.h>\nint walk_x$id(void);\nint walk_x$id(void)\n{\n\treturn $move;\n}\nEXPORT_SYMBOL_GPL(walk_x$id);"
	what="an exported function in $line" way=REPLAY
}
move_module() {
	[ -s "$SCRATCH/modular" ] || { move_function && return; }
	pick "$SCRATCH/modular"
	add "$line" "int walk_m$id(int x);\nint walk_m$id(int x)\n{\n\treturn x * $move;\n}"
	what="a function in a module, $line" way=REPLAY
}
move_import() {
	[ -s "$SCRATCH/modular" ] || { move_export && return; }
	pick "$SCRATCH/builtin"
	first=$line
	add "$line" "#include <linux/export.h>\nint walk_e$id(void);\nint walk_e$id(void)\n{\n\treturn $move;\n}\nEXPORT_SYMBOL(walk_e$id);"
	pick "$SCRATCH/modular"
	add "$line" "int walk_e$id(void);\nint walk_u$id(void);\nint walk_u$id(void)\n{\n\treturn walk_e$id();\n}"
	what="$line calls what $first exports" way=REPLAY
}
move_two() {
	move_function
	first=$line
	move_comment
	what="$first and $line" way=REPLAY
}
move_initcall() {
	add init/main.c "static int __init walk_i$id(void)\n{\n\tpr_info(\"walk $move\\\\n\");\n\treturn 0;\n}\nlate_initcall(walk_i$id);"
	what='an initcall in init/main.c' way=REPLAY
}
move_assembler() {
	pick "$SCRATCH/assembler"
	add "$line" ".pushsection .rodata, \"a\"\n.globl walk_a$id\nwalk_a$id: .long $move\n.popsection"
	what="assembler, $line" way=REPLAY
}
move_lds() {
	add "arch/$srcarch/kernel/vmlinux.lds.S" "/* walk $move */"
	what="the linker's script" way=REPLAY
}
move_offsets() {
	add "arch/$srcarch/kernel/asm-offsets.c" "/* walk $move */"
	what='what headers are generated from, and these stay' way='REPLAY\|KBUILD'
}
move_offsets_new() {
	add "arch/$srcarch/kernel/asm-offsets.c" "static void __used walk_o$id(void)\n{\n\tDEFINE(WALK_$id, $move);\n}"
	what='what headers are generated from, and these change' way=KBUILD
}
move_boot() {
	[ -e "$tree/arch/$srcarch/boot/main.c" ] || { move_lds && return; }
	add "arch/$srcarch/boot/main.c" "int walk_b$id(void);\nint walk_b$id(void)\n{\n\treturn $move;\n}"
	what='the boot code' way=REPLAY
}
move_unused() {
	add drivers/char/ps3flash.c "/* walk $move */"
	what='a file that is not built' way=REPLAY
}
move_touch() {
	pick "$SCRATCH/sources"
	touch "$tree/$line"
	what="touch $line" way=REPLAY
}
move_shadow() {
	pick "$SCRATCH/rare"
	hiding=arch/$srcarch/$line
	if [ -e "$tree/$hiding" ]; then
		rm "$tree/$hiding"
		what="$hiding is deleted" way=KBUILD
		return
	fi
	mkdir -p "$(dirname "$tree/$hiding")"
	cp "$tree/$line" "$tree/$hiding"
	what="a new file that hides $line" way=KBUILD
}
move_new() {
	add "kernel/walk_$id.c" "int walk_n$id(void);\nint walk_n$id(void)\n{\n\treturn $move;\n}"
	add kernel/Makefile "obj-y += walk_$id.o"
	what="a new file, in kernel/Makefile" way=KBUILD
}
move_flags() {
	add lib/math/Makefile "ccflags-y += -DWALK=$move"
	what='options in lib/math/Makefile' way=KBUILD
}
move_kconfig() {
	add init/Kconfig "config WALK_$id\n\tdef_bool y"
	what='a symbol in init/Kconfig' way=KBUILD
}
move_delete() {
	pick "$SCRATCH/unbuilt"
	rm -f "$tree/$line"
	what="$line is deleted" way='KBUILD\|REPLAY'
}
move_back() {
	pick "$SCRATCH/sources"
	add "$line" "/* walk $move */"
	touch -d '2 days ago' "$tree/$line"
	what="$line with a date of before" way=KBUILD
}
move_commit() {
	in_git add -A kernel lib mm fs init include "arch/$srcarch" drivers/char
	keep_commit "walk $move"
	move_comment
	what="a commit, and $what" way='REPLAY\|KBUILD'
}
move_checkout() {
	in_git add -A kernel lib mm fs init include "arch/$srcarch" drivers/char
	keep_commit "walk $move"
	in_git checkout -q --detach HEAD~1
	what='git checkout of the commit before' way='REPLAY\|KBUILD'
	returns=$(in_git rev-parse 'HEAD@{1}')
}
move_return() {
	[ -n "${returns:-}" ] || { move_function && return; }
	in_git add -A kernel lib mm fs init include "arch/$srcarch" drivers/char
	keep_commit "walk $move"
	in_git checkout -q --detach "$returns"
	what='and back' way='REPLAY\|KBUILD'
}
move_tag() {
	in_git tag -f -a -m walk "walk-$id" >/dev/null
	what='a tag' way='REPLAY\|KBUILD'
}
move_broken() {
	pick "$SCRATCH/sources"
	cp -p "$tree/$line" "$SCRATCH/whole"
	add "$line" "int walk_broken(void) { return walk_nothing_$id; }"
	fails_in=$line
	what="broken code in $line" way=REPLAY
}
# stopped SIGNAL: a build that gets it after a while, and all its processes with it.
stopped() {
	move_function
	first=$line
	below 60
	n=$((n + 2))
	printf '#!/bin/sh\necho $$ >"%s"\nexec "$@"\n' "$SCRATCH/group" >"$SCRATCH/apart"
	chmod +x "$SCRATCH/apart"
	group="setsid $SCRATCH/apart"
	replayed >"$SCRATCH/killed.log" 2>&1 </dev/null &
	group=
	sleep "$((n / 10)).$((n % 10))"
	leader=$(cat "$SCRATCH/group")
	kill "-$1" "-$leader" 2>/dev/null
	wait $!
	while kill -0 "-$leader" 2>/dev/null; do
		sleep 0.1
	done
	what="SIG$1 after $((n / 10)).$((n % 10)) s of a build of $first" way='REPLAY\|KBUILD'
}
move_killed() { stopped KILL; }
move_interrupted() { stopped TERM; }
(cd "$tree" && ls lib/test_*.c) >"$SCRATCH/unbuilt"

cat >"$SCRATCH/moves" <<'END'
function
function
function
number
number
number
number
comment
comment
header
header
header
macro
include
included
export
module
module
import
two
initcall
assembler
lds
offsets
offsets_new
boot
unused
touch
shadow
new
flags
kconfig
delete
back
commit
checkout
return
tag
broken
broken
killed
interrupted
END
# shellcheck disable=SC2086 # several words
[ -z "${WALK_MOVES:-}" ] || printf '%s\n' $WALK_MOVES >"$SCRATCH/moves"

# ---- the walk ----

results() {
	(cd "$O/b" && sha256sum vmlinux System.map "$image" && ! find . -name Module.symvers -o -name '*.ko' | sort | xargs -r sha256sum)
}
# What kbuild says when there is nothing to do.
silence() {
	grep -v -e '^make' -e '^  GEN  *Makefile$' -e '^  DESCEND ' -e '^  CALL ' -e '^  INSTALL ' -e ' is ready ' "$1" || :
}
# Errors of the compiler, in the order of their lines.
errors() {
	grep ' error: ' "$1" | sort
}
went() {
	sed -n 's/^  \(REPLAY\|KBUILD\)  /\1 /p' "$1" | tail -n 1
}
one_move() {
	start=$(date +%s%N)
	status=0
	replayed >"$SCRATCH/replay.log" 2>&1 </dev/null || status=$?
	middle=$(date +%s%N)
	mine=$(results 2>&1)
	other
	other_status=0
	# shellcheck disable=SC2086 # several words
	kbuild -j"$jobs" $goals >"$SCRATCH/kbuild.log" 2>&1 </dev/null || other_status=$?
	finish=$(date +%s%N)
	its=$(results 2>&1)
	other
	took="$(((middle - start) / 1000000)) ms, kbuild $(((finish - middle) / 1000000)) ms"
	gone=$(went "$SCRATCH/replay.log")
	grep -q '  NM      System.map' "$SCRATCH/replay.log" && ! grep -q '  KSYMS ' "$SCRATCH/replay.log" && gone="$gone, one link" one=$((one + 1))
	echo "# move $move: $what: $gone; $took"
}
check_move() {
	before=$tap_failed
	like "move $move goes its way" "$gone" "^\($way\) "
	astray=$((astray + tap_failed - before))
	case $gone in
	REPLAY*) quick=$((quick + 1)) ;;
	*) slow=$((slow + 1)) ;;
	esac
	if [ -n "$fails_in" ] || { [ -n "$may_fail" ] && [ "$status$other_status" != 00 ]; }; then
		fails_in=$fails_in$may_fail
		ok "move $move fails" test "$status" != 0 -a "$other_status" != 0
		ok "move $move: an error is named" grep -q ' error: ' "$SCRATCH/kbuild.log"
		is "move $move: with the same messages" "$(errors "$SCRATCH/replay.log")" "$(errors "$SCRATCH/kbuild.log")"
		return
	fi
	is "move $move builds" "$status $other_status" '0 0'
	is "move $move: the same bytes" "$mine" "$its"
	case $gone in KBUILD*) return ;; esac # its own silence is not at stake
	# shellcheck disable=SC2086 # several words
	kbuild -j"$jobs" $goals >"$SCRATCH/silent.log" 2>&1
	is "move $move: nothing is left for kbuild" "$(silence "$SCRATCH/silent.log")" ''
	is "move $move: and it changes nothing" "$(results)" "$mine"
}

# A move that goes another way than it should is a failure, but the walk goes on.
move=0
astray=0 quick=0 slow=0 one=0
repair=
fails_in=
while [ "$move" -lt "$moves" ]; do
	move=$((move + 1)) id=$$_$move may_fail=''
	if [ -n "$repair" ]; then
		cp "$SCRATCH/whole" "$tree/$repair"
		what="$repair is repaired" way=REPLAY fails_in='' repair=''
	else
		pick "$SCRATCH/moves"
		"move_$line"
	fi
	one_move
	check_move
	repair=$fails_in
	[ "$tap_failed" = "$astray" ] || {
		cp "$SCRATCH"/*.log "$O/"
		break
	}
done
echo "# $move moves: $quick by replay, $one of them by one link, $slow by kbuild"

[ "$tap_failed" != 0 ] || [ -n "${WALK_O:-}" ] || rm -rf "$CHECK_O"/replay*
done_testing
