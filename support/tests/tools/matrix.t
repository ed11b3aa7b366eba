#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# make matrix: which kernel each row is of, and where it is built, with a script in make's place.
set -u
# shellcheck source=support/tests/tap.sh
. support/tests/tap.sh

unset MAKEFLAGS MAKELEVEL LINUX_DIR EXTERNAL
export O="$SCRATCH/out" RUN=true TRACE="$SCRATCH/log" MAKE="$SCRATCH/make"
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
	images)
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
said 'a row, with the time of the kernel alone' '^6\.1\.176  *43  *5  ok$'
: >"$SCRATCH/cached"
ok 'one that is built already' matrix 6.1.176
said 'needs no time' '^6\.1\.176  *cached  *5  ok$'
rm "$SCRATCH/cached"
mkdir "$O/matrix/6.1.176/build/linux/restored"
ok 'one whose kernel comes from the cache' matrix 6.1.176
said 'has not the time of the build that is in there' '^6\.1\.176  *cached  *5  ok$'
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
said 'the table calls one what it was called' "^$SCRATCH/a/linux  *[0-9]*  *5  ok$"
said 'and the other' "^$SCRATCH/b/linux  *[0-9]*  *5  ok$"
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
done_testing
