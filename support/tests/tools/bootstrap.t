#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# scripts/bootstrap on machines of every family, by stand-ins for their commands: what it
# finds missing, what it says, what it runs, what it leaves to make.
# shellcheck disable=SC2016 # what the stand-ins say is not for this shell
set -eu
# shellcheck source=support/tests/tap.sh
. support/tests/tap.sh

bin=$SCRATCH/bin
mkdir "$bin"
for name in sh cat cut dirname env expr grep mkdir paste printf rm sed sort touch tr; do
	ln -s "$(command -v "$name")" "$bin/$name"
done

# stub NAME: a command of the machine; standard input is its script.
stub() {
	{ echo '#!/bin/sh' && cat; } >"$bin/$1"
	chmod +x "$bin/$1"
}

# The rows of the table, and every command that one of them looks for.
sed -n "/^	cat <<'EOF'\$/,/^EOF\$/p" scripts/bootstrap | grep -E '^(all|menu|run|cover|debug|check|fuzz)\?? ' >"$SCRATCH/rows"
awk '{ print $2 }' "$SCRATCH/rows" | grep -v -e '^<' -e '^make$' -e '^certs$' -e '^kconfig$' -e '^libfuzzer$' >"$SCRATCH/commands"
# Of architectures: that of the default board, and of the boards that make check builds.
printf '%s\n' qemu-system-x86_64 qemu-system-aarch64 aarch64-linux-gnu-gcc gdb-multiarch >>"$SCRATCH/commands"
is 'each row has a package for each family and a reason' \
	"$(awk 'NF < 8' "$SCRATCH/rows")" ''
is 'no row is there twice' "$(awk '{ print $1, $2 }' "$SCRATCH/rows" | sort | uniq -d)" ''

# A machine that has all of it. $SCRATCH/lost names the headers that it has not.
whole() {
	while IFS= read -r name; do
		[ -e "$bin/$name" ] || : | stub "$name"
	done <"$SCRATCH/commands"
	: | stub kconfig-conf
	: >"$SCRATCH/lost"
	: >"$SCRATCH/log"
	stub gcc <<-'EOF'
		grep -o '^missing.*' | grep -F -f "$SCRATCH/lost"
	EOF
	stub make <<-'EOF'
		[ "$1" != --version ] || { echo "GNU Make 4.3" && exit; }
		echo "make ran in $(pwd): $*"
		exit 7
	EOF
	echo 'echo 0' | stub id
	echo 'echo x86_64' | stub uname
	echo 'exit 0' | stub apt-cache
	rm -f "$bin/sudo" "$bin/gmake"
}

# The package managers write down what they are asked; an installation takes place if
# $SCRATCH/works is there: it is run.
for name in apt-get dnf pacman apk zypper; do
	stub "$name" <<-'EOF'
		echo "${0##*/} $*" >>"$SCRATCH/log"
		case $* in
		*update* | *makecache* | *refresh* | -Sy) exit 0 ;;
		esac
		. "$SCRATCH/works"
	EOF
done

# machine ID [ID_LIKE]: which distribution it is.
machine() {
	printf 'NAME="Some"\nID=%s\nID_LIKE="%s"\n' "$1" "${2-}" >"$SCRATCH/os-release"
}

boot() {
	PATH=$bin WHITTLE_OS_RELEASE=$SCRATCH/os-release "$TOP/scripts/bootstrap" "$@"
}

log() {
	cat "$SCRATCH/log"
}

export SCRATCH
echo 'exit 0' >"$SCRATCH/works"

# Nothing is missing.
whole
machine debian
fails 7 'nothing is missing: make runs and gives its status' boot O=x check V=1
is 'it says nothing else' "$(cat "$SCRATCH/.tap.out")" "make ran in $TOP: O=x check V=1"
is 'no package manager was asked' "$(log)" ''
ok '-n' boot -n check O=x
is '-n says so' "$(cat "$SCRATCH/.tap.out")" 'bootstrap: nothing is missing for: make check O=x'
cd "$SCRATCH"
fails 7 'from another directory' boot
said 'make runs at the top' "make ran in $TOP: "
cd "$TOP"

