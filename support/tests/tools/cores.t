#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# cores: opening what is kept of a guest, with a small program in the kernel's place. It has lists of tasks as the kernel
# has them, and the stacks of two that wait.
# shellcheck disable=SC2016 # text for gdb stands in single quotes
set -u
# shellcheck source=support/tests/tap.sh
. support/tests/tap.sh

cores=$TOOLBIN/cores
if [ "$(uname -m)" != x86_64 ]; then
	skip 'the core of a small kernel' 'its stacks are those of another architecture'
	done_testing
fi
"${CC:-gcc}" -o "$SCRATCH/mkcore" support/tests/helpers/mkcore.c || exit 1
cd "$SCRATCH" || exit 1

cat >kernel.c <<'END'
struct list_head { struct list_head *next, *prev; };
struct thread_info { unsigned cpu; };
struct thread_struct { unsigned long pad, sp; };
struct pt_regs { unsigned long r15, r14, r13, r12, bp, bx, r11, r10, r9, r8, ax, cx, dx, si, di, orig_ax, ip, cs, flags, sp, ss; };
struct inactive_task_frame { unsigned long r15, r14, r13, r12, bx, bp, ret_addr; };
struct signal_struct { int pad; struct list_head thread_head; };
struct task_struct {
	struct thread_info thread_info;
	int on_cpu;
	struct list_head tasks;
	int pid;
	struct signal_struct *signal;
	struct list_head thread_node;
	char comm[16];
	struct thread_struct thread;
};
const char linux_banner[] = "Linux version 6.12.95 (a@b) #1 SMP\n";
struct pt_regs *registers;
int ballast[10000] = { [0 ... 9999] = 7 };
int panic_cpu = -1;
volatile int word;
__attribute__((noinline)) void waits(void) { word++; __asm__ volatile("" ::: "memory"); word++; }
__attribute__((noinline)) void first(void) { waits(); word++; }
__attribute__((noinline)) void second(void) { waits(); word++; }
struct stack { struct inactive_task_frame frame; unsigned long rest[8]; };
#define STACK(of) { { .bp = (unsigned long)&of.rest[2], .ret_addr = (unsigned long)waits }, { (unsigned long)CALLER } }
#define CALLER ((char *)first + 9)
struct stack one = STACK(one);
#undef CALLER
#define CALLER ((char *)second + 9)
struct stack two = STACK(two);
extern struct task_struct init_task, a, b, c;
struct signal_struct ours = { 0, { &init_task.thread_node, &init_task.thread_node } };
struct signal_struct as = { 0, { &a.thread_node, &b.thread_node } }, cs = { 0, { &c.thread_node, &c.thread_node } };
#define LIST(x, y) { &(x), &(y) }
struct task_struct init_task = { .tasks = LIST(a.tasks, c.tasks), .signal = &ours };
struct task_struct a = { .tasks = LIST(c.tasks, init_task.tasks), .pid = 41, .signal = &as, .comm = "wai ter`x`",
	.thread_node = LIST(b.thread_node, as.thread_head), .thread = { 0, (unsigned long)&one } };
struct task_struct b = { .pid = 42, .signal = &as, .comm = "thread/2", .thread_node = LIST(as.thread_head, a.thread_node),
	.thread = { 0, (unsigned long)&two } };
struct task_struct c = { .tasks = LIST(init_task.tasks, a.tasks), .pid = 43, .signal = &cs, .comm = "runner", .on_cpu = 1,
	.thread_node = LIST(cs.thread_head, cs.thread_head) };
void _start(void) { first(); second(); }
END
link() { # NAME OPTION...
	linked=$1
	shift
	"${CC:-gcc}" -O1 -fno-omit-frame-pointer -fcf-protection=none -ffreestanding -nostdlib -static -no-pie -fno-stack-protector "$@" -o "$linked" kernel.c
}
link vmlinux -g -Wl,--build-id || exit 1
id=$(readelf -n vmlinux | sed -n 's/^ *Build ID: //p')
info() { printf 'OSRELEASE=6.12.95\nBUILD-ID=%s\nKERNELOFFSET=0\n' "${1-$id}"; }
# crash NAME INFO: a crash of that vmcoreinfo
crash() {
	mkdir -p "all/$1"
	cp vmlinux "all/$1/vmlinux"
	./mkcore vmlinux "$2" core.plain && zstd -qf core.plain -o "all/$1/vmcore.zst"
}
if ! command -v zstd >/dev/null; then
	skip 'the core of a small kernel' 'there is no zstd'
	done_testing
