#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# A guest of a kernel with debug information panics, and one hangs: the memory that is kept shows in gdb where, what the
# kernel said, and what each task did; and drgn and crash read it, where they are.
# shellcheck disable=SC2016 # text for other shells stands in single quotes
set -u
. support/tests/board.sh
export XDG_CACHE_HOME="${CRASH_CACHE:-$CHECK_O/cache}"
if ! command -v gdb >/dev/null; then
	skip 'a crash in gdb' 'there is no gdb: scripts/bootstrap debug installs it'
	done_testing
fi
rm -rf "$CHECK_O/crash-1"
mkdir -p "$CHECK_O/crash-1"
cp board/qemu-x86_64/defconfig "$CHECK_O/crash-1/.config"
printf 'CONFIG_%s\n' LINUX_PRESET_DEBUG_INFO=y QEMU_CPUS=2 >>"$CHECK_O/crash-1/.config"
ok 'a kernel with debug information' board crash-1
unlike 'every setting takes effect' "$(cat "$SCRATCH/.tap.out")" 'kmerge:\|did not take effect'

# dies COMMAND: a guest that runs it is kept; sets err.
dies() {
	board crash-1 -s qemu-run CRASH=keep TIMEOUT=30 RUN="$1" >"$SCRATCH/out" 2>"$SCRATCH/err" </dev/null
	err=$(cat "$SCRATCH/err")
}
# opened ARGUMENT...: make crash, with these commands of gdb; sets out.
opened() {
	args=-batch
	for command; do args="$args -ex '$command'"; done
	start=$(date +%s%N)
	ok "make crash: $*" board crash-1 -s crash GDB_ARGS="$args" </dev/null
	echo "# it took $((($(date +%s%N) - start) / 1000000)) ms"
	out=$(tr -d '\r' <"$SCRATCH/.tap.out")
}

