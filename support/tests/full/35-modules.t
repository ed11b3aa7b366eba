#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Modules of one's own: from a directory to modprobe in the guest, with a kernel that is built, one from
# the cache, and one from a directory that somebody works in; and localmodconfig by the kernel's own script.
# shellcheck disable=SC2016 # text for other shells stands in single quotes
set -u
. support/tests/board.sh
export XDG_CACHE_HOME="$CHECK_O/cache"
ext=$CHECK_O/modules-ext
rm -rf "$CHECK_O"/modules-*
mkdir -p "$ext" "$CHECK_O/modules-hello"

cat >"$CHECK_O/modules-hello/hello.c" <<'END'
// SPDX-License-Identifier: GPL-2.0-only
#include <linux/module.h>

static int __init hello_init(void)
{
	pr_info("hello: one\n");
	return 0;
}

static void __exit hello_exit(void)
{
	pr_info("hello: bye\n");
}

module_init(hello_init);
module_exit(hello_exit);
MODULE_LICENSE("GPL");
END
cat >"$CHECK_O/modules-hello/Makefile" <<'END'
obj-m := hello.o
all:
	$(MAKE) -C /lib/modules/$(shell uname -r)/build M=$(PWD) modules
END
ok 'new-package' scripts/new-package -d "$ext" hello "$CHECK_O/modules-hello"

# in_board NAME GOAL...: with that package.
in_board() {
	name=$1
	shift
	[ -d "$CHECK_O/$name" ] || {
		mkdir -p "$CHECK_O/$name"
		cp board/qemu-x86_64/defconfig "$CHECK_O/$name/.config"
		echo CONFIG_PACKAGE_HELLO=y >>"$CHECK_O/$name/.config"
	}
	board "$name" EXTERNAL="$ext" "$@"
}
# boots NAME COMMAND [VARIABLE...]: sets out, what the guest printed, and told, what ran before that.
boots() {
	name=$1
	command=$2
	shift 2
	ok "$name: $command" in_board "$name" qemu-run RUN="$command" "$@" </dev/null
	told=$(sed -n 's/^  \(CACHE\|CONFIGURE\|BUILD\|INSTALL\) *\([^ ]*\).*/\1 \2/p' "$SCRATCH/.tap.out" | LC_ALL=C sort | paste -s -d , -)
	out=$(grep -v -e '^  [A-Z.]' -e '^runqemu: ' "$SCRATCH/.tap.out" | tr -d '\r')
}
kbuild() {
	echo "$CHECK_O/$1/build/linux/image/host/kbuild"
}
digests() {
	(cd "$(kbuild "$1")" && find . -type f -printf '%m %p ' -exec sha256sum {} ';' | sort -k 2)
}
ko() {
	find "$CHECK_O/$1/build/hello/image/target" -name '*.ko'
}

boots modules-1 'modprobe hello && dmesg | grep -o "hello: [a-z0-9]*$"; lsmod'
like 'the module runs' "$out" '^hello: one$'
like 'it is there' "$out" '^hello '
unlike 'the kernel has nothing against it' "$out" 'disagrees\|version magic'
like 'it is where modprobe looks first' "$(ko modules-1)" '/lib/modules/6\.12\.95/updates/hello.ko$'
boots modules-1 'modprobe dummy && modprobe -r hello; modprobe hello; rmmod hello; dmesg | grep -o "hello: [a-z0-9]*$"'
like 'it goes, too' "$out" '^hello: bye$'
is 'nothing was done for that' "$told" ''

is 'what it is built with tells no place of this machine' "$(grep -rlF "$CHECK_O" "$(kbuild modules-1)")" ''
is 'nor does the module' "$(grep -cF "$CHECK_O" "$CHECK_O/modules-1/build/hello/build/hello.ko")" 0

# Edit, build, load.
sed -i 's/hello: one/hello: two/' "$CHECK_O/modules-hello/hello.c"
start=$(date +%s)
boots modules-1 'modprobe hello && dmesg | grep -o "hello: [a-z0-9]*$"'
echo "# it took $(($(date +%s) - start)) s"
is 'an edit is in the guest' "$out" 'hello: two'
is 'just that was built' "$told" 'BUILD hello,INSTALL depmod,INSTALL hello,INSTALL rootfs'

