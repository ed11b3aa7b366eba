#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Kernels by clang and lld: for another architecture by the menu, with BTF; and for the default board by LLVM=1, from a
# directory, of which clangd learns how it was compiled.
set -u
. support/tests/board.sh
export XDG_CACHE_HOME="$CHECK_O/cache"

for program in clang ld.lld llvm-ar pahole qemu-system-aarch64 aarch64-linux-gnu-gcc; do
	command -v "$program" >/dev/null || {
		skip 'a kernel by clang' "there is no $program here"
		done_testing
	}
done
rm -rf "$CHECK_O"/clang-*

mkdir -p "$CHECK_O/clang-1"
cp board/qemu-aarch64/defconfig "$CHECK_O/clang-1/.config"
printf '%s\n' CONFIG_TOOLCHAIN_KERNEL_LLVM=y CONFIG_LINUX_PRESET_BTF=y >>"$CHECK_O/clang-1/.config"
start=$(date +%s)
ok 'a kernel for another architecture, with BTF' board clang-1
echo "# it took $(($(date +%s) - start)) s"
unlike 'every setting takes effect' "$(cat "$SCRATCH/.tap.out")" 'kmerge:\|did not take effect'
guest clang-1 'cat /proc/version; wc -c </sys/kernel/btf/vmlinux'
is 'it boots' "$status" 0
like 'clang and lld have made it' "$out" '^Linux version .*clang version .*LLD'
like 'it knows its types' "$out" '^[1-9][0-9]\{5,\}$'
is 'in BTF' "$(board clang-1 -s qemu-run RUN='head -c 2 /sys/kernel/btf/vmlinux' 2>/dev/null </dev/null | od -An -tx1)" ' 9f eb'

ok 'sources' board clang-1 linux-unpack
tree=$CHECK_O/clang-1/build/linux/src
small clang-2
start=$(date +%s)
ok 'RUN=true with LLVM=1' board clang-2 LINUX_DIR="$tree" LLVM=1 qemu-run RUN='grep -q "clang version.*LLD" /proc/version'
echo "# it took $(($(date +%s) - start)) s"
ok 'compile_commands.json' board clang-2 LINUX_DIR="$tree" LLVM=1 compile_commands.json
json=$CHECK_O/clang-2/compile_commands.json
is 'it has a file of the kernel once' "$(jq -r '.[].file' "$json" | grep -c "^$tree/init/main\.c$")" 1
is 'all is compiled by clang' "$(jq -r '.[].command' "$json" | cut -d ' ' -f 1 | sort -u)" clang
jq -r '.[] | select(.file | endswith("/init/main.c")) | "cd \(.directory) && \(.command) -fsyntax-only"' "$json" >"$SCRATCH/run"
ok 'its command compiles' sh "$SCRATCH/run"

[ "$tap_failed" != 0 ] || rm -rf "$CHECK_O"/clang-*
done_testing