# What it would install, on each family.
while read -r id like command flex zlib certain; do
	whole
	rm "$bin/flex"
	echo '<zlib.h>' >"$SCRATCH/lost"
	machine "$id" "$(echo "$like" | tr , ' ')"
	ok "$id: -n" boot -n all
	said "$id: the command" "^would run: $(echo "$command" | tr , ' ') $flex $zlib$certain\$"
	said "$id: why" "^  <zlib.h> *$zlib *packs the initramfs\$"
	is "$id: nothing was run" "$(log)" ''
done <<'EOF'
debian -                  apt-get,install,-y,--no-install-recommends flex zlib1g-dev
linuxmint ubuntu,debian   apt-get,install,-y,--no-install-recommends flex zlib1g-dev
fedora -                  dnf,install,-y flex zlib-devel
rocky rhel,centos,fedora  dnf,install,-y flex zlib-devel
arch -                    pacman,-S,--needed,--noconfirm flex zlib
manjaro arch              pacman,-S,--needed,--noconfirm flex zlib
alpine -                  apk,add flex zlib-dev
opensuse-leap suse,opensuse zypper,--non-interactive,install,--no-recommends flex zlib-devel
EOF

# A distribution that nobody knows.
machine plan9 inferno
fails 1 'an unknown distribution' boot all
said 'gets the list' '^  <zlib.h> *zlib1g-dev *packs the initramfs$'
said 'and what to do' 'this distribution is not known: install the above'
is 'nothing is run' "$(log)" ''
rm "$SCRATCH/os-release"
fails 1 'no os-release at all' boot -n all
said 'is as good as an unknown one' 'this distribution is not known'
whole
fails 7 'with nothing missing it does not matter' boot all

# As root.
machine fedora
rm "$bin/flex"
echo ': >"$SCRATCH/lost"; echo "#!/bin/sh" >"${0%/*}/flex"; chmod +x "${0%/*}/flex" 2>/dev/null' >"$SCRATCH/works"
ln -s "$(command -v chmod)" "$bin/chmod"
fails 7 'root: it installs, then makes' boot qemu-run
is 'root: what was run' "$(log)" 'dnf install -y flex'
said 'root: what was said' '^  flex  *flex  *Kconfig inside'
: >"$SCRATCH/log"
fails 7 'once more' boot qemu-run
is 'once more: nothing is installed' "$(log)" ''

# Not as root.
whole
rm "$bin/flex"
echo 'echo 1000' | stub id
fails 1 'not root, no sudo' boot all
said 'says what root has to run' 'run as root: dnf install -y flex$'
is 'not root, no sudo: nothing is run' "$(log)" ''
stub sudo <<'EOF'
echo "sudo $*" >>"$SCRATCH/log"
exec "$@"
EOF
fails 7 'not root, with sudo' boot all
is 'sudo: what was run' "$(log)" 'sudo env DEBIAN_FRONTEND=noninteractive dnf install -y flex
dnf install -y flex'

