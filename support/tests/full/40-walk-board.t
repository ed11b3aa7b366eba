#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The walk on the default board: kernel and BusyBox options, inner fragments, greeting, kind of
# init, compression, packages, overlay, images; after each move all of images/ is compared with a clean
# build of the same configuration in another directory, and only packages that the move
# concerns may have run.
#
# A clean kernel takes minutes, so clean builds share a store of built packages that no other
# build has: all in it came from directories made anew. And it is not trusted to know when two
# builds are the same: this test has a key of its own for what a package is made of (key, below).
# Where that is a new one, the clean build must say that it compiled the package; what it takes
# from the store can only be what a clean build of the same key gave. The builds that are tested
# have no store.
#
#   40-walk-board.t [SEED [MOVES]]
set -u
. support/tests/board.sh

seed=${1:-1}
moves=${2:-24}
DIR=$CHECK_O/walk
CLEAN=$CHECK_O/another/place/for-clean-builds
rm -rf "$DIR" "$CLEAN" "$CHECK_O/walk-store"
mkdir -p "$DIR/fragments" "$CHECK_O/walk-store" "$SCRATCH/overlay/etc" "$SCRATCH/keys"
export XDG_CACHE_HOME="$CHECK_O/cache"

# ---- the state: what each dimension of the walk is now ----
kernel=base busybox=base init=SCRIPT compression=GZIP greeting=0 overlay=0 images=none
echo 'CONFIG_LOCALVERSION="-walk"' >"$SCRATCH/kernel.fragment"

# configure DIRECTORY: the configuration and the fragments of this state.
configure() {
	mkdir -p "$1/fragments"
	rm -f "$1/fragments/linux.config" "$1/fragments/busybox.config"
	{
		cat board/qemu-x86_64/defconfig
		echo "CONFIG_ROOTFS_INIT_$init=y"
		echo "CONFIG_ROOTFS_COMPRESS_$compression=y"
		echo "CONFIG_ROOTFS_GREETING=\"greeting $greeting\""
		[ "$overlay" = 0 ] || echo "CONFIG_ROOTFS_OVERLAY=\"$SCRATCH/overlay\""
		case $images in
		none) ;;
		all) printf 'CONFIG_PACKAGE_IMAGE_%s=y\n' EROFS EXT4 SQUASHFS TAR ;;
		*) echo "CONFIG_PACKAGE_IMAGE_$images=y" ;;
		esac
		case $kernel in
		menu) echo 'CONFIG_IKCONFIG=y' >"$1/fragments/linux.config" ;;
		file) echo "CONFIG_LINUX_FRAGMENTS=\"$SCRATCH/kernel.fragment\"" ;;
		esac
		case $busybox in
		off)
			# Scripts of the skeleton want its shell.
			echo '# CONFIG_PACKAGE_BUSYBOX is not set'
			echo '# CONFIG_ROOTFS_CHECK_NEEDS is not set'
			;;
		noediting) echo '# CONFIG_BUSYBOX_EDITING is not set' ;;
		menu) echo '# CONFIG_HEXEDIT is not set' >"$1/fragments/busybox.config" ;;
		esac
	} >"$1/.config.new"
	echo "overlay $overlay" >"$SCRATCH/overlay/etc/motd"
}

# key PACKAGE: all that it is made of, as far as this walk changes it.
key() {
	case $1 in
	linux) echo "linux $kernel $images" ;;
	busybox) echo "busybox $busybox $([ "$init" = C ] && echo 'without init')" ;;
	*) echo "$1" ;;
	esac
}

# concerned DIMENSION: the packages that may run when it changed.
concerned() {
	case $1 in
	kernel) echo 'linux|rootfs' ;;
	busybox) echo 'busybox|rootfs' ;;
	init) echo 'init|busybox|rootfs' ;;
	images) echo 'linux|rootfs' ;;
	*) echo 'rootfs' ;;
	esac
}

# result DIRECTORY: digests of all of images/, and kinds and modes.
result() {
	(cd "$1/images" && find . ! -type f -printf '%y %m %p %l\n' -o -type f -printf '%m %p ' -exec sha256sum {} \;) |
		LC_ALL=C sort
}

# What may run in any case: images are made of whatever the root filesystem is.
follows='initramfs|image-.*|.*-host'

# The words of lines that say that something is done for a package. Not FETCH: a new package has to come from somewhere.
steps='UNPACK\|CONFIGURE\|BUILD\|INSTALL\|CACHE'

