#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The front ends, defconfigs, and what a changed configuration does.
# shellcheck disable=SC2016 # text for other shells stands in single quotes
set -u
. support/tests/engine.sh

conf() { make O="$OUT" TOOLDIR="${TOOLBIN%/bin}" "$@"; }

ok 'defconfig takes the default board' conf defconfig
like 'the board' "$(cat "$OUT/.config")" '^CONFIG_BOARD_QEMU_X86_64=y'
ok 'another board' conf qemu-x86_64-defconfig_defconfig
like 'the board' "$(cat "$OUT/.config")" '^CONFIG_BOARD_QEMU_X86_64_DEFCONFIG=y'
ok 'list-defconfigs' conf list-defconfigs
said 'each board with a line' 'qemu-x86_64_defconfig  *x86_64  *microvm,.*pc .*QEMU'
for goal in olddefconfig allnoconfig allyesconfig randconfig oldconfig; do
	ok "$goal" conf "$goal"
done
conf qemu-x86_64-defconfig_defconfig >/dev/null 2>&1
ok 'savedefconfig' conf savedefconfig
like 'it has what differs from the defaults' "$(cat "$OUT/defconfig")" '^CONFIG_BOARD_QEMU_X86_64_DEFCONFIG=y'
unlike 'and nothing else' "$(cat "$OUT/defconfig")" 'ROOTFS_HOSTNAME'
conf defconfig >/dev/null 2>&1
sed -i '/CONFIG_ROOTFS_HOSTNAME/d' "$OUT/.config"
ok 'listnewconfig' conf listnewconfig
said 'what .config does not answer yet' 'ROOTFS_HOSTNAME'
ok 'goals that configure and goals that build, in order' conf qemu-x86_64_defconfig savedefconfig list-defconfigs

# The kind of init brings its package, and takes it away.
conf defconfig >/dev/null 2>&1
echo CONFIG_ROOTFS_INIT_C=y >>"$OUT/.config"
conf olddefconfig >/dev/null 2>&1
like 'init in C: its package' "$(cat "$OUT/.config")" '^CONFIG_PACKAGE_INIT=y'
unlike 'and not that of BusyBox' "$(cat "$OUT/.config")" '^CONFIG_BUSYBOX_INIT=y'
echo CONFIG_ROOTFS_INIT_SCRIPT=y >>"$OUT/.config"
conf olddefconfig >/dev/null 2>&1
unlike 'the script again: the package is gone' "$(cat "$OUT/.config")" '^CONFIG_PACKAGE_INIT=y'

# Every random configuration is one that the engine can read; it may name what is not there.
for seed in 1 2 3 4 5; do
	KCONFIG_SEED=$seed conf randconfig >/dev/null 2>&1
	like "randconfig $seed" "$(conf -n 2>&1 >/dev/null && echo fine)" '^fine\|cannot be reached\|cannot read\|is not to be found\|is not there'
done

# EXTERNAL is remembered.
simple thing
choose thing
ok 'a package from outside' whittle
ok 'without EXTERNAL on the command line' make O="$OUT" TOOLDIR="${TOOLBIN%/bin}"
is 'nothing is done anew' "$(steps)" ''
is 'it is in' "$(unpacked usr/share/thing)" thing

# a makefile in O
ok 'make in O' make -C "$OUT" help
said 'it is the same make' 'qemu-run'

# A front end that writes half a file, as on a full disk, and does not notice.
mkdir "$SCRATCH/bin"
printf "#!/bin/sh\necho half >\"\$KCONFIG_CONFIG\"\n" >"$SCRATCH/bin/kconfig-conf"
chmod 755 "$SCRATCH/bin/kconfig-conf"
cp "$OUT/.config" "$SCRATCH/before"
for goal in olddefconfig defconfig; do
	fails 2 "$goal, cut short" env PATH="$SCRATCH/bin:$PATH" make O="$OUT" TOOLDIR="${TOOLBIN%/bin}" $goal
	said "it says so" "was not written as a whole"
	ok "the configuration is as it was" cmp "$OUT/.config" "$SCRATCH/before"
done

# Two at once: neither works on what the other is about to write.
printf '#!/bin/sh\necho $$ >mark\nsleep 1\n[ "$(cat mark)" = $$ ]\n' >"$SCRATCH/bin/kconfig-conf"
alone() { env PATH="$SCRATCH/bin:$PATH" make O="$OUT" TOOLDIR="${TOOLBIN%/bin}" olddefconfig; }
alone >/dev/null 2>&1 &
ok 'a front end beside another' alone
ok 'and the other' wait $!
ok 'the configuration is as it was' cmp "$OUT/.config" "$SCRATCH/before"
is 'they leave nothing' "$(find "$OUT/kconfig" -name 'run.*')" ''

# Values that make would read as its own.
sed -i 's/CONFIG_ROOTFS_HOSTNAME=.*/CONFIG_ROOTFS_HOSTNAME="$(shell touch '"$(echo "$SCRATCH" | sed 's,/,\\/,g')"'\/pwned)"/' "$OUT/.config"
ok 'a value with make in it' whittle
fails 1 'it is not run' test -e "$SCRATCH/pwned"
like 'it is text' "$(unpacked etc/hostname)" '^\$(shell touch'
done_testing