# The kernel from the cache.
boots modules-2 'modprobe hello && dmesg | grep -o "hello: [a-z0-9]*$"'
is 'the module is built for it' "$out" 'hello: two'
like 'it came from there' "$told" 'CACHE linux'
ok 'and its sources are not here' test ! -e "$CHECK_O/modules-2/build/linux/src"
ok 'the module is the same to the byte' cmp "$(ko modules-1)" "$(ko modules-2)"

# A kernel that somebody works on.
ok 'sources' board modules-sources linux-unpack
mv "$CHECK_O/modules-sources/build/linux/src" "$CHECK_O/modules-tree"
dir=$CHECK_O/modules-tree
boots modules-3 'modprobe hello && dmesg | grep -o "hello: [a-z0-9]*$"' LINUX_DIR="$dir"
is 'a tree of ones own' "$out" 'hello: two'
digests modules-1 | grep -v utsversion >"$SCRATCH/one" # that has the date of the sources
digests modules-3 | grep -v utsversion >"$SCRATCH/three"
ok 'what modules are built with has the same bytes, built elsewhere' diff "$SCRATCH/one" "$SCRATCH/three"
ok 'its own script' sh -c "cd '$CHECK_O/modules-3/build/linux/build' && srctree='$dir' SRCARCH=x86 CC=gcc HOSTCC=gcc MAKE=make sh ./source/scripts/package/install-extmod-build '$CHECK_O/modules-own'"
is 'picks no more' "$(cd "$CHECK_O/modules-own" && find . \( -type f -o -type l \) -print | while read -r file; do
	[ -e "$(kbuild modules-3)/$file" ] || echo "$file"
done | grep -v -e '^./scripts/\(coccinelle\|gdb\)/' -e '/Kconfig' -e '\.[aos]$' | paste -s -d ' ' -)" ''
sed -i 's/^void __init fork_init(void)$/int edited(void);\nint edited(void)\n{\n\treturn 42;\n}\n\n&/' "$dir/kernel/fork.c"
boots modules-3 'modprobe hello' LINUX_DIR="$dir"
like 'an edit of the kernel alone' "$told" 'BUILD linux'
unlike 'does not build the module' "$told" 'BUILD hello'
sed -i 's/^void __init fork_init(void)$/EXPORT_SYMBOL(edited);\n&/' "$dir/kernel/fork.c"
sed -i 's/^static int __init hello_init/int edited(void);\n&/; s/pr_info("hello: two.n")/pr_info("hello: %d\\n", edited())/' "$CHECK_O/modules-hello/hello.c"
boots modules-3 'modprobe hello && dmesg | grep -o "hello: [a-z0-9]*$"' LINUX_DIR="$dir"
like 'an edit of what the kernel exports does' "$told" 'CONFIGURE hello'
is 'and the module uses it' "$out" 'hello: 42'
fails 2 'a kernel that does not export it' in_board modules-1
said 'is told by its name' '"edited" .*hello.ko.* undefined'

# A configuration with more modules than a guest wants.
mkdir -p "$CHECK_O/modules-5"
cp board/qemu-x86_64-defconfig/defconfig "$CHECK_O/modules-5/.config"
ok 'a configuration' board modules-5 linux-configure
config=$CHECK_O/modules-5/build/linux/build/.config
modules=$(grep -c '=m$' "$config")
echo "# $modules modules: $(sed -n 's/^CONFIG_\(.*\)=m$/\1/p' "$config" | paste -s -d ' ' -)"
echo nosuchmodule >"$SCRATCH/list"
ok 'localmodconfig' board modules-5 linux-localmodconfig LSMOD="$SCRATCH/list"
said 'tells how many are left' "^    [0-9]* modules instead of $modules\$"
said 'and what the kernel does not know' 'nosuchmodule config not found'
ok 'the configuration with it' board modules-5 linux-configure
unlike 'each setting takes effect' "$(cat "$SCRATCH/.tap.out")" 'did not take effect'
ok 'there are fewer' test "$(grep -c '=m$' "$config")" -lt "$modules"

[ "$tap_failed" != 0 ] || rm -rf "$CHECK_O"/modules-*
done_testing
