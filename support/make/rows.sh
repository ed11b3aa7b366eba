# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
# shellcheck disable=SC2034,SC2154 # variables of the scripts that source it, and for them
# Rows of a matrix, for scripts/matrix and scripts/row: which there are, the configuration of each, and its directory.
#
# takes: me; what trial.sh takes; menu, the Kconfig file of the kernel; KERNELS BOARDS ARCHES CONFIGS RUNS RUN
# gives: the functions below; own, the configured board; boards, those that were asked for
#
# A row's directory has what it is made of, so that it can be done elsewhere, too (row.sh):
#   .config, fragments/, .external   its configuration
#   extra/                           fragments for the kernel that CONFIGS names
#   expected                         the list of EXPECT
#   row                              variables for row.sh, as lines of a shell script
# and what came of it: record, row.log, build.log, run.log, verdict; beside all that a make has in O.

# shellcheck source=support/make/arch.sh
. support/make/arch.sh

# What a hook or an alias has in the environment names another repository.
# shellcheck disable=SC2046 # names
unset $(git rev-parse --local-env-vars 2>/dev/null)

# kmerge COMMAND ARGUMENT...
kmerge() { "$TOOLDIR/bin/kmerge" "$@"; }

# quoted TEXT: as one word of a shell script.
quoted() { printf '%s\n' "$1" | sed "s/'/'\\\\''/g; 1s/^/'/; \$s/\$/'/"; }

# ---- kernels ----

# sources: the members of the menu's choice of a kernel.
sources() {
	awk '/^choice/ { n++ } n == 1 && /^endchoice/ { exit } n == 1 && /^config / { print $2 }' "$menu"
}

# symbol VERSION: the symbol of this version in the menu.
symbol() {
	awk -v v="$1" '/^config LINUX_/ { s = $2 } $1 == "bool" && index($0, "\"" v " (") { print s; exit }' "$menu"
}

# kernel_tree KERNEL: its real path if it is a directory.
kernel_tree() { [ ! -d "$1" ] || readlink -f -- "$1"; }

# tree_name PATH: a name for a tree. That of its directory is not enough: another tree may have the same.
tree_name() { echo "$(basename "$1" | tr -c 'A-Za-z0-9._+\n-' _)-$(echo "$1" | sha256sum | cut -c 1-8)"; }

# choice KERNEL: the lines of a configuration that choose it, and no other.
choice() {
	real=$(kernel_tree "$1")
	[ -n "$real" ] || [ -n "$(symbol "$1")" ] || {
		say "'$1' is neither a directory nor one of: $(sed -n 's/^	bool "\([0-9.]*\) (.*/\1/p' "$menu" | paste -s -d ' ' -)" >&2
		return 2
	}
	sources | sed 's/.*/# CONFIG_& is not set/'
	if [ -n "$real" ]; then
		printf 'CONFIG_LINUX_LOCAL=y\nCONFIG_LINUX_LOCAL_DIR="%s"\n' "$real"
	else
		echo "CONFIG_$(symbol "$1")=y"
	fi
}

# tree_state KERNEL: what of a git tree decides its build; nothing for another kernel.
tree_state() {
	real=$(kernel_tree "$1")
	[ -n "$real" ] && git -C "$real" rev-parse -q --verify HEAD 2>/dev/null || return 0
	git -C "$real" status --porcelain
	git -C "$real" diff HEAD
}

# ---- configurations ----

# preset NAME: the symbol of a preset in the menu, by its name in small letters or capitals.
preset() {
	wanted=LINUX_PRESET_$(echo "$1" | tr 'a-z-' 'A-Z_')
	grep -qx "config $wanted" "$menu" && echo "$wanted"
}

# config_known CONFIG: each part of it is a preset, a file, an option, or "default".
config_known() {
	for part in $(echo "$1" | tr + ' '); do
		case $part in
		default | *=*) continue ;;
		*/* | *.config) [ ! -f "$part" ] || continue ;;
		*) ! preset "$part" >/dev/null || continue ;;
		esac
		say "CONFIGS: '$part' is no file, no option NAME=VALUE, and no preset; presets are: $(
			sed -n 's/^config LINUX_PRESET_//p' "$menu" | tr 'A-Z_' 'a-z-' | paste -s -d ' ' -
		)" >&2
		return 2
	done
}

# config_lines CONFIG DIR: the lines of a configuration for it. Fragments of the kernel are copied to DIR/extra.
config_lines() {
	extra=$(sed -n 's/^CONFIG_LINUX_FRAGMENTS="\(.*\)"$/\1/p' "$2/asked.new")
	n=0
	for part in $(echo "$1" | tr + ' '); do
		case $part in
		default) ;;
		*=*) echo "CONFIG_${part#CONFIG_}" ;;
		*/* | *.config)
			mkdir -p "$2/extra"
			n=$((n + 1))
			file=$2/extra/$n-$(basename "$part" | tr -c 'A-Za-z0-9._\n-' _)
			cp "$part" "$file"
			extra="$extra${extra:+ }$file"
			;;
		*) echo "CONFIG_$(preset "$part")=y" ;;
		esac
	done
	[ "$n" = 0 ] || echo "CONFIG_LINUX_FRAGMENTS=\"$extra\""
}

