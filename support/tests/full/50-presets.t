#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The presets for debugging: kernels with several of them boot, and each shows in the guest what it
# is for. The first is built from a directory, with loadable modules, one of which is edited; the
# kernel's own crash tests (LKDTM) are what the others have to find, and runqemu to tell.
# shellcheck disable=SC2016 # text for the guest's shell stands in single quotes
set -u
. support/tests/board.sh
export XDG_CACHE_HOME="$CHECK_O/cache"
rm -rf "$CHECK_O"/presets-*

# kernel NAME PRESET...: the default board with these, and with what standard input has.
kernel() {
	name=$1
	shift
	mkdir -p "$CHECK_O/$name"
	cat >"$CHECK_O/$name/more.config"
	cp board/qemu-x86_64/defconfig "$CHECK_O/$name/.config"
	for preset; do echo "CONFIG_LINUX_PRESET_$preset=y" >>"$CHECK_O/$name/.config"; done
	printf '%s\n' 'CONFIG_QEMU_MEMORY=1024' 'CONFIG_QEMU_CPUS=2' "CONFIG_LINUX_FRAGMENTS=\"$CHECK_O/$name/more.config\"" \
		>>"$CHECK_O/$name/.config"
	start=$(date +%s)
	ok "a kernel with $*" board "$name"
	echo "# it took $(($(date +%s) - start)) s"
	unlike 'every setting takes effect' "$(cat "$SCRATCH/.tap.out")" 'kmerge:\|did not take effect'
}
# inside COMMAND: in the guest of the last kernel, with debugfs and tracefs; sets out, err and status.
inside() {
	guest "$name" "mount -t debugfs none /sys/kernel/debug; mount -t tracefs none /sys/kernel/tracing 2>/dev/null
		cd /sys/kernel/debug
		$1"
}
# told COMMAND: the same; prints what runqemu's record says of it.
told() {
	rm -f "$SCRATCH/json"
	board "$name" -s qemu-run JSON="$SCRATCH/json" TIMEOUT=120 \
		RUN="mount -t debugfs none /sys/kernel/debug; cd /sys/kernel/debug/provoke-crash || exit; $1" >"$SCRATCH/guest.out" 2>&1 </dev/null
	sed -n 's/^[[:blank:]]*"\(cause\|detail\|exit\)":[[:blank:]]*"\{0,1\}\(.*[^,"]\)"\{0,1\},\{0,1\}$/\2/p' "$SCRATCH/json" | paste -s -d ' ' -
}

# ---- a tree of one's own ----
ok 'sources' board presets-tree linux-unpack
export LINUX_DIR="$CHECK_O/presets-tree/build/linux/src"
kernel presets-1 DEBUG_INFO UBSAN LOCKDEP KMEMLEAK FAULT_INJECTION FTRACE KUNIT MODULES <<'END'
CONFIG_LKDTM=y
CONFIG_TEST_UBSAN=m
CONFIG_SAMPLES=y
CONFIG_SAMPLE_KMEMLEAK=m
CONFIG_DETECT_HUNG_TASK=y
CONFIG_SOFTLOCKUP_DETECTOR=y
END
inside 'cat kunit/example/results; cat /proc/lockdep_stats'
is 'it boots, and its kernel is well' "$status" 0
like 'KUnit: the results of a test' "$out" '^ *ok .* example_simple_test'
like 'lockdep: locks are counted' "$out" '^ *lock-classes: *[1-9]'
inside 'modprobe test_ubsan; dmesg'
is 'UBSAN: what it finds fails the run' "$status" 120
like 'UBSAN: an index beyond an array' "$out" 'UBSAN: array-index-out-of-bounds'
like 'UBSAN: a shift that is too wide' "$out" 'UBSAN: shift-out-of-bounds'
inside 'modprobe kmemleak-test; sleep 6; echo scan >kmemleak; echo scan >kmemleak; cat kmemleak'
like 'kmemleak: leaked memory' "$out" '^unreferenced object'
is 'kmemleak: what it finds fails the run' "$status" 120
inside 'echo 100 >failslab/probability; echo -1 >failslab/times; echo Y >failslab/task-filter; echo N >failslab/ignore-gfp-wait
	sh -c "echo 1 >/proc/self/make-it-fail; cat /proc/version"; echo 0 >failslab/probability; dmesg | grep FAULT_INJECTION'