# Lists of packages that are missing or old.
whole
machine ubuntu debian
rm "$bin/flex" "$bin/kconfig-conf"
echo '<curses.h>' >"$SCRATCH/lost"
echo 'grep -q update "$SCRATCH/log"' | stub apt-cache
echo 'for name in flex kconfig-conf; do : | tee "${0%/*}/$name" >"$SCRATCH/lost"; chmod +x "${0%/*}/$name"; done' >"$SCRATCH/works"
ln -s "$(command -v tee)" "$bin/tee"
fails 7 'apt without lists' boot all
is 'apt without lists: it gets them first' "$(log)" 'apt-get update
apt-get install -y --no-install-recommends flex kconfig-frontends-nox'
whole
rm "$bin/kconfig-conf"
echo '<curses.h>' >"$SCRATCH/lost"
echo '[ "$2" != kconfig-frontends-nox ]' | stub apt-cache
fails 7 'where apt has no kconfig-frontends' boot all
is 'ncurses does' "$(log)" 'apt-get install -y --no-install-recommends libncurses-dev'
# With <curses.h> there make could build front ends of its own, which takes longer.
whole
rm "$bin/kconfig-conf"
echo ': >"${0%/*}/kconfig-conf"; chmod +x "${0%/*}/kconfig-conf"' >"$SCRATCH/works"
fails 7 'where apt has kconfig-frontends' boot all
is 'that is installed first' "$(log)" 'apt-get install -y --no-install-recommends kconfig-frontends-nox'
whole
rm "$bin/kconfig-conf"
echo '[ "$2" != kconfig-frontends-nox ]' | stub apt-cache
fails 7 'where it has not' boot all
is 'nothing is missing' "$(log)" ''
whole
rm "$bin/flex"
echo 'grep -q update "$SCRATCH/log" || exit 100; : >"${0%/*}/flex"; chmod +x "${0%/*}/flex"' >"$SCRATCH/works"
fails 7 'an installation that fails with old lists' boot all
is 'is tried with new ones' "$(log)" 'apt-get install -y --no-install-recommends flex
apt-get update
apt-get install -y --no-install-recommends flex'
whole
rm "$bin/flex"
echo 'exit 100' >"$SCRATCH/works"
fails 1 'an installation that fails' boot all
said 'is the end' 'cannot install what is missing: see above'
echo 'exit 0' >"$SCRATCH/works"
fails 1 'an installation that does not help' boot all
said 'is the end too' 'still missing after that: flex$'

# Which goals need what.
whole
rm "$bin/qemu-system-x86_64" "$bin/lcov" "$bin/tmux" "$bin/gdb" "$bin/clang"
echo '<curses.h>' >"$SCRATCH/lost"
machine arch
for goals in '' 'all O=x/check' 'menu_defconfig source'; do
	# shellcheck disable=SC2086 # several
	fails 7 "needs nothing more: '$goals'" boot $goals
done
while read -r goal want; do
	ok "-n $goal" boot -n "$goal"
	is "$goal needs" "$(sed -n 's/^would run: pacman -S --needed --noconfirm //p' "$SCRATCH/.tap.out")" "$want"
done <<'EOF'
qemu-run qemu-system-x86
qemu-x86_64_defconfig qemu-system-x86
lint lcov tmux
check lcov qemu-system-x86 tmux
check-boot lcov qemu-system-x86 tmux
linux-menuconfig ncurses
debug gdb qemu-system-x86
coverage lcov qemu-system-x86
coverage-clean
fuzz clang compiler-rt
EOF

# The architecture's compiler, debugger and QEMU: of a board that is a goal, of ARCHES, of the configuration.
whole
ext=$SCRATCH/ext
mkdir -p "$ext/arch" "$SCRATCH/o"
# other BOARD ARCHITECTURE [COMMENT]: a board of the external tree
other() {
	mkdir -p "$ext/board/$1"
	printf '%s\nconfig BOARD_%s\n\tbool "other"\n\tselect LINUX_LEAN\n\tselect ARCH_%s\n' "${3-# none}" \
		"$(echo "$1" | tr a-z- A-Z_)" "$(echo "$2" | tr '[:lower:]' '[:upper:]')" >"$ext/board/$1/Kconfig"
	: >"$ext/board/$1/defconfig"
}
other one-a aarch64
other one-s s390x '# Tested by: check'
other one-r riscv64 '# Tested by: check-full'
other one-z z80
mkdir "$ext/board/copy"
echo CONFIG_BOARD_ONE_S=y >"$ext/board/copy/defconfig"
cat >"$ext/arch/z80.arch" <<'EOF'
arch.title = Z80
arch.cross = z80-elf-
arch.host = z80
arch.qemu = qemu-system-z80
packages.apt = gcc-z80 gdb-multiarch
packages.zypper = qemu-z80
EOF
# From here on this machine has no compiler of another architecture.
for name in qemu-system-aarch64 aarch64-linux-gnu-gcc gdb-multiarch; do
	rm -f "$bin/$name"
	sed -i "/^$name\$/d" "$SCRATCH/commands"