# ---- tests ----

# test_file TEST: the file of a test, by its path, or by its name in tests/ of the tree or an external one.
test_file() {
	case $1 in
	*/*) [ -f "$1" ] && echo "$1" ;;
	*) in_roots "tests/$1" | grep . | sed 1q | grep . ;;
	esac
}

# test_command TEST: what runs in the guest.
test_command() {
	if [ -z "$1" ]; then printf '%s\n' "$RUN"; else cat "$(test_file "$1")"; fi
}

# ---- rows ----

# place KERNEL BOARD CONFIG TEST: its directory.
place() {
	real=$(kernel_tree "$1")
	at=$O/matrix
	[ "$2" = "$own" ] || at=$O/matrix/$2
	if [ -z "$real" ]; then
		at=$at/$1
	else
		at=$at/$(tree_name "$real")
	fi
	for word in "$3" "$4"; do
		[ -z "$word" ] || at=$at+$(place_word "$word")
	done
	echo "$at"
}
# place_word WORD: as a part of a name. One that has other characters than plain ones, or is a path, has a digest.
place_word() {
	plain=$(echo "${1##*/}" | tr -c 'A-Za-z0-9._+\n-' _)
	if [ "$plain" = "$1" ]; then echo "$1"; else echo "$plain-$(echo "$1" | sha256sum | cut -c 1-8)"; fi
}

# minimal DIR: make DIR/defconfig of its configuration: what is not Kconfig's or the board's default.
minimal() {
	$MAKE -s O="$1" TOOLDIR="$TOOLDIR" savedefconfig </dev/null >"$1/build.log" 2>&1
}

# changes FILE: what was changed in the configuration in O, compared with its board's, as a
# fragment. Settings of one machine are not in it: the compiler and its options, the base of the
# kernel's configuration, machine, accelerator and arguments of QEMU.
changes() {
	sh support/make/configure-like.sh "$O" "$O/matrix/changed" "$config"
	sh support/make/configure-like.sh "$O" "$O/matrix/unchanged" "$(board_file "$own" defconfig || echo "$config")"
	minimal "$O/matrix/changed" || return 1
	minimal "$O/matrix/unchanged" || return 1
	kmerge diff "$O/matrix/unchanged/defconfig" "$O/matrix/changed/defconfig" |
		grep -vE '^(# )?CONFIG_(TOOLCHAIN_CC|TOOLCHAIN_CFLAGS|LINUX_BASE_[A-Z]*|LINUX_DEFCONFIG|LINUX_CONFIG_FILE|QEMU_MACHINE(_[A-Z0-9]*)?|QEMU_ACCEL_[A-Z]*|QEMU_ARGS)[= ]' >"$1" || :
}

# lacking BOARD: why it cannot be built or booted here; nothing if it can.
lacking() {
	[ "$1" != "$own" ] || return 0
	board_file "$1" defconfig >/dev/null || { echo "there is no board $1"; return; }
	arch=$(board_arch "$1") || arch=
	arch_file "$arch" >/dev/null || { echo "board $1: its Kconfig selects no architecture that there is"; return; }
	[ -f "$O/matrix/changes" ] || { echo "see $O/matrix/*changed/build.log"; return; }
	[ -z "${elsewhere-}" ] || return 0
	for program in "$(arch_gcc "$arch")" "$(arch_get "$arch" arch.qemu)"; do
		command -v "$program" >/dev/null ||
			{ echo "no $program here: scripts/bootstrap matrix BOARDS=$1 installs it"; return; }
	done
}