# ---- a panic ----
dies 'sleep 1234 & sleep 1; echo c >/proc/sysrq-trigger; sleep 60'
like 'a panic is told, and what is kept' "$err" 'the guest.s memory is kept (.*): make crash opens .*/crash/[0-9]*-[0-9]*-sysrq-triggered-crash$'
printf '%s\n' "$err" | grep 'memory is kept' | sed 's/^/# /'
opened bt lx-dmesg lx-ps 'info threads'
like 'the stack of the processor: where it panicked' "$out" '^#[0-9]* .* in panic (fmt=.*sysrq triggered crash.* at .*kernel/panic\.c:[0-9]'
like 'by which function' "$out" '^#[0-9]* .* in sysrq_handle_crash (key=.* at .*drivers/tty/sysrq\.c:[0-9]'
like 'and the system call' "$out" '^#[0-9]* .* in ksys_write (.* at .*fs/read_write\.c:[0-9]'
like 'lx-dmesg: the last words' "$out" '\] Kernel panic - not syncing: sysrq triggered crash'
like 'lx-dmesg: the first' "$out" '\] Linux version '
like 'lx-ps: processes' "$out" '^0x[0-9a-f]* *[0-9][0-9]* *sleep'
like 'lx-ps: threads of the kernel' "$out" '^0x[0-9a-f]* *2 *kthreadd'
like 'tasks are threads' "$out" 'LWP 2 "kthreadd".* in context_switch '
opened 'thread apply all bt'
like 'the stack of a process that sleeps' "$(printf '%s\n' "$out" | sed -n '/^Thread.*"sleep"/,/^$/p')" '^#[0-9]* .* in .*nanosleep.* (.* at .*kernel/time/'
like 'and of init' "$(printf '%s\n' "$out" | sed -n '/^Thread.*(LWP 1 /,/^$/p')" '^#[0-9]* .* at '
like 'through the scheduler' "$out" '^#[0-9]* .* schedule () at .*kernel/sched/core\.c:[0-9]'
opened 'p $lx_task_by_pid(2)->comm' 'p $lx_per_cpu(runqueues, 0).nr_switches' 'p init_uts_ns.name.release'
like 'functions of the scripts' "$out" '^\$1 = "kthreadd'
like 'variables' "$out" '^\$3 = "[0-9]*\.[0-9]*\.[0-9]*'
dir=$(echo "$CHECK_O"/crash-1/crash/*sysrq*)
for file in vmcore.zst vmlinux console.log record.json command; do ok "$file is kept" test -s "$dir/$file"; done
ok 'the list' board crash-1 -s crash-list
said 'has it, with the command' 'panic: sysrq triggered crash; in: sleep 1234'
echo "# on the disk: $(du -sh "$dir" | cut -f 1), of that the memory: $(du -h "$dir/vmcore.zst" | cut -f 1)"

# Others read the same core.
if command -v drgn >/dev/null; then
	printf "%s\n" "from drgn.helpers.linux import *" 'for t in for_each_task(prog):' '	print("TASK", t.pid.value_(), t.comm.string_().decode())' \
		'	if t.comm.string_() == b"kswapd0": print(prog.stack_trace(t))' >"$SCRATCH/script.py"
	cat >"$SCRATCH/drgn" <<END
#!/bin/sh
exec $(command -v drgn) -q "\$@" "$SCRATCH/script.py"
END
	chmod 755 "$SCRATCH/drgn"
	ok 'make crash WITH=drgn' env PATH="$SCRATCH:$PATH" make O="$CHECK_O/crash-1" TOOLDIR="${TOOLBIN%/bin}" -s crash WITH=drgn </dev/null
	said 'drgn: tasks' '^TASK 2 kthreadd$'
	said 'drgn: a stack' '^#[0-9]* *kthread (.*kernel/kthread\.c:'
	rm -f "$SCRATCH/drgn"
else
	skip 'drgn' 'there is no drgn'
fi
if command -v crash >/dev/null; then
	printf 'bt\nps\nquit\n' >"$SCRATCH/commands"
	board crash-1 -s crash WITH=crash <"$SCRATCH/commands" >"$SCRATCH/crash.out" 2>&1
	if grep -q 'PANIC\|sysrq_handle_crash' "$SCRATCH/crash.out"; then
		like 'crash: the stack' "$(cat "$SCRATCH/crash.out")" 'sysrq_handle_crash'
	else
		skip 'crash' "this crash cannot read such a kernel: $(grep -m 1 ^crash: "$SCRATCH/crash.out")"
	fi
else
	skip 'crash' 'there is no crash'
fi

# ---- an oops with panic_on_oops, and a hang ----
dies 'echo 1 >/proc/sys/kernel/panic_on_oops; echo c >/proc/sysrq-trigger; sleep 60'
like 'an oops that panics' "$err" 'memory is kept'
dies 'cat /proc/self/stat; sleep 1000'
like 'a hang' "$err" 'the guest.s memory is kept (.*): make crash opens .*/crash/[0-9]*-[0-9]*-hang'
opened 'info threads'
like 'what it waits for' "$out" '"sleep"'
is 'all three share the kernel' "$(stat -c %h "$CHECK_O"/crash-1/crash/*hang/vmlinux)" 3

# ---- what is not the guest's kernel ----
cp "$CHECK_O/crash-1/images/vmlinux" "$SCRATCH/vmlinux"
objcopy --set-section-flags .notes=alloc,load,data "$SCRATCH/vmlinux" 2>/dev/null
at=$(readelf -W -S "$SCRATCH/vmlinux" | sed -n 's/^ *\[ *[0-9]*\] \.notes  *NOTE  *[0-9a-f]*  *\([0-9a-f]*\).*/\1/p')
size=$(readelf -W -S "$SCRATCH/vmlinux" | sed -n 's/^ *\[ *[0-9]*\] \.notes  *NOTE  *[0-9a-f]*  *[0-9a-f]*  *\([0-9a-f]*\).*/\1/p')
id=$(readelf -n "$SCRATCH/vmlinux" 2>/dev/null | sed -n 's/^ *Build ID: //p')
offset=$(dd if="$SCRATCH/vmlinux" bs=1 skip=$((0x$at)) count=$((0x$size)) 2>/dev/null | od -An -v -tx1 | tr -d ' \n' | grep -bo "$id" | cut -d : -f 1)
printf '\000\000' | dd of="$SCRATCH/vmlinux" bs=1 seek=$((0x$at + offset / 2)) conv=notrunc 2>/dev/null
fails 2 'a vmlinux with another build ID' board crash-1 -s crash VMLINUX="$SCRATCH/vmlinux" GDB_ARGS=-batch </dev/null
said 'is told' "the core is of another kernel than .*: of .* with the build ID $id, not 0000"

[ "$tap_failed" != 0 ] || rm -rf "$CHECK_O/crash-1"
done_testing