like 'fault injection: an allocation fails' "$out" 'FAULT_INJECTION: forcing a failure'
unlike 'and what needed it' "$out" '^Linux version'
inside 'cd /sys/kernel/tracing; echo vfs_open >set_ftrace_filter; echo function >current_tracer; cat /proc/version >/dev/null; cat trace'
like 'ftrace: calls of a function' "$out" ' vfs_open <-'
inside 'echo "p:mine vfs_open" >/sys/kernel/tracing/kprobe_events && cat /sys/kernel/tracing/events/kprobes/mine/format'
like 'ftrace: an event of ones own' "$out" '^name: mine'

# Modules.
inside 'modprobe null_blk && modprobe rtnl-link-dummy && [ -b /dev/nullb0 ] && [ -d /sys/class/net/dummy0 ] && lsmod; ls /sys/class/net'
like 'modprobe: a module' "$out" '^null_blk '
like 'what it depends on' "$out" '^configfs .*null_blk'
like 'a module by its alias' "$out" '^dummy '
unlike 'there is one such device' "$out" '^dummy1'
archives() { # NUMBER: the paths of that archive of the initramfs
	board "$name" -s initramfs-list | awk -v n="$1" '/^#/ { i++ } !/^#/ && i == n { print $NF }'
}
is 'modules are an archive of their own' "$(archives 1 | grep -c '\.ko$') $(archives 2 | grep -c '/dummy\.ko$') $(archives 2 | grep -vc 'lib')" '0 1 0'
kept=$CHECK_O/$name/build/rootfs/build/kept
find "$kept" -type f -exec touch -d @0 {} +
sed -i 's/^static int numdummies = 1;/static int numdummies = 2;/' "$LINUX_DIR/drivers/net/dummy.c"
start=$(date +%s)
ok 'an edit of a module' board "$name"
echo "# it took $(($(date +%s) - start)) s"
is 'compiles that' "$(sed -n 's/^  CC \[M\]  *\([^.]*\)\..*/\1/p' "$CHECK_O/$name/build/linux/build.log" | sort -u)" drivers/net/dummy
is 'packs that archive alone' "$(find "$kept" -type f -newermt @1 | wc -l)" 1
inside 'modprobe dummy; ls /sys/class/net'
like 'and is in the guest' "$out" '^dummy1'

# What its kernel says of itself is the end of a run.
like 'a real oops is told' "$(told 'echo EXCEPTION >DIRECT')" '^oops BUG: kernel NULL pointer dereference.* 120$'
# The record does not have it, so this is runqemu's own output: the function, the file and the line of the source itself.
# The oops is in the kernel, the second report in a module.
fault=$(awk '/^(static )?(noinline )?void lkdtm_EXCEPTION/ { here = 1 } here && /= 0;/ { print NR; exit }' "$LINUX_DIR/drivers/misc/lkdtm/bugs.c")
inside 'echo EXCEPTION >provoke-crash/DIRECT'
like 'the title of its report' "$err" '^== BUG: unable to handle kernel NULL pointer dereference in lkdtm_EXCEPTION ==$'
like 'where it is' "$err" "^ *lkdtm_EXCEPTION at drivers/misc/lkdtm/bugs.c:$fault\$"
like 'the line itself' "$err" "^ *$fault  .*= 0;\$"
like 'who called it' "$err" '^ *vfs_write at fs/read_write.c:[1-9][0-9]*$'
like 'what is inlined' "$err" ' at .*:[1-9][0-9]* (inlined)$'
inside 'modprobe test_ubsan'
like 'a report in a module' "$err" '^ *test_ubsan_[a-z_]* at lib/test_ubsan.c:[1-9][0-9]*'
board "$name" -s qemu-run LOG="$SCRATCH/oops.log" RUN='mount -t debugfs none /sys/kernel/debug; echo EXCEPTION >/sys/kernel/debug/provoke-crash/DIRECT' \
	>/dev/null 2>&1 </dev/null
start=$(date +%s%N)
board "$name" -s decode LOG="$SCRATCH/oops.log" >"$SCRATCH/decoded" 2>&1
echo "# make decode took $((($(date +%s%N) - start) / 1000000)) ms"
like 'make decode: the same of a log' "$(cat "$SCRATCH/decoded")" "^ *lkdtm_EXCEPTION at drivers/misc/lkdtm/bugs.c:$fault\$"
like 'a real hung task' "$(told 'echo 2 >/proc/sys/kernel/hung_task_timeout_secs; echo HUNG_TASK >DIRECT & sleep 8')" '^hung task INFO: task .* blocked .* 120$'
like 'a real lockup' "$(told 'echo 2 >/proc/sys/kernel/watchdog_thresh; echo SOFTLOCKUP >DIRECT & sleep 12')" '^lockup .*soft lockup.* 120$'
like 'a real BUG in a kernel that panics at an oops' "$(told 'echo 1 >/proc/sys/kernel/panic_on_oops; echo BUG >DIRECT; sleep 60')" '^panic Fatal exception.* 122$'
is 'a real warning is none' "$(told 'echo WARNING >DIRECT')" 'ok null 0'
like 'which is counted' "$(cat "$SCRATCH/json")" '"warnings":[[:blank:]]*1'
like 'sleeping in atomic context, or what lockdep says of that' "$(told 'echo SPINLOCKUP >DIRECT; ls >/dev/null')" \
	'^\(oops BUG: \|fault WARNING: \).* 120$'

