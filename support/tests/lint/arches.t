#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Architectures are described in support/arch, and chosen by boards. All else reads the descriptions:
# no other file names an architecture.
set -eu
# shellcheck source=support/tests/tap.sh
. support/tests/tap.sh
# shellcheck source=support/tests/lint/files.sh
. support/tests/lint/files.sh

# Files that may name one: FILE, the words that it may have in an extended regular expression, the reason.
cat >"$SCRATCH/exceptions" <<'END'
Makefile qemu-x86_64 the board of an output directory without a configuration
support/kconfig/boards BOARD_QEMU_X86_64 the same board, in the menu
README.md qemu-x86_64|qemu-aarch64 what a first make says of that board, and the example of another one
package/mbedtls/mbedtls.mk arm:mbed_tls its vendor, in lists of vulnerabilities
package/xz/test.sh --x86 an option of xz
package/busybox/busybox.mk x86|riscv32 options with assembly of one architecture, and one that another has no call for
support/kconfig/toolchain aarch64-linux-gnu-gcc|-march=x86-64-v2 examples of what a person may write there
package/linux/presets/GUEST-x86_64.config X86_64 the settings of that architecture
support/tools/kmerge/main.c x86.or.arm64 examples of what a person may write there
END
# Others' files, as they are.
others='^support/cyclonedx/'
# Where they belong.
places='^\(support/arch/\|board/\|docs/\|support/tests/\|support/fuzz/\|NEWS\.md$\)'

words='x86([_-]64)?|i[3-6]86|amd64|arm(64|hf|el|v[0-9][a-z]*)?|aarch64|riscv(32|64)?|s390x?|powerpc(64)?(le)?|ppc(64)?(le)?'
words="$words|mips(el|64|64el)?|m68k|sparc(64)?|sh4|or1k|openrisc|loongarch(64)?"
for file in support/arch/*.arch; do
	name=${file##*/}
	words="$words|${name%.arch}"
done

# Compilers' and the kernel's own names in C are of the machine that the tools run on. A package that some
# architectures cannot have depends on their symbols.
strip='s/__[A-Za-z0-9_]*__//g; s/AUDIT_ARCH_[A-Z0-9_]*//g'
# named FILE: its lines that name an architecture
named() {
	case $1 in
	*.[ch]) sed "$strip" "$1" ;;
	package/*/Kconfig) sed '/^[[:blank:]]*depends on .*ARCH_/s/.*//' "$1" ;;
	*) cat "$1" ;;
	esac | grep -niIE "(^|[^[:alnum:]])($words)([^[:alnum:]]|\$)"
}
files . | grep -v -e "$places" -e "$others" | xargs grep -liIE -e "$words" | while IFS= read -r file; do
	named "$file" | sed "s|^|$file:|" || :
done >"$SCRATCH/named"

# allowed FILE: the expression of its exception; nothing if it has none
allowed() {
	sed -n "s|^$1 \([^ ]*\) .*|\1|p" "$SCRATCH/exceptions"
}
none 'no file names an architecture' "$(
	while IFS= read -r line; do
		words=$(allowed "${line%%:*}")
		if [ -z "$words" ] || ! printf '%s\n' "${line#*:}" | grep -qE -e "$words"; then
			printf '%s\n' "$line" | cut -c 1-160
		fi
	done <"$SCRATCH/named"
)"
none 'each exception is needed, and has a reason' "$(
	while read -r file words reason; do
		[ -n "$reason" ] && grep "^$file:" "$SCRATCH/named" | grep -qE -e "$words" || echo "$file $words"
	done <"$SCRATCH/exceptions"
)"

printf 'int arm;\n#ifdef __aarch64__\nint x = AUDIT_ARCH_ARM;\n' >"$SCRATCH/one.c"
is 'it sees a name, and not those of compilers' "$(named "$SCRATCH/one.c")" '1:int arm;'
printf 'ARCH := my_S390x-64\nalarm swarm mipsy\n' >"$SCRATCH/two"
is 'in any case, between other words' "$(named "$SCRATCH/two")" '1:ARCH := my_S390x-64'
# Recipes are read before the architecture is known.
is 'no recipe expands what the architecture says when it is read' "$(for recipe in package/*/*.mk; do
	sed -e ':join' -e '/\\$/{N;s/\\\n//;bjoin' -e '}' "$recipe" | sed -n "s,^[A-Za-z0-9_]*[[:blank:]]*:=.*\$(arch\..*,$recipe: &,p"
done)" ''

done_testing
