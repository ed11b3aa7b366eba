#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# What somebody sees who boots the default board for the first time: README has it to the letter. And
# what can be asked of a guest for one run. On the build that 10-qemu-x86_64.t left (or a new one).
# shellcheck disable=SC2016 # text for other shells stands in single quotes
set -u
# shellcheck source=support/tests/board.sh
. support/tests/board.sh

export XDG_CACHE_HOME="$CHECK_O/cache"
[ -s "$CHECK_O/default/images/bzImage" ] || ok 'a build' board default
# What is remembered of KVM is told once, and README is not about that.
board default -s qemu-run RUN=true >/dev/null 2>&1 </dev/null

# ---- at a terminal ----

command -v script >/dev/null || { skip 'a terminal' 'there is no script'; done_testing; }

# seen COUNT: the screen has so many prompts by now
seen() { [ "$(grep -o '~ # ' "$SCRATCH/screen" | wc -l)" -ge "$1" ]; }
# await COMMAND...: until it succeeds, for at most 5 min, or the guest has ended
await() {
	tries=3000
	until "$@" || [ "$tries" = 0 ] || [ -e "$SCRATCH/ended" ]; do
		sleep 0.1
		tries=$((tries - 1))
	done
}
# terminal KEYS ARGUMENT...: make qemu-run at a terminal, where each line of KEYS is typed at a prompt; what is
# seen is in shown.
terminal() {
	keys=$1
	shift
	rm -f "$SCRATCH/ended"
	: >"$SCRATCH/screen"
	{
		typed=0
		printf '%s\n' "$keys" | while IFS= read -r line; do
			typed=$((typed + 1))
			await seen "$typed"
			printf '%s\n' "$line"
		done
		await test -e "$SCRATCH/ended"
	} | {
		# a key that nobody presses is no end of input
		script -q -e -f -c "make O='$CHECK_O/default' TOOLDIR='${TOOLBIN%/bin}' qemu-run $*" "$SCRATCH/screen" >/dev/null
		echo $? >"$SCRATCH/ended"
	}
	shown=$(sed -e '1{/^Script started/d}' -e '/^Script done/d' "$SCRATCH/screen" | tr -d '\r' | sed -e :a -e '/^\n*$/{$d;N;ba}')
}

# From the greeting to the next command of the host, and what that prints.
readme=$(sed -n '/^    Welcome/,/^    \$ make/{/^    \$ make/!s/^    //p}' README.md)
keys=$(printf '%s\n' "$readme" | sed -n 's/^~ # //p')
like 'README has a first boot' "$keys" '^exit$'
terminal "$keys"
is 'it is that to the letter: nothing before the greeting, nothing behind it' "$shown" "$readme"
is 'and success' "$(cat "$SCRATCH/ended")" 0
command=$(sed -n "s/^    \\$ make qemu-run RUN='\\(.*\\)'/\\1/p" README.md)
is 'the next command of it' "$(board default qemu-run RUN="$command" 2>&1 </dev/null)" \
	"$(sed -n '/^    \$ make qemu-run RUN=/,/^$/{/^    \$/d;s/^    //p}' README.md)"

for loud in LOG=y V=1; do
	terminal exit "$loud"
	like "$loud: what the kernel says is seen" "$shown" '^Linux version '
	like 'to the end' "$shown" '^Run /init as init process'
done
terminal exit LOG="$SCRATCH/log"
ok 'LOG=FILE keeps it' grep -q '^Run /init as init process' "$SCRATCH/log"
terminal 'echo c >/proc/sysrq-trigger'
like 'a panic is seen' "$shown" '^Kernel panic - not syncing: sysrq triggered crash'
like 'with the place' "$shown" 'sysrq_handle_crash'
like 'and told in the end' "$shown" '^runqemu: guest panicked: sysrq triggered crash'
terminal 'echo "<4>a warning" >/dev/kmsg; echo "<6>in passing" >/dev/kmsg
exit'
like 'a warning of the kernel is seen' "$shown" '^a warning'
unlike 'what it says in passing is not' "$shown" '^in passing'

# ---- for one run ----