fi
crash 1-good "$(info)"
cat >all/1-good/record.json <<'END'
{ "cause": "panic", "detail": "of \u001b[31mmine", "command": "echo c >/proc/sysrq-trigger" }
END
ok 'a list' "$cores" list all
said 'with what happened, harmless to a terminal' '^    [0-9.]* [KM]*iB, panic: of \\x1b\[31mmine; in: echo c >/proc/sysrq-trigger$'

# ---- opening it ----
ok 'a core is opened' "$cores" open all/1-good core
is 'nothing is missing' "$(grep '^cores:' .tap.out)" ''
said "gdb's commands: the kernel" '^file all/1-good/vmlinux$'
said 'the core' '^core-file core$'
said 'a processor has the name of its task' '^thread apply 1 -q -s thread name runner$'
said 'a task has its name, without what gdb or a terminal would act on' '^thread apply 2 -q -s thread name wai_ter_x_$'
ok 'as QEMU wrote it' "$cores" open --plain all/1-good core.same
is 'it is the same, and needs no core-file' "$(cmp core.plain core.same && cat .tap.out)" "add-auto-load-safe-path all/1-good
file all/1-good/vmlinux"
if command -v gdb >/dev/null; then
	"$cores" open all/1-good core >script
	echo set confirm off >>script
	gdb -q -nx -batch -x script -ex 'info threads' -ex 'thread apply all bt' >gdb.out 2>&1
	text=$(cat gdb.out)
	like 'gdb: the running task' "$text" 'LWP 43 "runner"'
	like 'a task' "$text" 'LWP 41 "wai_ter_x_"'
	like 'a thread of it' "$text" 'LWP 42 "thread/2"'
	like 'the stack of the one' "$(sed -n '/^Thread.*LWP 41/,/^$/p' gdb.out)" '^#1 .* in first '
	like 'the stack of the other' "$(sed -n '/^Thread.*LWP 42/,/^$/p' gdb.out)" '^#1 .* in second '
else
	skip 'gdb' 'there is no gdb: scripts/bootstrap debug installs it'
fi

# More headers than their number has room for in the header of the file.
many() { # PAGES: a crash with so many pieces of memory, of each of which QEMU tells half
	mkdir -p "many/$1"
	cp vmlinux "many/$1/vmlinux"
	./mkcore vmlinux "$(info)" core.many "$1" && zstd -qf core.many -o "many/$1/vmcore.zst"
}
heads() { # FILE: the number of its program headers, as its header has it
	readelf -h "$1" | sed -n 's/^ *Number of program headers: *//p'
}
loads() { # FILE: how many pieces of memory it has
	readelf -lW "$1" | grep -c '^  LOAD '
}
for pages in 65533 70000; do
	many $pages
	was=$(heads core.many)
	ok "$pages pieces of memory" timeout 60 "$cores" open --plain many/$pages core
	is 'have as many headers as they had' "$(heads core)" "$was"
	is 'by their physical addresses, too' "$(readelf -lW core | grep -c "^  LOAD *0x[0-9a-f]* 0x0* 0x0*100000 $(printf 0x%06x $((pages * 64))) ")" 1
	ok 'and for gdb' timeout 60 "$cores" open many/$pages core.gdb
	is '... all of their halves' "$(loads core.gdb)" $(($(loads core.many) + pages))
	like '... more than there is room for' "$(heads core.gdb)" "^65535 ($(($(loads core.gdb) + 1)))\$"
done

