#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# A kernel from a directory that somebody works in: what an edit builds, what boots, and that nothing
# is written there.
# shellcheck disable=SC2016 # text for the guest's shell stands in single quotes
set -u
# shellcheck source=support/tests/board.sh
. support/tests/board.sh
export XDG_CACHE_HOME="$CHECK_O/cache"
rm -rf "$CHECK_O"/own*

ok 'sources' board own-sources linux-unpack
LINUX_DIR=$CHECK_O/own-tree
mv "$CHECK_O/own-sources/build/linux/src" "$LINUX_DIR"
export LINUX_DIR
images=$CHECK_O/own/images
log=$CHECK_O/own/build/linux/build.log
state() {
	(cd "$LINUX_DIR" && find . -printf '%p %y %m %s %T@ %l\n' | sort | sha256sum)
}
# run NAME COMMAND [VARIABLE...]: in the guest; sets out and told, what ran before that.
run() {
	name=$1
	command=$2
	shift 2
	before=$(state)
	ok "$name" board own qemu-run RUN="$command" JSON="$SCRATCH/json" "$@" </dev/null
	told=$(sed -n 's/^  \(CONFIGURE\|BUILD\|INSTALL\|IMAGES\) .*/\1/p' "$SCRATCH/.tap.out" | paste -s -d ' ' -)
	out=$(grep -v -e '^  [A-Z.]' -e '^runqemu: ' "$SCRATCH/.tap.out")
	is "$name: the directory is as it was" "$(state)" "$before"
}
compiled() {
	sed -n 's/^  CC  *//p' "$log" | paste -s -d ' ' -
}

run 'a first boot' 'uname -r'
like 'it is that kernel' "$out" '^6\.12\.95$'
is 'vmlinux is enough for that' "$(cd "$images" && echo vmlinux* bzImage*)" 'vmlinux bzImage*'
date >"$SCRATCH/then"
run 'nothing edited' true
is 'nothing is done' "$told" ''
ok 'kbuild was not started' test "$SCRATCH/then" -nt "$log"
touch "$LINUX_DIR/kernel/fork.c"
run 'a file that was only touched' true
is 'is no edit' "$told" ''
ok 'kbuild was not started' test "$SCRATCH/then" -nt "$log"

sed -i 's/^void __init fork_init(void)$/static int __init edited(void)\n{\n\tpr_notice("edited\\n");\n\treturn 0;\n}\nlate_initcall(edited);\n\n&/' "$LINUX_DIR/kernel/fork.c"
start=$(date +%s)
run 'an edit' 'dmesg | grep -c "^\(\[.*\] \)\{0,1\}edited$"'
echo "# it took $(($(date +%s) - start)) s"
is 'builds' "$told" 'BUILD INSTALL IMAGES'
is 'just that file' "$(compiled)" kernel/fork.o
is 'and is in the guest' "$out" 1
like 'which was vmlinux' "$(cat "$SCRATCH/json")" '"image":.*/vmlinux"'

run 'KERNEL=bzImage' 'dmesg | grep -c edited' KERNEL=bzImage
like 'boots that' "$(cat "$SCRATCH/json")" '"image":.*/bzImage"'
is 'with the edit' "$out" 1
run 'and vmlinux again' true
is 'bzImage goes, for it would grow old' "$(cd "$images" && echo vmlinux* bzImage*)" 'vmlinux bzImage*'
ok 'make' board own
is 'makes both' "$(cd "$images" && echo vmlinux* bzImage*)" 'vmlinux bzImage'

printf '\nconfig EDITED\n\tdef_bool y\n' >>"$LINUX_DIR/init/Kconfig"
run 'an edited Kconfig file' true
is 'configures anew' "$told" 'CONFIGURE BUILD INSTALL IMAGES'
ok 'its symbol is there' grep -q '^CONFIG_EDITED=y' "$images/kernel.config"
is 'few files were compiled' "$(compiled | wc -w | sed 's/^[0-9]$/few/')" few

# gdb is given that directory by the name alone of the guest.
board own -s qemu-debug GUEST=own RUN=true >"$SCRATCH/debug" 2>&1 </dev/null &
guest=$!
if command -v gdb >/dev/null; then
	ok 'make gdb, without LINUX_DIR' env -u LINUX_DIR make -s O="$CHECK_O/own" TOOLDIR="${TOOLBIN%/bin}" gdb GUEST=own GDB_ARGS='-batch -ex detach'
	like 'looks for sources there' "$(cat "$CHECK_O/own/run/own.gdb")" "^set substitute-path /src/linux $LINUX_DIR\$"
else
	skip 'gdb' 'there is none: scripts/bootstrap debug installs it'
	kill $guest
fi
wait $guest

: >"$LINUX_DIR/.config"
echo '/* */' >>"$LINUX_DIR/init/Kconfig"
fails 2 'a directory that was configured in place' board own qemu-run RUN=true
said 'is told, with the remedy' "$LINUX_DIR was configured in place; run 'make mrproper' there first"
ok 'it is as it was' test -e "$LINUX_DIR/.config"

[ "$tap_failed" != 0 ] || rm -rf "$CHECK_O"/own*
done_testing