is 'CPUS, MEMORY' "$(board default -s qemu-run CPUS=2 MEMORY=512 RUN='grep -c ^processor /proc/cpuinfo; awk "/MemTotal/ { print (\$2 > 400000) }" /proc/meminfo' </dev/null)" '2
1'
is 'MEMORY in GiB' "$(board default -s qemu-run MEMORY=1G RUN='awk "/MemTotal/ { print (\$2 > 900000) }" /proc/meminfo' </dev/null)" 1
like 'APPEND, which nobody expands' "$(board default -s qemu-run APPEND='one="a  b" $(hostname)' RUN='cat /proc/cmdline' </dev/null)" ' one="a  b" \$(hostname)'
fails 2 'CPUS that are no number' board default qemu-run CPUS=two
said 'are told' 'CPUS=two: a whole number is expected'
fails 2 'too little MEMORY' board default qemu-run MEMORY=20 RUN=true
said 'is told before anything boots' '^runqemu: 20 MiB of memory are too little: .*: raise --memory (MEMORY= of make)'
fails 2 'or what is, a little later' board default qemu-run MEMORY=32 TIMEOUT=120 RUN=true
said 'has the advice' '^runqemu: 32 MiB of memory seem to be too little for this guest: raise --memory (MEMORY= of make)'
fails 2 'make has a status of its own' board default qemu-run JSON="$SCRATCH/json" RUN='echo c >/proc/sysrq-trigger; sleep 60'
said 'it prints that of the guest' 'Error 122'
like 'and the record has it' "$(tr -d '\n' <"$SCRATCH/json")" '"exit":[[:space:]]*122'
like 'LOG=y, with a command' "$(board default -s qemu-run LOG=y RUN=true 2>&1 >/dev/null </dev/null)" '^Linux version '
is 'whose output it is not' "$(board default -s qemu-run LOG=y RUN='echo out' 2>/dev/null </dev/null)" out
board default -s qemu-run LOG="$SCRATCH/log.2" RUN=true >/dev/null 2>&1 </dev/null
ok 'LOG=FILE, with a command' grep -q '^Linux version ' "$SCRATCH/log.2"

truncate -s 8M "$SCRATCH/a,1.img"
truncate -s 16M "$SCRATCH/b.img"
board default -s qemu-run DISK="$SCRATCH/a,1.img $SCRATCH/b.img" RUN='mke2fs /dev/vda && mount /dev/vda /mnt && echo kept >/mnt/file && umount /mnt' >"$SCRATCH/out" 2>&1 </dev/null ||
	tap_note 'mke2fs' "$(cat "$SCRATCH/out")"
for machine in '' ' --machine q35'; do
	# shellcheck disable=SC2086 # two words, or none
	is "DISK: a file is kept, the order is that of the disks, :ro is read-only$machine" "$("$TOOLBIN/runqemu" --accel tcg --images "$CHECK_O/default/images" --guest-init $machine \
		--disk "$SCRATCH/b.img" --disk "$SCRATCH/a,1.img:ro" -- \
		'cat /sys/block/vda/size /sys/block/vdb/ro; mount -o ro /dev/vdb /mnt && cat /mnt/file; : >/dev/vdb && dd if=/dev/zero of=/dev/vdb count=1 2>/dev/null || echo refused')" '32768
1
kept
refused'
done
fails 2 'DISK=nowhere' board default qemu-run DISK=nowhere RUN=true
said 'is told' '^runqemu: cannot use the disk nowhere: No such file'
if command -v perl >/dev/null; then
	status=0
	out=$(board default -s qemu-run ROOT=/ GUEST_USER=nobody ROOT_HIDE=/etc/hosts NET=mcast:10.0.3.7 \
		RUN='perl -e "print 6 * 7"; id -un; pwd; exit 7' </dev/null 2>"$SCRATCH/err") || status=$?
	is 'ROOT=/: a program of this machine, as another user, here' "$status $out" "2 42nobody
$TOP"
	like 'its status' "$(cat "$SCRATCH/err")" 'Error 7$'
else
	skip 'ROOT=/' 'there is no perl'
fi
like 'a kernel by its path, and its modules' "$(board default -n qemu-run KERNEL=/boot/vmlinuz MODULES=/ NUMA='64M:0 64M' VSOCK=7 NET='y mcast')" \
	" --kernel ./boot/vmlinuz. .* --net --lan '' *--vsock 7 .*--numa .64M:0 64M. *--modules ./. "
handed=$(board default -n matrix KERNELS=v CPUS=3 MEMORY=2G APPEND=quiet DISK=/disk LOG=y ROOT=/ NUMA=2)
for given in CPUS=.3 MEMORY=.2G APPEND=.quiet DISK=./disk LOG=.y ROOT=./ NUMA=.2; do
	like "make matrix and make bisect hand $given on" "$handed" "$given"
done
done_testing
