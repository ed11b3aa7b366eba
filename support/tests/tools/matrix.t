#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# make matrix: which kernel each row is of, and where it is built, with a script in make's place.
set -u
# shellcheck source=support/tests/tap.sh
. support/tests/tap.sh

unset MAKEFLAGS MAKELEVEL LINUX_DIR EXTERNAL
export O="$SCRATCH/out" RUN=true TRACE="$SCRATCH/log" MAKE="$SCRATCH/make" TOOLDIR="${TOOLBIN%/bin}"
mkdir -p "$O/fragments" "$SCRATCH/a/linux" "$SCRATCH/b/linux" "$SCRATCH/b/it's"
: >"$O/.whittle-output"
echo 'CONFIG_X=y' >"$O/fragments/linux.config"
printf 'CONFIG_LINUX_6_12=y\n# CONFIG_LINUX_6_1 is not set\nCONFIG_QEMU_MEMORY=512\n' >"$O/.config"
cp "$O/.config" "$SCRATCH/config"

# It writes "DIRECTORY KERNEL LINUX_DIR MAKEFLAGS" of each build to $TRACE.
cat >"$MAKE" <<'END'
#!/bin/sh
for a; do
	case $a in
	O=*) o=${a#O=} ;;
	JSON=*) echo '{"cause": "ok", "boot_ms": 5}' >"${a#JSON=}" ;;
	savedefconfig) cp "$o/.config" "$o/defconfig" ;;
	images)
		mkdir -p "$o/images"
		printf '%5000s' >"$o/images/vmlinux"
		printf '%3000s' >"$o/images/Image"
		printf '%1500s' >"$o/images/initramfs.cpio.gz"
		[ -f "$o/fragments/linux.config" ] && grep -q '^CONFIG_QEMU_MEMORY=512' "$o/.config" || exit 1
		echo "${o##*/} $(sed -n -e 's/^CONFIG_LINUX_LOCAL_DIR=//p' -e 's/^CONFIG_LINUX_\(6.*\)=y/\1/p' "$o/.config")" \
			"${LINUX_DIR-none} ${MAKEFLAGS-none}" >>"$TRACE"
		[ ! -e "$SCRATCH/cached" ] || exit 0
		mkdir -p "$o/build/linux" "$o/build/busybox"
		echo 1.250 >"$o/build/linux/configure.time"
		echo 41.9 >"$o/build/linux/build.time"
		echo 700 >"$o/build/busybox/build.time"
		;;
	esac
done
END
chmod 755 "$MAKE"
# matrix KERNELS: of these
matrix() {
	rm -f "$TRACE"
	KERNELS=$1 scripts/matrix
}

ok 'two versions' matrix '6.1.176 6.12.95'
said 'a row, with the sizes, and the time of the kernel alone' '^6\.1\.176  *5  *2  *43  *5  ok$'
: >"$SCRATCH/cached"
ok 'one that is built already' matrix 6.1.176
said 'needs no time' '^6\.1\.176  *5  *2  *cached  *5  ok$'
rm "$SCRATCH/cached"
mkdir "$O/matrix/6.1.176/build/linux/restored"
ok 'one whose kernel comes from the cache' matrix 6.1.176
said 'has not the time of the build that is in there' '^6\.1\.176  *5  *2  *cached  *5  ok$'
rmdir "$O/matrix/6.1.176/build/linux/restored"
ok 'the two again' matrix '6.1.176 6.12.95'
is 'what is built' "$(cat "$TRACE")" '6.1.176 6_1 none none
6.12.95 6_12 none none'

echo "$SCRATCH/ext" >"$O/.external"
ok 'with packages from elsewhere' matrix 6.1.176
is 'a row has them' "$(cat "$O/matrix/6.1.176/.external")" "$SCRATCH/ext"
rm "$O/.external"
ok 'without' matrix 6.1.176
ok 'it has not' test ! -e "$O/matrix/6.1.176/.external"

# A tree that was named for other goals is not that of every row.
export LINUX_DIR="$SCRATCH/a/linux" MAKEFLAGS=" -- LINUX_DIR=$SCRATCH/a/linux"
ok 'with LINUX_DIR in the environment' matrix '6.1.176'
is 'the version is built' "$(cat "$TRACE")" '6.1.176 6_1 none none'
unset LINUX_DIR MAKEFLAGS
rm "$TRACE"
ok 'with LINUX_DIR on the command line' env -u MAKE make O="$O" TOOLDIR="${TOOLBIN%/bin}" MAKE="$MAKE" \
	LINUX_DIR="$SCRATCH/a/linux" KERNELS=6.1.176 RUN=true matrix
is 'the version is built' "$(cat "$TRACE")" '6.1.176 6_1 none none'

