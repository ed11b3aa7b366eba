#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# clang as the compiler of the kernel, and programs that a recipe names: what scripts have of them, what is missing,
# what is too old. With stand-ins for clang and for the kernel.
# shellcheck disable=SC2016 # text for other shells stands in single quotes
set -u
. support/tests/engine.sh

llvm=$SCRATCH/llvm
mkdir "$llvm"
for name in clang ld.lld llvm-ar llvm-nm llvm-objcopy llvm-objdump llvm-readelf llvm-strip; do
	printf '#!/bin/sh\n# %s\n' "$name" >"$llvm/$name"
	chmod 755 "$llvm/$name"
done
echo 'for arg; do [ "$arg" != -dumpversion ] || echo 14.0.6; done' >>"$llvm/clang"
pkg kern <<'END'
KERN_MODE := kernel
define KERN_INSTALL
$$CC -dumpversion >"$(IMAGE)/images/version"
echo "$$LD $$AR $$HOSTCC" >"$(IMAGE)/images/tools"
endef
END
simple plain
choose kern plain
ok 'with gcc' whittle
gcc=$(cat "$OUT/build/kern/build.sh")
like 'gcc is the compiler' "$gcc" 'WCC_GCC=gcc$'
plain=$(cat "$OUT/build/plain/build.sh")
ok 'with clang' whittle LLVM="$llvm/"
is 'the kernel is built again' "$(steps)" 'BUILD kern,CONFIGURE kern,INSTALL kern'
is 'by that' "$(cat "$OUT/images/version")" 14.0.6
is 'with its tools, and gcc for this machine' "$(cat "$OUT/images/tools")" "$llvm/ld.lld $llvm/llvm-ar gcc"
is 'no other script changes' "$(cat "$OUT/build/plain/build.sh")" "$plain"
like 'which clang it is, is in the script' "$(cat "$OUT/build/kern/build.sh")" "^# clang $(sha256sum <"$llvm/clang" | cut -d ' ' -f 1)\$"
ok 'the same again' whittle LLVM="$llvm/"
is 'nothing is done' "$(steps)" ''
echo '# newer' >>"$llvm/ld.lld"
ok 'another linker' whittle LLVM="$llvm/"
is 'the kernel is built again' "$(steps)" 'BUILD kern,CONFIGURE kern,INSTALL kern'
ok 'gcc again' whittle
is 'with the script that it had' "$(cat "$OUT/build/kern/build.sh")" "$gcc"
printf 'CONFIG_TOOLCHAIN_KERNEL_LLVM=y\nCONFIG_TOOLCHAIN_LLVM="%s/"\n' "$llvm" >>"$OUT/.config"
ok 'by the menu' whittle
is 'it is clang' "$(cat "$OUT/images/version")" 14.0.6
ok 'LLVM=n' whittle LLVM=n
is 'is gcc' "$(cat "$OUT/build/kern/build.sh")" "$gcc"
rm "$llvm/llvm-nm"
fails 2 'a tool that is missing' whittle
said 'which, and what to do' "$llvm/llvm-nm, which the kernel is to be built with, is not to be found: scripts/bootstrap installs it"
fails 2 'a version that is missing' whittle LLVM=-0
said 'which' 'clang-0, which the kernel is to be built with, is not to be found in /usr/local/bin'
like 'bisect, series and matrix hand it on' "$(whittle -n LLVM=-0 KERNELS=x matrix)" ' LLVM=.-0'
fails 2 'what is no version' whittle LLVM=clang
said 'what is expected' 'LLVM=clang: 1, a suffix such as -16, a directory with a slash at its end, or n for gcc is expected'
fails 2 'what make or the shell would run' whittle LLVM='-1;x'
said 'is refused' 'LLVM "-1;x" has the character ; in it'
cp "$llvm/llvm-ar" "$llvm/llvm-nm"
for name in board/*/Kconfig; do
	arch=$(sed -n 's/.*select ARCH_//p' "$name" | tr '[:upper:]' '[:lower:]')
	grep -q '^arch.llvm' "support/arch/$arch.arch" 2>/dev/null || [ ! -f "support/arch/$arch.arch" ] || break
done
board=$(basename "$(dirname "$name")")
sed -i -e '/CONFIG_BOARD_/d' -e '/CONFIG_ARCH/d' "$OUT/.config"
echo "CONFIG_BOARD_$(prefix "$board")=y" >>"$OUT/.config"
fails 2 'an architecture that clang does not compile for' whittle LLVM=1
said 'is named' "clang cannot compile the kernel for $arch"

# A kernel that wants a newer one.
tree=$SCRATCH/linux
mkdir -p "$tree/scripts" "$tree/arch"
printf 'config A\n\tbool "a"\n' >"$tree/Kconfig"
printf 'tinyconfig allnoconfig olddefconfig: ; @echo CONFIG_A=y >$(O)/$(or $(KCONFIG_CONFIG),.config)\nvmlinux bzImage: ; @: >$(O)/vmlinux; : >$(O)/System.map; mkdir -p $(O)/arch/x86/boot; : >$(O)/arch/x86/boot/bzImage\n' >"$tree/Makefile"
# least VERSION: what it wants
least() { echo "[ \"\$1 \$SRCARCH\" != 'llvm x86' ] || echo $1" >"$tree/scripts/min-tool-version.sh"; }
choose
sed -i '/PACKAGE_LINUX/d' "$OUT/.config"
echo 'CONFIG_LINUX_BASE_TINYCONFIG=y' >>"$OUT/.config"
least 15.0.0
fails 2 'a clang that is too old' whittle LINUX_DIR="$tree" LLVM="$llvm/" linux
said 'is named, with the least' "linux: $llvm/clang is clang 14.0.6, but this kernel needs 15.0.0 or newer: choose another one"
least 13.0.1
ok 'one that will do' whittle LINUX_DIR="$tree" LLVM="$llvm/" linux
rm "$tree/scripts/min-tool-version.sh"
ok 'a kernel that does not say' whittle LINUX_DIR="$tree" LLVM="$llvm/" linux

# Programs that a recipe names.
pkg needy <<'END'
NEEDY_PROGRAMS := $(NEEDY_PKGDIR)/tool
define NEEDY_INSTALL
install -D -m 755 "$(NEEDY_PKGDIR)/tool" "$(IMAGE)/target/tool"
endef
END
tool=$EXT/package/needy/tool
choose needy
fails 2 'a program that is missing' whittle
said 'is named, with who needs it' 'tool, which needy is built with, is not to be found: scripts/bootstrap installs it'
echo one >"$tool"
ok 'with it' whittle
echo two >"$tool"
ok 'another one' whittle
like 'the package is built again' "$(steps)" '^BUILD needy,CONFIGURE needy,INSTALL needy'
done_testing
