# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
# Architectures and boards, for the scripts that people call. Source it at the top of the tree.
#
# takes: O, the output directory; EXTERNAL as make takes it (not set: what O remembers)
# gives: the functions below. A name without a description, and a board without an architecture, is
#        status 1 and no output.

# external_dirs: the directories outside of the tree that add packages, boards and architectures.
external_dirs() {
	[ -z "${EXTERNAL+set}" ] || echo "$EXTERNAL" | tr ':' ' '
	[ -n "${EXTERNAL+set}" ] || [ ! -f "$O/.external" ] || tr ':' ' ' <"$O/.external"
}

# in_roots PATH: all files of that path, a pattern perhaps, in the tree and in the external directories.
in_roots() {
	for root in . $(external_dirs); do
		# shellcheck disable=SC2086 # a pattern
		for found in $root/$1; do
			[ ! -f "$found" ] || echo "${found#./}"
		done
	done
}

# arch_names: the names of all architectures.
arch_names() {
	in_roots 'support/arch/*.arch' | sed 's,.*/\(.*\)\.arch$,\1,'
	in_roots 'arch/*.arch' | sed 's,.*/\(.*\)\.arch$,\1,'
}

# arch_file ARCH: the file that describes it.
arch_file() {
	file=$(in_roots "support/arch/$1.arch" && in_roots "arch/$1.arch")
	[ -n "$file" ] && echo "$file" | sed 1q
}

# arch_get ARCH KEY: a value of its description; empty if there is none.
arch_get() {
	sed -n "s/^$2[[:blank:]]*=[[:blank:]]*\(.*[^[:blank:]]\)[[:blank:]]*\$/\1/p" "$(arch_file "$1")"
}

# arch_native ARCH: test whether this machine runs its programs.
arch_native() {
	case " $(arch_get "$1" arch.host) " in *" $(uname -m) "*) ;; *) return 1 ;; esac
}

# arch_gcc ARCH: its compiler.
arch_gcc() {
	if arch_native "$1"; then echo gcc; else echo "$(arch_get "$1" arch.cross)gcc"; fi
}

# arch_gdb ARCH: its debugger. Where there is no gdb-multiarch, as Debian has it, gdb knows all
# architectures.
arch_gdb() {
	if ! arch_native "$1" && command -v gdb-multiarch >/dev/null; then echo gdb-multiarch; else echo gdb; fi
}

# board_file BOARD FILE: a file of a board.
board_file() {
	file=$(in_roots "board/$1/$2")
	[ -n "$file" ] && echo "$file" | sed 1q
}

# board_arch BOARD: its architecture, which its Kconfig selects; that of a board without a Kconfig
# is the architecture of the board that its defconfig chooses.
board_arch() {
	if kconfig=$(board_file "$1" Kconfig); then
		arch_of_kconfig "$kconfig"
	elif defconfig=$(board_file "$1" defconfig); then
		arch_of_config "$defconfig"
	else
		return 1
	fi
}

# arch_of_kconfig FILE: the architecture that a board's Kconfig selects.
arch_of_kconfig() {
	symbol=$(sed -n 's/^[[:blank:]]*select ARCH_\([A-Z0-9_]*\).*/\1/p' "$1" | sed 1q)
	[ -n "$symbol" ] && echo "$symbol" | tr '[:upper:]' '[:lower:]'
}

# arch_of_config FILE: the architecture of a configuration, or of the board that it chooses.
arch_of_config() {
	arch=$(sed -n 's/^CONFIG_ARCH="\(.*\)"$/\1/p' "$1")
	[ -z "$arch" ] || { echo "$arch" && return; }
	board=$(board_of_config "$1") && arch_of_kconfig "$(board_file "$board" Kconfig)"
}

# board_of_config FILE: the board that a configuration chooses, by the symbol that a board's Kconfig declares.
board_of_config() {
	symbol=$(sed -n 's/^CONFIG_\(BOARD_[A-Z0-9_]*\)=y$/\1/p' "$1" | sed 1q)
	[ -n "$symbol" ] || return 1
	for kconfig in $(in_roots 'board/*/Kconfig'); do
		! grep -q "^config $symbol\$" "$kconfig" || { kconfig=${kconfig%/Kconfig} && echo "${kconfig##*/}" && return; }
	done
	return 1
}

# board_default: the board of an output directory that has no configuration.
board_default() {
	sed -n 's/^BOARD_DEFAULT *:= *//p' Makefile
}

# arch_configured: the architecture of the configuration in O, or of the default board if it names none.
arch_configured() {
	if grep -qs -e '^CONFIG_ARCH=' -e '^CONFIG_BOARD_.*=y' "$O/.config"; then
		arch_of_config "$O/.config"
	else
		board_arch "$(board_default)"
	fi
}

# board_configured: the board of the configuration in O, or the default board if it names none.
board_configured() {
	if grep -qs '^CONFIG_BOARD_.*=y' "$O/.config"; then
		board_of_config "$O/.config"
	else
		board_default
	fi
}

# arches_tested: the architectures of the boards that 'make check' builds and boots, by a line of their Kconfig.
arches_tested() {
	for kconfig in $(in_roots 'board/*/Kconfig'); do
		! grep -q '^# Tested by: .*check\([ ,].*\)*$' "$kconfig" || arch_of_kconfig "$kconfig"
	done
}
