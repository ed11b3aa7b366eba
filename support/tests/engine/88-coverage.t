#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# make coverage and kcov before a guest runs: what they refuse, and the compiler's gcov. support/tests/tools/coverage.t
# has the rest of it, and support/tests/full/55-coverage.t guests.
set -u
. support/tests/engine.sh

pkg kern <<'END'
KERN_MODE := kernel
define KERN_INSTALL
echo none >"$(IMAGE)/images/vmlinux"
echo CONFIG_PRINTK=y >"$(IMAGE)/images/kernel.config"
endef
END
choose kern
ok 'a build' whittle
fails 2 'a kernel without gcov' whittle coverage RUN=true
said 'is told what to enable' "enable 'gcov' in menu Kernel, Debugging (LINUX_PRESET_GCOV)"
fails 2 'one without KCOV' whittle kcov RUN=true
said 'is told, too' "enable 'KCOV' in menu Kernel, Debugging (LINUX_PRESET_KCOV)"
fails 2 'kcov without a command' whittle kcov
said 'needs one' 'make kcov needs RUN=COMMAND'
fails 2 'a command that is empty' whittle coverage RUN=
said 'is a mistake' 'RUN is empty: name a command, or leave RUN out to count the boot'
fails 2 'a kernel from elsewhere' whittle coverage RUN=true KERNEL=/boot/vmlinuz
said 'has no counters' 'KERNEL=/boot/vmlinuz: only the kernel that is built here can be measured'
fails 2 'FILE' whittle coverage RUN=true FILE=mm
said 'is called ONLY' 'did you mean ONLY='
fails 2 'ONLY without a goal that reads it' whittle ONLY=mm
said 'does nothing' 'ONLY= is for coverage, kcov'
fails 2 'several times' whittle coverage RUN=true REPEAT=2
said 'is not for it' 'REPEAT= is for qemu-run'
mkdir -p "$OUT/coverage"
ok 'coverage-clean' whittle coverage-clean
fails 1 'removes it' test -e "$OUT/coverage"

# The compiler's own gcov; the text of the command line is nobody's program.
gcov() { whittle -n coverage RUN=true "$@" 2>&1 | sed -n "s/^GCOV='\([^']*\)' GCOV_TOOL='\([^']*\)'.* begin .*/\1 \2/p"; }
is 'gcc' "$(gcov CC_KERNEL=gcc)" 'gcov gcov-tool'
is 'of a version' "$(gcov CC_KERNEL=gcc-12)" 'gcov-12 gcov-tool-12'
is 'for another machine' "$(gcov CC_KERNEL=sparc64-linux-gnu-gcc-12)" 'sparc64-linux-gnu-gcov-12 sparc64-linux-gnu-gcov-tool-12'
is 'in a directory' "$(gcov CC_KERNEL=/opt/gcc-13/bin/sparc64-gcc)" '/opt/gcc-13/bin/sparc64-gcov /opt/gcc-13/bin/sparc64-gcov-tool'
# shellcheck disable=SC2016 # literally
like 'patterns are literal' "$(whittle -n coverage RUN=true ONLY='mm/*.c $(x)' 2>&1)" " report .* 'mm/\*\.c' '\$(x)'"
done_testing