# gdb with all that debug information gives it.
if command -v gdb >/dev/null; then
	mkdir "$CHECK_O/presets-debug"
	ln -s "../$name" "$CHECK_O/presets-debug/default"
	ok 'gdb and its scripts' env CHECK_O="$CHECK_O/presets-debug" KERNEL_IMAGES="$CHECK_O/$name/images" support/tests/boot/40-debug.t
	unlike 'all of it' "$(cat "$SCRATCH/.tap.out")" 'SKIP the scripts'
else
	skip 'gdb and its scripts' 'there is no gdb: scripts/bootstrap debug installs it'
fi
unset LINUX_DIR

# ---- KASAN, KCOV ----
kernel presets-2 KASAN KCOV <<'END'
CONFIG_RUNTIME_TESTING_MENU=y
CONFIG_LKDTM=y
END
like 'KASAN: a use of freed memory' "$(told 'echo READ_AFTER_FREE >DIRECT')" '^oops BUG: KASAN: [a-z-]*use-after-free in .* 120$'
like 'KASAN: memory beyond the end' "$(told 'echo SLAB_LINEAR_OVERFLOW >DIRECT')" '^oops BUG: KASAN: [a-z-]*out-of-bounds in .* 120$'
cat >"$SCRATCH/kcov.c" <<'END'
#include <fcntl.h>
#include <linux/kcov.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>

int main(void)
{
	int fd = open("/sys/kernel/debug/kcov", O_RDWR);
	unsigned long *area;

	if (fd < 0 || ioctl(fd, KCOV_INIT_TRACE, 1024))
		return 1;
	area = mmap(NULL, 1024 * sizeof(*area), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	if (area == MAP_FAILED || ioctl(fd, KCOV_ENABLE, KCOV_TRACE_PC))
		return 1;
	area[0] = 0;
	getppid();
	printf("%lu places\n", area[0]);
	return 0;
}
END
mkdir "$SCRATCH/share"
if gcc -Os -static -o "$SCRATCH/share/kcov" "$SCRATCH/kcov.c" 2>"$SCRATCH/err"; then
	board presets-2 -s qemu-run SHARE="$SCRATCH/share:/mnt" RUN='mount -t debugfs none /sys/kernel/debug; /mnt/kcov' \
		>"$SCRATCH/guest.out" 2>&1 </dev/null
	like 'KCOV: a system call runs code' "$(cat "$SCRATCH/guest.out")" '^[1-9][0-9]* places'
else
	skip 'KCOV' 'a program cannot be linked statically here'
fi

# ---- KCSAN ----
kernel presets-3 KCSAN </dev/null
# A kernel may have races of its own, which are told as such: the command's own status does not count.
inside 'dmesg | grep -i kcsan: ; cat kcsan'
like 'KCSAN: it is on' "$out" 'kcsan: enabled early'
like 'it watches memory' "$out" '^setup_watchpoints: *[1-9]'

# ---- gcov ----
kernel presets-4 GCOV </dev/null
board presets-4 -s qemu-run SHARE="$SCRATCH/share:/mnt:rw" RUN='mount -t debugfs none /sys/kernel/debug
	cd /sys/kernel/debug; cat $(find gcov -path "*/kernel/fork.gcda") >/mnt/fork.gcda' >"$SCRATCH/guest.out" 2>&1 </dev/null
is 'gcov: it boots' "$(cat "$SCRATCH/guest.out")" ''
cp "$CHECK_O/presets-4/build/linux/build/kernel/fork.gcno" "$SCRATCH/share"
like 'what has run, on the host' "$(cd "$SCRATCH/share" && gcov -n fork.gcda 2>&1)" '^Lines executed:[1-9]'

[ "$tap_failed" != 0 ] || rm -rf "$CHECK_O"/presets-*
done_testing
