#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Options without a menu; and what did not take effect of what a person wrote.
# shellcheck disable=SC2016 # text for make stands in single quotes
set -u
. support/tests/engine.sh

config() { cat "$OUT/.config"; }

pkg thing </dev/null
cat >>"$EXT/package/thing/Kconfig" <<'EOF'
config THING_PART
	bool "A part"
	depends on PACKAGE_THING
	help
	  For a test.
config THING_NAME
	string "Its name"
	depends on PACKAGE_THING
	help
	  For a test.
config THING_OTHER
	bool "Without the part"
	depends on !THING_PART
	help
	  For a test.
EOF
mkdir -p "$EXT/board/mine"
sed 's/QEMU_X86_64$/MINE/' board/qemu-x86_64/Kconfig >"$EXT/board/mine/Kconfig"
printf 'CONFIG_BOARD_MINE=y\nCONFIG_PACKAGE_STRAEC=y\nCONFIG_QEMU_CPUS=2\n' >"$EXT/board/mine/defconfig"

ok 'a defconfig with a name that there is not' whittle mine_defconfig
said 'says so' 'mine/defconfig:2: CONFIG_PACKAGE_STRAEC=y did not take effect.*is PACKAGE_STRACE meant?$'
like 'the rest is taken' "$(config)" '^CONFIG_QEMU_CPUS=2$'

mkdir -p "$EXT/board/copy"
sed 's/QEMU_X86_64$/COPY/' board/qemu-x86_64/Kconfig >"$EXT/board/copy/Kconfig"
cp "$EXT/board/mine/defconfig" "$EXT/board/copy/defconfig"
ok 'the defconfig of a copied board' whittle copy_defconfig
said 'that it chooses the other board is said' 'copy/defconfig: it does not choose its own board: write CONFIG_BOARD_COPY=y there'
ok 'one that chooses its own' whittle mine_defconfig
unlike 'nothing is said of it' "$(cat "$SCRATCH/.tap.out")" 'its own board'

ok 'set' whittle set OPTIONS='CONFIG_QEMU_CPUS=3 ROOTFS_GREETING="$(shell touch '"$SCRATCH"'/run) it'\''s `x` \"y\""'
said 'says what changed' '^  CONFIG_QEMU_CPUS=3$'
like 'a number' "$(config)" '^CONFIG_QEMU_CPUS=3$'
like 'a string with all that is in it' "$(config)" '^CONFIG_ROOTFS_GREETING="$(shell touch .*) it'\''s `x` \\"y\\""$'
ok 'nothing of it was run' test ! -e "$SCRATCH/run"
ok 'set, with what it depends on' whittle set OPTIONS='THING_NAME=new THING_PART=y'
said 'says so' '^PACKAGE_THING=y, too: THING_NAME depends on it$'
like 'both are set' "$(config | grep THING | paste -s -d , -)" '^CONFIG_PACKAGE_THING=y,CONFIG_THING_PART=y,CONFIG_THING_NAME="new"$'
ok 'set what is so already' whittle set OPTIONS=THING_PART=y
said 'says so' 'it was so already'
config >"$SCRATCH/before"
# refused OPTIONS PATTERN: it fails with that message, and nothing is changed.
refused() {
	fails 2 "set $1" whittle set OPTIONS="$1"
	said 'says why' "$2"
	ok 'the configuration is as it was' cmp "$OUT/.config" "$SCRATCH/before"
}
refused 'QEMU_CPUS=2 PACKAGE_THNIG=y' "^there is no option 'PACKAGE_THNIG'; did you mean PACKAGE_THING?"
refused 'THING=y' "^there is no option 'THING'; did you mean PACKAGE_THING?"
refused THING_OTHER=y 'THING_OTHER=y did not take effect: .* depends on !THING_PART, but THING_PART is y'
refused QEMU_CPUS=1000 'its range is 1 to 64'
refused '' '^[^ ]* \*\*\* set wants OPTIONS'
fails 2 'the environment does not count' env OPTIONS=QEMU_CPUS=2 make O="$OUT" TOOLDIR="${TOOLBIN%/bin}" set

refused 'ROOTFS_GREETING=Hello, you' "^'you' is no option: put a value with blanks in quotes"
echo 'no setting' >>"$OUT/.config"
fails 2 'set, when a line of .config is none' whittle set OPTIONS=QEMU_CPUS=2
said 'names the file that a person can correct' "^[^ ]*$OUT/.config:[0-9]*: 'no setting'"
cp "$SCRATCH/before" "$OUT/.config"

# A .config that is edited by hand is completed by whatever needs it.
choose thing
ok 'the packages of a test' whittle olddefconfig
unlike 'all took effect' "$(cat "$SCRATCH/.tap.out")" 'did not take effect'
printf 'CONFIG_PACKAGE_THIGN=y\nCONFIG_QEMU_CPUS=1000\n' >>"$OUT/.config"
ok 'a .config with a name that there is not' whittle explain
said 'says so' "^$OUT/.config:[0-9]*: CONFIG_PACKAGE_THIGN=y did not take effect.*is PACKAGE_THING meant?"
said 'a value that was changed is told, too' 'CONFIG_QEMU_CPUS=1000 did not take effect: .*its range is 1 to 64'
is 'and nothing else' "$(grep -c 'did not take effect' "$SCRATCH/.tap.out")" 2
ok 'once more' whittle explain
unlike 'is said once' "$(cat "$SCRATCH/.tap.out")" 'did not take effect'
ok 'the part' whittle set OPTIONS=THING_PART=y
sed -i 's/^CONFIG_PACKAGE_THING=y/# CONFIG_PACKAGE_THING is not set/' "$OUT/.config"
ok 'a package is taken out by hand' whittle explain
unlike 'what goes with it is no news' "$(cat "$SCRATCH/.tap.out")" 'did not take effect'
ok 'it comes back' whittle set OPTIONS='PACKAGE_THING=y THING_PART=y'
sed -i 's/depends on PACKAGE_THING$/depends on PACKAGE_THING \&\& !CACHE_URL/; s/!CACHE_URL/TOOLCHAIN_MUSL/' "$EXT/package/thing/Kconfig"
ok 'a menu changes' whittle explain
said 'what is lost by that is told' 'CONFIG_THING_PART=y did not take effect: .* depends on TOOLCHAIN_MUSL'
done_testing