# prepare KERNEL BOARD CONFIG TEST DIR: write what the row is made of, unless DIR has the same already.
prepare() {
	mkdir -p "$5"
	rm -rf "$5/extra"
	choice "$1" >"$5/choice"
	if [ "$2" = "$own" ]; then
		kmerge merge -o "$5/asked.new" "$config" "$5/choice"
	else
		kmerge merge -o "$5/asked.new" "$(board_file "$2" defconfig)" "$O/matrix/changes" "$5/choice"
	fi
	if [ -n "$3" ]; then
		config_lines "$3" "$5" >"$5/choice"
		mv "$5/asked.new" "$5/asked.first"
		kmerge merge -o "$5/asked.new" "$5/asked.first" "$5/choice"
		rm "$5/asked.first"
	fi
	sh support/make/configure-like.sh "$O" "$5" "$5/asked.new"
	rm "$5/asked.new" "$5/choice"
	row_file "$@" >"$5/row"
	rm -f "$5/expected"
	[ ! -f "${EXPECT-}" ] || cp "$EXPECT" "$5/expected"
}

# row_file KERNEL BOARD CONFIG TEST DIR: the lines of the file row.
row_file() {
	image=$(arch_get "$(board_arch "$2")" arch.image 2>/dev/null) || image=
	echo "board=$2 image=${image##*/}"
	echo "kernel=$(quoted "$1") config=$(quoted "$3") test=$(quoted "$4")"
	echo "RUN=$(quoted "$(test_command "$4")")"
	for name in $(echo "${GUEST_VARIABLES:-RUN TIMEOUT}" | tr ' ' '\n' | grep -vx RUN) LLVM; do
		eval "value=\${$name-}"
		[ -z "$value" ] || echo "$name=$(quoted "$value")"
	done
	echo "GUEST_VARIABLES='${GUEST_VARIABLES:-RUN TIMEOUT}'"
}

# key DIR KERNEL: a digest of all that decides what comes of a row, but for Whittle itself.
key() {
	{
		cat "$1/asked" "$1/row" "$1/.external" "$1/expected" 2>/dev/null
		find "$1/extra" "$1/fragments" -type f -exec cat {} + 2>/dev/null
		tree_state "$2"
	} | sha256sum | cut -c 1-16
}

# rows_begin: set own and boards, check KERNELS, CONFIGS and RUNS, and make what is common to all rows.
rows_begin() {
	own=$(board_configured) || die "$O/.config is for a board that is not there"
	boards=$(for name in ${BOARDS-}; do echo "$name"; done && for name in ${ARCHES-}; do echo "qemu-$name"; done)
	for kernel in $KERNELS; do
		choice "$kernel" >/dev/null || exit 2
	done
	for name in ${CONFIGS-}; do config_known "$name" || exit 2; done
	for name in ${RUNS-}; do
		test_file "$name" >/dev/null || {
			say "RUNS: there is no test '$name': a file, or the name of one in tests/ of the tree or of EXTERNAL" >&2
			exit 2
		}
	done
	mkdir -p "$O/matrix"
	rm -f "$O/matrix/changes"
	for board in $boards; do
		[ "$board" = "$own" ] || [ -f "$O/matrix/changes" ] || changes "$O/matrix/changes" || break
	done
}

# slots_options N, slots_jobs N: for N rows at once on this machine: options of the tool matrix, and how many jobs each has.
# What a further row takes: its guest, and the compilers of its build.
slots_options() {
	memory=${MEMORY:-$(sed -n 's/^CONFIG_QEMU_MEMORY=//p' "$config")}
	case $memory in *G) memory=$((${memory%G} * 1024)) ;; '' | *[!0-9]*) memory=256 ;; esac
	echo "--slots $1 --memory $((memory + 512))"
}
slots_jobs() { echo $((($(nproc) + $1 - 1) / $1)); }

# each_row FUNCTION: call it with KERNEL BOARD CONFIG TEST DIR for each row.
each_row() {
	for board in ${boards:-$own}; do
		for kernel in $KERNELS; do
			for conf in ${CONFIGS:-''}; do
				for test in ${RUNS:-''}; do
					"$1" "$kernel" "$board" "$conf" "$test" "$(place "$kernel" "$board" "$conf" "$test")"
				done
			done
		done
	done
}
