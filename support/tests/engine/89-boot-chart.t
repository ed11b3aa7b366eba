#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# make boot-chart without a guest: of a log that is there, and of two records; which vmlinux it takes, where the files
# are, and what it refuses.
set -u
. support/tests/engine.sh

mkdir -p "$EXT/package/kern/files"
cat >"$SCRATCH/main.c" <<'END'
__asm__(".data\n__initcall__kmod_foo__123_45_foo_init6:\n.long 0\n.text");
void _start(void) { }
END
gcc -ffreestanding -nostdlib -static -no-pie -fno-stack-protector -o "$EXT/package/kern/files/vmlinux" "$SCRATCH/main.c" || exit 1
pkg kern <<'END'
KERN_MODE := kernel
KERN_FILES := files/vmlinux
define KERN_INSTALL
cp "$(FILES)/vmlinux" "$(IMAGE)/images/vmlinux"
endef
END
for name in stick ext; do
	pkg image-$name <<-END
		IMAGE_$(prefix $name)_TYPE   := image
		IMAGE_$(prefix $name)_IMAGES := $name.img
		IMAGE_$(prefix $name)_BOOT   := $([ $name = stick ] && echo firmware || echo kernel ro)
		define IMAGE_$(prefix $name)_BUILD
		echo $name >$name.img
		endef
	END
	sed -i '1i # Menu: Images' "$EXT/package/image-$name/Kconfig"
done
choose kern
cat >"$SCRATCH/boot.log" <<'END'
[    0.000000] Linux version 6.1.176 (a@b) #1 SMP
[    0.100000] calling  foo_init+0x0/0x10 @ 1
[    0.110000] initcall foo_init+0x0/0x10 returned 0 after 9000 usecs
[    0.200000] Run /init as init process
END

ok 'a log without a build' whittle -s boot-chart LOG="$SCRATCH/boot.log"
said 'is a chart' '^linux 6.1.176: init after 200.0 ms; 1 initcall, 0 probes, 0 scripts$'
said 'whose files are in O' "^the chart is $OUT/boot-chart.svg, its record $OUT/boot-chart.json$"
said 'levels are not known' '  initcalls$'
ok 'both are there' test -s "$OUT/boot-chart.svg" -a -s "$OUT/boot-chart.json"
ok 'a build' whittle
ok 'then' whittle -s boot-chart LOG="$SCRATCH/boot.log" CHART="$SCRATCH/b c.svg"
said 'its vmlinux tells the levels' '  device$'
said 'and the objects' 'initcall foo_init (foo)$'
ok 'the files have that name' test -s "$SCRATCH/b c.svg" -a -s "$SCRATCH/b c.json"
ok 'another vmlinux' whittle -s boot-chart LOG="$SCRATCH/boot.log" VMLINUX="$SCRATCH/nowhere"
said 'is taken instead' 'nowhere: the levels of initcalls are not known: No such file'
ok 'two records' whittle -s boot-chart A="$OUT/boot-chart.json" B="$SCRATCH/b c.json"
said 'are compared' 'B - A  phase, ms$'
fails 2 'one record' whittle -s boot-chart A="$OUT/boot-chart.json"
said 'is not enough' 'boot-chart compares two records: A=FILE and B=FILE'
echo nothing >"$SCRATCH/boot.log"
fails 2 'a log without a boot' whittle -s boot-chart LOG="$SCRATCH/boot.log"
said 'is an error' 'there is no initcall in it'
fails 2 'a guest that has no log' whittle -s boot-chart RUNQEMU=: MKINITRAMFS=:
said 'is an error that says what it needs' '^dmesg in the guest printed nothing: boot-chart needs a kernel with CONFIG_PRINTK, and its log .*; LOG=FILE takes'
fails 2 'one that failed' whittle -s boot-chart RUNQEMU=false MKINITRAMFS=:
said 'leaves another way' '^there is no log of the boot: docs/bootchart.md says how to take it from the console$'
fails 2 'CHART without boot-chart' whittle CHART=x.svg
said 'does nothing' 'CHART= is for boot-chart'

# What firmware starts has the kernel's arguments in it.
choose kern image-stick image-ext
like 'an image that the kernel mounts is booted' "$(whittle -n boot-chart BOOT=ext)" "--boot [^ ]*/ext.img .* --append 'initcall_debug "
fails 2 'one that firmware boots is not' whittle boot-chart BOOT=stick
said 'and the reason is told' 'cannot tell the kernel of BOOT=stick to report: firmware starts it, .* BOOT=ext4 and the like'
unlike 'before anything is built' "$(cat "$SCRATCH/.tap.out")" '  BUILD'

ok 'clean' whittle clean
ok 'removes it' test ! -e "$OUT/boot-chart.svg" -a ! -e "$OUT/boot-chart.json"
done_testing