# Trees of one name, and names that lead elsewhere.
ok 'trees' matrix "$SCRATCH/a/linux $SCRATCH/b/linux $SCRATCH/b/it's"
said 'the table calls one what it was called' "^$SCRATCH/a/linux  *5  *2  *[0-9]*  *5  ok$"
said 'and the other' "^$SCRATCH/b/linux  *5  *2  *[0-9]*  *5  ok$"
said 'it is told where' "^matrix: $SCRATCH/b/linux, in $O/matrix/linux-[0-9a-f]*$"
like 'the one is built' "$(sed -n 1p "$TRACE")" "^linux-[0-9a-f]* \"$SCRATCH/a/linux\" "
like 'the other is' "$(sed -n 2p "$TRACE")" "^linux-[0-9a-f]* \"$SCRATCH/b/linux\" "
like 'a directory has no odd name' "$(sed -n 3p "$TRACE")" "^it_s-[0-9a-f]* \"$SCRATCH/b/it's\" "
is 'each in a directory of its own' "$(cut -d ' ' -f 1 "$TRACE" | sort -u | wc -l)" 3
cp "$TRACE" "$SCRATCH/first"
ln -s "$SCRATCH/b" "$SCRATCH/link"
ok 'again, by other names' matrix "$SCRATCH/a/../a/linux/ $SCRATCH/link/linux $SCRATCH/b/it's"
is 'they are where they were' "$(cat "$TRACE")" "$(cat "$SCRATCH/first")"
ok 'dots' matrix "$SCRATCH/a/linux/.. $SCRATCH/b/linux/."
is 'are what they mean' "$(sed 's/-[0-9a-f]* / /; s/ none none//' "$TRACE")" "a \"$SCRATCH/a\"
linux \"$SCRATCH/b/linux\""
is 'the configuration is as it was' "$(cat "$O/.config")" "$(cat "$SCRATCH/config")"
ok 'so are the fragments' test -f "$O/fragments/linux.config"
ls "$O/matrix" >"$SCRATCH/before"
fails 2 'no command' env -u RUN KERNELS=6.1.176 scripts/matrix
is 'it is told what is missing' "$(head -n 1 "$SCRATCH/.tap.out")" 'matrix: RUN= is missing'
fails 2 'no kernels' matrix ''
is 'it is told, too' "$(head -n 1 "$SCRATCH/.tap.out")" 'matrix: KERNELS= is missing'
fails 2 'a record, by make' env -u MAKE make O="$O" TOOLDIR="${TOOLBIN%/bin}" MAKE="$MAKE" KERNELS=6.1.176 RUN=true JSON=r.json matrix
said 'is in the directory of each' '^matrix: JSON applies to a single guest only; .*verdict$'
fails 2 'what is no kernel' matrix '../../x'
is 'leaves nothing' "$(ls "$O/matrix")$(ls "$SCRATCH/x" 2>/dev/null)" "$(cat "$SCRATCH/before")"