done
# wants FAMILY GOAL...: the packages that these goals want there
wants() {
	machine "$1"
	shift
	boot -n EXTERNAL="$ext" O="$SCRATCH/o" "$@" >"$SCRATCH/wants" 2>&1
	sed -n 's/^would run: [^ ]* \(install -y --no-install-recommends\|--non-interactive install --no-recommends\|[^ ]* --needed --noconfirm\|install -y\) //p' "$SCRATCH/wants"
}
is 'a goal that is a board: the compiler' "$(wants debian one-a_defconfig)" gcc-aarch64-linux-gnu
is 'and QEMU, to run it' "$(wants debian one-a_defconfig qemu-run)" 'gcc-aarch64-linux-gnu qemu-system-arm'
is 'and its debugger' "$(wants debian one-a_defconfig debug)" 'gcc-aarch64-linux-gnu gdb-multiarch qemu-system-arm'
is 'QEMU comes with its firmware' "$(wants debian one-r_defconfig qemu-run)" 'gcc-riscv64-linux-gnu opensbi qemu-system-misc'
is 'a board that is another board' "$(wants debian copy_defconfig)" gcc-s390x-linux-gnu
is 'the default board' "$(wants debian defconfig qemu-run)" ''
is 'another distribution' "$(wants fedora one-a_defconfig qemu-run)" 'gcc-aarch64-linux-gnu qemu-system-aarch64'
is 'another one' "$(wants arch one-a_defconfig qemu-run)" 'aarch64-linux-gnu-gcc qemu-system-aarch64'
is 'an architecture from elsewhere' "$(wants debian one-z_defconfig)" gcc-z80
is 'several' "$(wants debian matrix ARCHES='x86_64 aarch64 s390x')" \
	'gcc-aarch64-linux-gnu gcc-s390x-linux-gnu qemu-system-arm qemu-system-misc'
is 'boards' "$(wants debian matrix BOARDS='one-a one-s')" \
	'gcc-aarch64-linux-gnu gcc-s390x-linux-gnu qemu-system-arm qemu-system-misc'
