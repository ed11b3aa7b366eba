#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Which of the kernel's selftests are built: one list, less those that cannot be compiled, or what a person chose.
set -u
# shellcheck source=support/tests/engine.sh
. support/tests/engine.sh

# targets LINE...: those in the script of a configuration with these lines
targets() {
	{
		cat board/qemu-x86_64/defconfig
		printf '%s\n' CONFIG_PACKAGE_KSELFTEST=y "$@"
	} >"$OUT/.config"
	whittle -n kselftest >/dev/null 2>&1
	sed -n 's/.* TARGETS="\([^"]*\)".*/\1/p' "$OUT/build/kselftest/build.sh"
}
told=$(tr -s '\n\t ' ' ' <package/kselftest/Kconfig | sed 's/.*separated by spaces; empty: \([^.]*\)\..*/\1/')
like 'the menu tells a list' "$told" '^membarrier .* tmpfs$'
is 'which is what is built' "$(targets)" "$told"
is 'less two for Linux 6.1' "$(targets CONFIG_LINUX_6_1=y)" "$(echo "$told" | sed 's/ proc / /; s/ timens / /')"
is 'another choice is taken as it is' "$(targets CONFIG_LINUX_6_1=y 'CONFIG_KSELFTEST_TARGETS="proc net/lib"')" 'proc net/lib'
sed -i 's/^CONFIG_PACKAGE_KSELFTEST.*/CONFIG_BOARD_QEMU_ARMV7=y/' "$OUT/.config"
done_testing