# ---- what does not fit ----
crash 2-other "$(info 00112233)"
fails 1 'a core of another kernel' "$cores" open all/2-other core.not
said 'is told by its build ID' "^cores: the core is of another kernel than all/2-other/vmlinux: of 6.12.95 with the build ID 00112233, not $id; VMLINUX=FILE of make names the right one\$"
ok 'and there is no core' test ! -e core.not
crash 3-none ''
ok 'a core without vmcoreinfo' "$cores" open all/3-none core
said 'is opened, and told' "^cores: the core has no vmcoreinfo, which crash and drgn need: 'Debug information' (menu Kernel, Debugging)"
sed 's/6\.12\.95/6.12.94/' kernel.c >kernel.new && mv kernel.new kernel.c
link other -g -Wl,--build-id || exit 1
fails 1 'without vmcoreinfo, another kernel' "$cores" open --vmlinux other all/3-none core
said 'is told by its banner' '^cores: other is not the kernel of the core, or the kernel was moved'
mv all/3-none/vmlinux vmlinux.away
fails 1 'no kernel' "$cores" open all/3-none core
said 'is told' '^cores: all/3-none/vmlinux: No such file or directory: VMLINUX=FILE of make names the kernel with symbols$'
ok 'the kernel by its path' "$cores" open --vmlinux vmlinux.away all/3-none core
strip -g -o stripped vmlinux
ok 'a kernel without debug information' "$cores" open --vmlinux stripped all/1-good core
said 'is told' 'only the processors are threads, not the tasks: the kernel has no debug information'
crash 4-moved "$(info | sed 's/KERNELOFFSET=0/KERNELOFFSET=1000000/')"
fails 1 'a kernel that is not where it says' "$cores" open all/4-moved core
said 'is told' 'is not the kernel of the core'

# ---- damage ----
mkdir all/5-cut
cp vmlinux all/5-cut
head -c 300 all/1-good/vmcore.zst >all/5-cut/vmcore.zst
fails 1 'a core that is cut off' "$cores" open all/5-cut core.cut
said 'is told' '^cores: all/5-cut/vmcore.zst: it is damaged: '
ok 'and there is none' test ! -e core.cut
head -c 700 core.plain | zstd -qf -o all/5-cut/vmcore.zst
fails 1 'one that was cut off before it was packed' "$cores" open all/5-cut core.cut
said 'is told, too' '^cores: all/5-cut/vmcore.zst: it is cut off$'
echo 'no core at all' | zstd -qf -o all/5-cut/vmcore.zst
fails 1 'what is no core' "$cores" open all/5-cut core.cut
said 'is told' 'it is no ELF core$'
mkdir all/6-none
is 'a directory without a core is no crash' "$("$cores" list all | grep -c '^[0-9]')" 5
# A list of tasks that never ends.
sed -i 's/LIST(b.thread_node, as.thread_head)/LIST(a.thread_node, as.thread_head)/; s/6\.12\.94/6.12.95/' kernel.c
link vmlinux -g -Wl,--build-id || exit 1
id=$(readelf -n vmlinux | sed -n 's/^ *Build ID: //p')
crash 7-loop "$(info)"
ok 'a list of tasks without an end has one' timeout 60 "$cores" open all/7-loop core.loop
# One without an end whose tasks are not in the core.
sed -e 's/^extern struct task_struct/struct list_head lone __attribute__((section(".lone"))) = { \&lone, \&lone };\n&/' \
	-e 's/ as = { 0, { &a.thread_node/ as = { 0, { \&lone/' kernel.c >kernel.new && mv kernel.new kernel.c
link vmlinux -g -Wl,--build-id,--section-start=.lone=0x900000 || exit 1
id=$(readelf -n vmlinux | sed -n 's/^ *Build ID: //p')
crash 8-lone "$(info)"
ok 'and so has one of tasks that are not there' timeout 60 "$cores" open all/8-lone core.loop

# Names with blanks, which gdb would take for several.
mkdir 'a b' && cp vmlinux 'a b/vm"linux'
ok 'a kernel with a blank in its path' "$cores" open --vmlinux 'a b/vm"linux' all/8-lone core
said 'is one word for gdb' '^file a\\ b/vm\\"linux$'
if command -v gdb >/dev/null; then
	"$cores" open --vmlinux 'a b/vm"linux' all/8-lone core >script
	like 'it has its symbols' "$(gdb -q -nx -batch -x script -ex 'info symbol first' 2>&1)" '^first in section .text'
fi
for goal in list last; do
	fails 1 "$goal: what cannot be written" sh -c '"$@" >/dev/full' sh "$cores" $goal all
	said 'is told' '^cores: cannot write to standard output: No space left on device$'
done
if mkdir tiny && unshare -m true 2>/dev/null; then
	fails 1 'a full disk' unshare -m sh -c 'mount -t tmpfs -o size=4k none tiny && { "$@"; status=$?; ls -A tiny >left; exit $status; }' sh \
		"$cores" open all/1-good tiny/core
	said 'is told' '^cores: .*No space left on device$'
	is 'and nothing is left' "$(cat left)" ''
else
	skip 'a full disk' 'no file system can be mounted here'
fi

done_testing