is 'what make check has' "$(wants debian check)" 'gcc-aarch64-linux-gnu gcc-s390x-linux-gnu qemu-system-arm qemu-system-misc'
is 'what make lint has' "$(wants debian lint)" ''
like 'what make check-full has' " $(wants debian check-full) " ' gcc-m68k-linux-gnu .* gcc-riscv64-linux-gnu '
is 'tests want only what there is' "$(wants suse check-full | tr ' ' '\n' | grep -e z80)" qemu-z80
# What the configuration asks for.
mkdir -p "$SCRATCH/o"
# chosen LINE...: the configuration in O has these
chosen() { { echo 'CONFIG_BOARD_QEMU_X86_64=y' && echo 'CONFIG_ARCH="x86_64"' && printf '%s\n' "$@"; } >"$SCRATCH/o/.config"; }
rm -f "$bin/clang" "$bin/pahole"
chosen CONFIG_TOOLCHAIN_KERNEL_LLVM=y 'CONFIG_TOOLCHAIN_LLVM=""'
is 'clang for the kernel' "$(wants debian all)" 'clang lld llvm'
is 'of another distribution' "$(wants fedora all)" 'clang lld llvm'
is 'unless gcc is given' "$(wants debian all LLVM=n)" ''
chosen CONFIG_TOOLCHAIN_KERNEL_LLVM=y 'CONFIG_TOOLCHAIN_LLVM="-16"'
is 'of a version' "$(wants debian all)" 'clang-16 lld-16 llvm-16'
chosen CONFIG_LINUX_PRESET_BTF=y
is 'pahole for BTF' "$(wants debian all)" pahole
is 'of another distribution' "$(wants fedora all)" dwarves
is 'clang on the command line' "$(wants debian linux LLVM=-15)" 'clang-15 lld-15 llvm-15 pahole'
chosen 'CONFIG_CACHE_TRUST=""'
rm -f "$bin/ssh-keygen"
is 'unsigned packages' "$(wants debian all)" ''
is 'ssh-keygen for signed ones' "$(wants debian all CACHE_TRUST=list)" openssh-client
chosen 'CONFIG_CACHE_TRUST="list"'
is 'as the configuration wants them' "$(wants suse all)" openssh-common
echo 'exit 0' | stub ssh-keygen
rm "$SCRATCH/o/.config"
echo '[ "$2" != qemu-system-misc ]' | stub apt-cache
is 'and what apt knows' "$(wants debian check)" 'gcc-aarch64-linux-gnu gcc-s390x-linux-gnu qemu-system-arm'
echo 'exit 0' | stub apt-cache
printf 'CONFIG_BOARD_ONE_A=y\n' >"$SCRATCH/o/.config"
is 'the board of a configuration that is not complete' "$(wants debian)" gcc-aarch64-linux-gnu
printf 'CONFIG_ARCH="s390x"\nCONFIG_TOOLCHAIN_CC="gcc"\n' >"$SCRATCH/o/.config"
is 'the architecture of a configuration' "$(wants debian shell)" gcc-s390x-linux-gnu
is 'a goal that is a board counts more' "$(wants debian one-a_defconfig)" gcc-aarch64-linux-gnu
printf 'CONFIG_ARCH="s390x"\nCONFIG_TOOLCHAIN_CC="/opt/cc"\n' >"$SCRATCH/o/.config"
is 'with a compiler of its own' "$(wants debian qemu-run)" qemu-system-misc
echo "$ext" >"$SCRATCH/o/.external"
printf 'CONFIG_ARCH="z80"\n' >"$SCRATCH/o/.config"
machine debian
ok 'external directories that O remembers' boot -n O="$SCRATCH/o"
said 'are read' ' z80-elf-gcc  *gcc-z80  *compiles the system (Z80)$'
machine suse
fails 1 'a compiler that this distribution has not' boot -n O="$SCRATCH/o"
said 'is told' '^bootstrap: this distribution has no package of z80-elf-gcc: .*another board .* or compiler'
fails 1 'nor is it installed' boot O="$SCRATCH/o"
is 'nothing is' "$(log)" ''
: | stub z80-elf-gcc
fails 7 'one that is there all the same' boot O="$SCRATCH/o"
rm "$bin/z80-elf-gcc"
printf 'CONFIG_ARCH="pdp11"\n' >"$SCRATCH/o/.config"
fails 1 'an architecture that nobody described' boot -n O="$SCRATCH/o"
said 'is told, too' "^bootstrap: there is no architecture 'pdp11'; there are: aarch64 .* z80$"
echo 'CONFIG_BOARD_LOST=y' >"$SCRATCH/o/.config"
fails 1 'a board that is gone' boot -n O="$SCRATCH/o"
said 'is told' '^bootstrap: cannot tell which board .*/o/.config is for: choose one'
rm "$SCRATCH/o/.config"
# The machine's own architecture.
echo 'echo aarch64' | stub uname
is 'its own gcc will do' "$(wants debian one-a_defconfig debug)" qemu-system-arm
is 'there the default board is a foreign one' "$(wants debian)" gcc-x86-64-linux-gnu
is 'lint has no compiler for it' "$(wants debian lint unit-tests)" ''

# make and the compiler.
whole
echo 'echo GNU Make 4.2.1' | stub make
ok 'an old make' boot -n
said 'is told' '^  make *make *runs the build (GNU make 4.3 or newer)$'
stub gmake <<'EOF'
[ "$1" != --version ] || { echo "GNU Make 4.10" && exit; }
echo "gmake ran: $*"
EOF
ok 'a newer gmake is taken' boot all
said 'and run' '^gmake ran: all$'
whole
rm "$bin/gcc"
machine debian
ok 'no compiler' boot -n
said 'then no header can be seen' '^would run: .* gcc .* libcurl4-openssl-dev .* zlib1g-dev'

ok '--help' scripts/bootstrap --help
said 'gives the usage' '^usage: scripts/bootstrap '
fails 2 'an unknown option' scripts/bootstrap --nonsense

# On this machine, whatever it lacks.
start=$(date +%s)
for _ in 1 2 3 4 5 6 7 8 9 10; do
	scripts/bootstrap -n check >/dev/null || :
done
ok 'ten looks take less than five seconds' test $(($(date +%s) - start)) -lt 5
done_testing