# Other boards and architectures. The fake make's savedefconfig knows what differs from Kconfig's defaults.
EXTERNAL=$SCRATCH/ext
export EXTERNAL
mkdir -p "$SCRATCH/bin" "$EXTERNAL/arch" "$O/matrix"
PATH=$SCRATCH/bin:$PATH
# describe NAME: an architecture and the board qemu-NAME, which has two lines in its defconfig
describe() {
	mkdir -p "$EXTERNAL/board/qemu-$1"
	printf 'arch.title = %s\narch.cross = %s-\narch.host = none\narch.qemu = qemu-%s\narch.image = arch/%s/Image\n' "$1" "$1" "$1" "$1" \
		>"$EXTERNAL/arch/$1.arch"
	printf 'config BOARD_QEMU_%s\n\tbool "%s"\n\tselect ARCH_%s\n' "$(echo "$1" | tr '[:lower:]' '[:upper:]')" "$1" \
		"$(echo "$1" | tr '[:lower:]' '[:upper:]')" >"$EXTERNAL/board/qemu-$1/Kconfig"
	printf 'CONFIG_BOARD_QEMU_%s=y\nCONFIG_PACKAGE_OF_%s=y\n' "$(echo "$1" | tr '[:lower:]' '[:upper:]')" \
		"$(echo "$1" | tr '[:lower:]' '[:upper:]')" >"$EXTERNAL/board/qemu-$1/defconfig"
}
describe own
describe far
describe lone
for name in far-gcc qemu-far; do echo "#!/bin/sh" >"$SCRATCH/bin/$name" && chmod 755 "$SCRATCH/bin/$name"; done
cat >"$O/.config" <<'END'
CONFIG_BOARD_QEMU_OWN=y
# CONFIG_PACKAGE_OF_OWN is not set
CONFIG_PACKAGE_MINE=y
CONFIG_QEMU_MEMORY=512
CONFIG_QEMU_MACHINE="big"
CONFIG_QEMU_ARGS="-device x"
CONFIG_QEMU_ACCEL_KVM=y
CONFIG_TOOLCHAIN_CC="/opt/own-gcc"
CONFIG_LINUX_6_18=y
CONFIG_ROOTFS_GREETING="it's mine"
END
rm -rf "$O/matrix" "$TRACE"
fails 1 'boards of other architectures' env ARCHES='far lone nowhere' BOARDS='qemu-own' KERNELS='6.1.176 6.12.95' scripts/matrix
said 'the table has them' '^board  *kernel  *kernel (KiB)  *initramfs (KiB)  *build (s)  *boot (ms)  *result$'
said 'the configured board' '^qemu-own  *6\.1\.176  *3  *2  *43  *5  ok$'
said 'another one, with each kernel' '^qemu-far  *6\.12\.95  *3  *2  *43  *5  ok$'
said 'one without a compiler' '^qemu-lone  *6\.1\.176  *-  *-  *-  *-  no lone-gcc here: scripts/bootstrap matrix BOARDS=qemu-lone installs it$'
said 'one that is not there' '^qemu-nowhere  *6\.12\.95  *-  *-  *-  *-  there is no board qemu-nowhere$'
is 'what is built, in which order' "$(cut -d ' ' -f 1,2 "$TRACE" | paste -sd , -)" '6.1.176 6_1,6.12.95 6_12,6.1.176 6_1,6.12.95 6_12'
ok 'the configured board has the directory that it has alone' test -f "$O/matrix/6.1.176/verdict"
ok 'another one has its own' test -f "$O/matrix/qemu-far/6.12.95/verdict"
config=$(cat "$O/matrix/qemu-far/6.1.176/.config")
like "it has its board's configuration" "$config" '^CONFIG_BOARD_QEMU_FAR=y$'
like 'all of it' "$config" '^CONFIG_PACKAGE_OF_FAR=y$'
unlike 'and not that of the other board' "$config" '^CONFIG_BOARD_QEMU_OWN=y\|^CONFIG_PACKAGE_OF_OWN=y'
like 'what was changed is changed there' "$config" '^CONFIG_PACKAGE_MINE=y$'
like 'with its text' "$config" "^CONFIG_ROOTFS_GREETING=\"it's mine\"\$"
like 'what was switched off is off' "$config" '^# CONFIG_PACKAGE_OF_OWN is not set$'
unlike 'settings of one machine are not taken' "$config" 'TOOLCHAIN_CC\|QEMU_MACHINE\|QEMU_ARGS\|QEMU_ACCEL'
like 'the kernel is that of the row' "$config" '^CONFIG_LINUX_6_1=y$'
unlike 'and no other' "$config" '^CONFIG_LINUX_6_18=y'
cp "$O/matrix/6.1.176/.config" "$SCRATCH/own"
like 'the configured board keeps the settings of its machine' "$(cat "$SCRATCH/own")" '^CONFIG_QEMU_MACHINE="big"$'
unlike 'its kernel is that of the row, too' "$(cat "$SCRATCH/own")" '^CONFIG_LINUX_6_18=y'
touch -d '2 days ago' "$O/matrix/qemu-far/6.1.176/.config"
ok 'the same again, by architecture' env ARCHES=far KERNELS=6.1.176 scripts/matrix
is 'its configuration is not written again' "$(find "$O/matrix/qemu-far/6.1.176/.config" -mtime -1)" ''
echo CONFIG_PACKAGE_MORE=y >>"$O/.config"
ok 'after a change' env BOARDS=qemu-far KERNELS=6.1.176 scripts/matrix
like 'it is' "$(cat "$O/matrix/qemu-far/6.1.176/.config")" '^CONFIG_PACKAGE_MORE=y$'
rm "$EXTERNAL/arch/far.arch"
fails 1 'a board without an architecture' env BOARDS=qemu-far KERNELS=6.1.176 scripts/matrix
said 'is told' '^qemu-far  .*board qemu-far: its Kconfig selects no architecture that there is$'
describe far
rm "$TRACE"
ok 'by make' env -u MAKE make O="$O" EXTERNAL="$EXTERNAL" MAKE="$MAKE" TOOLDIR="$TOOLDIR" KERNELS=6.1.176 RUN=true ARCHES=far matrix
is 'it is built' "$(cut -d ' ' -f 1,2 "$TRACE")" '6.1.176 6_1'
echo 'CONFIG_BOARD_GONE=y' >"$O/.config"
fails 1 'a board that is gone' env KERNELS=6.1.176 scripts/matrix
said 'is told, too' '^matrix: .*/.config is for a board that is not there$'
done_testing