# ran STEP PATTERN: the packages that match, of those that a line of the last build says STEP of.
ran() {
	sed -n "s/^  \\($1\\)  *\\([^ ]*\\) .*/\\2/p" "$SCRATCH/build.out" | grep -Ex -e "$2" | sort -u | paste -s -d ' ' -
}

# clean: build this state from nothing, then see that what was compiled had to be.
clean() {
	rm -rf "$CLEAN"
	configure "$CLEAN"
	{
		cat "$CLEAN/.config.new"
		echo "CONFIG_CACHE=y"
		echo "CONFIG_CACHE_SIZE=0"
		echo "CONFIG_CACHE_DIR=\"$CHECK_O/walk-store\""
		echo "CONFIG_DL_DIR=\"$CHECK_O/cache/whittle/dl\""
	} >"$CLEAN/.config"
	rm "$CLEAN/.config.new"
	make O="$CLEAN" TOOLDIR="${TOOLBIN%/bin}" >"$SCRATCH/build.out" 2>&1 || return 1
	for package in $(ran 'CACHE' '.*'); do
		if ! grep -qx -e "$(key "$package")" "$SCRATCH/keys/all" 2>/dev/null; then
			echo "$package came from the store, though nothing of the key '$(key "$package")' was built before" >>"$SCRATCH/build.out"
			return 1
		fi
	done
	for package in $(ran 'BUILD\|INSTALL' '.*'); do
		key "$package" >>"$SCRATCH/keys/all"
	done
}

incremental() {
	configure "$DIR"
	if ! cmp -s "$DIR/.config.new" "$DIR/.config.given"; then
		cp "$DIR/.config.new" "$DIR/.config.given"
		{ cat "$DIR/.config.new" && echo '# CONFIG_CACHE is not set'; } >"$DIR/.config"
	fi
	board walk >"$SCRATCH/build.out" 2>&1
}

# quietly COMMAND: when it fails, with what make said.
quietly() {
	"$@" || {
		cat "$SCRATCH/build.out"
		return 1
	}
}

echo "# seed $seed, $moves moves; again: TOOLBIN=$TOOLBIN support/tests/full/40-walk-board.t $seed $moves"
# A line for each move: the dimension and what becomes of it; never what it is already.
awk -v seed="$seed" -v moves="$moves" 'BEGIN {
	srand(seed)
	n = split("kernel kernel busybox busybox init compression greeting overlay images", dimension)
	values["kernel"] = "base menu file"
	values["busybox"] = "base off noediting menu"
	values["init"] = "SCRIPT BUSYBOX C"
	values["compression"] = "NONE GZIP XZ ZSTD"
	values["greeting"] = values["overlay"] = "0 1 2 3"
	now["kernel"] = now["busybox"] = "base"; now["init"] = "SCRIPT"; now["compression"] = "GZIP"
	values["images"] = "none all EXT4 TAR"
	now["greeting"] = now["overlay"] = "0"
	now["images"] = "none"
	for (i = 0; i < moves; i++) {
		d = dimension[1 + int(rand() * n)]
		k = split(values[d], v, " ")
		do x = v[1 + int(rand() * k)]; while (x == now[d])
		if (now["init"] == "BUSYBOX" && d == "busybox" && x == "off") { i--; continue }
		if (now["busybox"] == "off" && d == "init" && x == "BUSYBOX") { i--; continue }
		now[d] = x
		print d, x
	}
}' >"$SCRATCH/moves"

ok 'the first build' quietly incremental
ok 'a clean one' quietly clean
is 'they are the same' "$(result "$DIR")" "$(result "$CLEAN")"
while read -r dimension value <&3; do
	start=$(date +%s)
	eval "$dimension=\$value"
	ok "$dimension becomes $value" quietly incremental
	is 'only what it concerns was done' "$(ran "$steps" '.*' | tr ' ' '\n' | grep -Evx -e "$(concerned "$dimension")|$follows|$DIR/images|" | paste -s -d ' ' -)" ''
	echo "# incremental: $(($(date +%s) - start)) s"
	ok 'a clean build' quietly clean
	is 'all of images/ is the same' "$(result "$DIR")" "$(result "$CLEAN")"
	echo "# with the clean one: $(($(date +%s) - start)) s"
done 3<"$SCRATCH/moves"
rm -rf "$CHECK_O/another"
done_testing
