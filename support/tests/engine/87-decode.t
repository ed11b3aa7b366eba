#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# make decode: a log and the last build's kernel, for which a small program stands in.
set -u
. support/tests/engine.sh

mkdir -p "$EXT/package/kern/files"
cat >"$SCRATCH/main.c" <<'END'
const char linux_banner[] = "Linux version 6.12.95 (a@b) #1 SMP\n";
volatile int word;
void broken(void) { word = 1; }
void _start(void) { broken(); }
END
gcc -g -ffreestanding -nostdlib -static -no-pie -fno-stack-protector -o "$EXT/package/kern/files/vmlinux" "$SCRATCH/main.c" || exit 1
pkg kern <<'END'
KERN_MODE := kernel
KERN_FILES := files/vmlinux
define KERN_INSTALL
cp "$(FILES)/vmlinux" "$(IMAGE)/images/vmlinux"
echo CONFIG_DEBUG_INFO=y >"$(IMAGE)/images/kernel.config"
endef
END
choose kern
size=0x$(nm -S "$EXT/package/kern/files/vmlinux" | awk '$4 == "broken" { sub("^0*", "", $2); print $2 }')
printf '%s\n' 'Linux version 6.12.95 (a@b) #1 SMP' 'Call Trace:' " broken+0x0/$size" >"$SCRATCH/log"

fails 2 'no kernel was built' whittle decode LOG="$SCRATCH/log"
said 'is said' 'there is no .*/images/vmlinux to decode a log with'
said '... and the remedy' "to decode a log with: 'make' builds one, VMLINUX=FILE is any other$"
ok 'a build' whittle
ok 'a log in a file' whittle -s decode LOG="$SCRATCH/log"
said 'its line' '^  *broken at .*/main.c:3$'
said 'with the source' '^  *3  void broken(void) { word = 1; }'
silent() { unlike "$1" "$(cat "$SCRATCH/.tap.out")" "$2"; }
silent 'nothing is missing' 'adds lines'
# shellcheck disable=SC2016 # for eval
is 'a log of standard input' "$(whittle -s decode <"$SCRATCH/log" 2>&1 | grep ' at ')" "$(grep ' at ' "$SCRATCH/.tap.out")"
cp "$OUT/images/vmlinux" "$SCRATCH/elsewhere"
sed -i 's/6\.12\.95/6.12.94/' "$SCRATCH/elsewhere" "$SCRATCH/log"
fails 2 'a log of another kernel' whittle decode LOG="$SCRATCH/log"
said 'is an error' 'is of another kernel than .*vmlinux'
ok 'that kernel by name' whittle -s decode LOG="$SCRATCH/log" VMLINUX="$SCRATCH/elsewhere"
said 'is the one' '^  *broken at .*/main.c:3$'
fails 2 'VMLINUX without decode' whittle VMLINUX="$SCRATCH/elsewhere"
said 'does nothing' 'VMLINUX= is for decode'
done_testing
