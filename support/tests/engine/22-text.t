#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Text from outside is never run: each string symbol of the menus, each variable of the command line
# and of the environment, and each kind of name, with each payload.
# shellcheck disable=SC2016 # payloads stand in single quotes
set -u
. support/tests/engine.sh

# A payload that is run makes this file. It says where touch is, so it runs with any PATH.
RAN=$SCRATCH/ran
RUNS="$(command -v touch) $RAN"
# payloads: one a line. One for each way in which quotes can be missing or be closed.
payloads() {
	cat <<-END
		\$($RUNS);\`$RUNS\`;$RUNS;\$(shell $RUNS)
		';$RUNS;'
		";$RUNS;"
		\$($RUNS)
		\$(shell $RUNS)
		\$\$(shell $RUNS)
	END
}
# ran: whether one was run since the last call
ran() {
	[ -e "$RAN" ] || return 1
	rm -f "$RAN"
}
# quoted TEXT: as a string of .config
quoted() { printf '%s' "$1" | sed 's/[\\"]/\\&/g'; }

# Programs that do nothing stand for our tools, so that all recipes of make are run, but for those
# that make needs to read the tree.
mkdir "$SCRATCH/idle" "$SCRATCH/work"
printf '#!/bin/sh\nexit 0\n' >"$SCRATCH/any"
chmod 755 "$SCRATCH/any"
for tool in "$TOOLBIN"/*; do
	case ${tool##*/} in
	inputs | depcheck | write-scripts) cp -p "$tool" "$SCRATCH/idle" ;;
	*) cp "$SCRATCH/any" "$SCRATCH/idle/${tool##*/}" ;;
	esac
done
# idle GOAL...: make with them, in one job, so that a failure does not hide much.
idle() {
	timeout 60 make -k -j1 O="$OUT" TOOLDIR="${TOOLBIN%/bin}" TOOLBIN="$SCRATCH/idle" "$@" >"$SCRATCH/said" 2>&1 </dev/null
}
# rehearse: run each script of the last make, with programs that do nothing.
rehearse() {
	for script in "$OUT"/build/*/*.sh; do
		[ -f "$script" ] || continue # make refused the text
		sed -e 's/^export PATH=.*/export PATH=/' -e 's/^set -eu$/set +eu/' "$script" >"$SCRATCH/script"
		(cd "$SCRATCH/work" && env -i SRC=src BUILD=. IMAGE=image SYSROOT=sysroot HOST=host FILES=files DL=dl TOOLS=tools \
			PACKAGES=. TOP=. ROOTFS=. JOBS=1 /bin/sh "$SCRATCH/script") >/dev/null 2>&1 </dev/null
	done
}

# ---- every string symbol ----

awk '/^config / { name = $2 } /^[ \t]+string "/ { print name }' Kconfig support/kconfig/* package/*/Kconfig | sort -u >"$SCRATCH/strings"
ok 'the menus have such symbols' test "$(wc -l <"$SCRATCH/strings")" -gt 20
# configuration SYMBOL TEXT: with what has to be chosen for the symbol to count.
configuration() {
	printf 'CONFIG_%s=y\n' BOARD_QEMU_X86_64 PACKAGE_LINUX PACKAGE_BUSYBOX PACKAGE_MUSL TOOLCHAIN_MUSL
	printf 'CONFIG_ARCH="x86_64"\nCONFIG_TOOLCHAIN_PACKAGES="musl"\n'
	case $1 in
	LINUX_CUSTOM_VERSION) echo CONFIG_LINUX_CUSTOM=y ;;
	LINUX_CUSTOM_*) echo CONFIG_LINUX_URL=y ;;
	LINUX_GIT_*) echo CONFIG_LINUX_GIT=y ;;
	LINUX_LOCAL_DIR) echo CONFIG_LINUX_LOCAL=y ;;
	LINUX_CONFIG_FILE) echo CONFIG_LINUX_BASE_FILE=y ;;
	BUSYBOX_CONFIG_FILE) echo CONFIG_BUSYBOX_BASE_FILE=y ;;
	CACHE_*) echo CONFIG_CACHE=y ;;
	esac
	# a commit that needs no repository; one that is there, so that only the text under test can fail
	case $1 in
	LINUX_CUSTOM_URL) echo CONFIG_LINUX_CUSTOM_SHA256=\"aa\" ;;
	LINUX_GIT_URL) echo 'CONFIG_LINUX_GIT_REF="0123456789012345678901234567890123456789"' ;;
	LINUX_GIT_REF) printf 'CONFIG_LINUX_GIT_URL="%s"\n' "$SCRATCH/none.git" ;;
	esac
	printf 'CONFIG_%s="%s"\n' "$1" "$(quoted "$2")"
}
while read -r symbol; do
	payloads >"$SCRATCH/texts"
	case $symbol in *URL | *MIRROR | POOL) payloads | sed 's,^,http://127.0.0.1:9/,' >>"$SCRATCH/texts" ;; esac
	while IFS= read -r text; do
		rm -rf "$OUT/build" "$OUT/engine" "$OUT/git"
		configuration "$symbol" "$text" >"$OUT/.config"
		# what counts is the text itself, not what a front end makes of it
		idle UNRESOLVED=y qemu-run
		rehearse
		idle UNRESOLVED=y source
		idle UNRESOLVED=y explain
		! ran || echo "$text"
	done <"$SCRATCH/texts" >"$SCRATCH/run"
	is "CONFIG_$symbol: nothing is run" "$(cat "$SCRATCH/run")" ''
done <"$SCRATCH/strings"

# ---- the command line, and the environment ----

rm -rf "$OUT/build" "$OUT/engine"
simple one
choose one
ok 'a build to begin with' whittle
for variable in RUN TIMEOUT STRICT JSON JUNIT EXPECT REPEAT FOLD SHARE PORTS NET KERNEL GUEST INITRAMFS_EXTRA CPUS MEMORY APPEND DISK LOG A B DIR FILE DEST PKG P T SANDBOX \
	SOURCE_DATE_EPOCH V O EXTERNAL TOOLDIR ONE_DIR ONE_VERSION ONE_PERMISSIONS ONE_FILES CONFIG_MIRROR ANYTHING; do
	payloads | while IFS= read -r text; do
		idle EXTERNAL="$EXT" "$variable=$text" qemu-run
		case $variable in
		A | B | DIR | FILE | PKG) idle EXTERNAL="$EXT" "$variable=$text" size initramfs-extract initramfs-diff ;;
		DEST) idle EXTERNAL="$EXT" "$variable=$text" source ;;
		esac
		(
			export "$variable=$text"
			timeout 60 make -j1 O="$SCRATCH/out" EXTERNAL="$EXT" TOOLDIR="${TOOLBIN%/bin}" TOOLBIN="$SCRATCH/idle" qemu-run >/dev/null 2>&1 </dev/null
		)
		! ran || echo "$text"
	done >"$SCRATCH/run"
	is "$variable: nothing is run" "$(cat "$SCRATCH/run")" ''
done

# What make reads without having set it is not taken from the environment, but for what a person may set there.
# dry VARIABLE=TEXT...: make -n for several goals, with these in the environment
dry() {
	for goal in qemu-run explain source-list unit-tests help book sbom debug legal-info cache-stats; do
		timeout 60 env "$@" make -n -j1 O="$OUT" EXTERNAL="$EXT" TOOLDIR="${TOOLBIN%/bin}" $warn "$goal" 2>&1 </dev/null
	done
}
warn=--warn-undefined-variables
dry | sed -n "s/.*: warning: undefined variable '\(.*\)'\$/\1/p" | LC_ALL=C sort -u >"$SCRATCH/unset"
ok 'there are such variables' grep -qx MIXED_GOALS "$SCRATCH/unset"
warn=
while IFS= read -r variable; do
	case $variable in [0-9] | V | O | *_HOME | *_DIR | SANITIZE | DEVELOPER | SOURCE_DATE_EPOCH | WHITTLE_HELD) continue ;; esac
	set -- "$@" "$variable=\$(shell $RUNS)"
done <"$SCRATCH/unset"
dry "$@" >"$SCRATCH/said"
fails 1 'nothing that make did not set is run' ran

# An inner menu keeps the language of the person; the text of no other variable is taken for it.
printf 'export LC_ALL=C\ncd "$BUILD"\nfalse\n' >"$SCRATCH/head"
is 'an inner menu: the language' "$(LC_ALL=C.UTF-8 sh support/make/inner.sh "$SCRATCH/head" 'echo $LC_ALL')" C.UTF-8
is 'an inner menu: none' "$(env -u LC_ALL sh support/make/inner.sh "$SCRATCH/head" 'echo ${LC_ALL-none}')" none
is 'an inner menu: another variable that looks like it' "$(env LC_ALL=C OTHER="a
export LC_ALL=\$($RUNS)" sh support/make/inner.sh "$SCRATCH/head" 'echo $LC_ALL')" C
fails 1 'nothing of that is run' ran

# ---- the environment decides nothing ----

sum() { sha256sum <"$OUT/images/initramfs.cpio.gz"; }
before=$(sum)
ok 'variables of recipes in the environment' env ONE_PERMISSIONS='/usr/share/one 4755 0 0' ONE_DEVICES='/dev/x c 600 0 0 1 2' \
	ONE_USERS='x 5 x 5 / /bin/sh x' ONE_BUILD='echo bad >out' ONE_VERSION=2 ONE_TYPE=none ONE_FILES=x CONFIG_ROOTFS_GREETING=x \
	ALL_PACKAGES=two two.prefix=TWO make O="$OUT" EXTERNAL="$EXT" TOOLDIR="${TOOLBIN%/bin}"
is 'nothing was built' "$(steps)" ''
is 'the image is as it was' "$(sum)" "$before"

# ---- names ----

# Each kind of name gets each text: it is refused, by name, or taken as it is.
name_of() { # KIND TEXT: put it there
	file=$(printf '%s' "$2" | tr / _)
	rm -rf "$EXT" "$SCRATCH/names"
	mkdir -p "$EXT/package" "$SCRATCH/names"
	: >"$SCRATCH/config.more"
	simple one
	case $1 in
	overlay)
		mkdir "$SCRATCH/names/$file"
		printf 'CONFIG_ROOTFS_OVERLAY="%s"\n' "$(quoted "$SCRATCH/names/$file")" >"$SCRATCH/config.more"
		;;
	overlay-file)
		mkdir "$SCRATCH/names/over"
		echo x >"$SCRATCH/names/over/$file"
		printf 'CONFIG_ROOTFS_OVERLAY="%s"\n' "$SCRATCH/names/over" >"$SCRATCH/config.more"
		;;
	table)
		echo 'dir /x 755 0 0' >"$SCRATCH/names/$file"
		printf 'CONFIG_ROOTFS_DEVICE_TABLE="%s"\n' "$(quoted "$SCRATCH/names/$file")" >"$SCRATCH/config.more"
		;;
	patch) : >"$EXT/package/one/0001-$file.patch" ;;
	package)
		mkdir "$EXT/package/$file"
		: >"$EXT/package/$file/$file.mk"
		: >"$EXT/package/$file/Kconfig"
		;;
	hash) printf 'sha256  %064d  %s\n' 0 "$(printf '%s' "$file" | tr ' ' _)" >"$EXT/package/one/one.hash" ;;
	board)
		mkdir -p "$EXT/board/$file"
		: >"$EXT/board/$file/defconfig"
		printf 'config BOARD_X\n\tbool "x"\n' >"$EXT/board/$file/Kconfig"
		;;
	compiler)
		cp "$SCRATCH/any" "$SCRATCH/names/$file"
		printf 'CONFIG_TOOLCHAIN_CC="%s"\n' "$(quoted "$SCRATCH/names/$file")" >"$SCRATCH/config.more"
		;;
	esac
}
for kind in overlay overlay-file table patch package hash board compiler; do
	payloads | while IFS= read -r text; do
		name_of $kind "$text"
		choose one
		rm -rf "$OUT/build" "$OUT/engine"
		timeout 60 make -j1 O="$OUT" EXTERNAL="$EXT" TOOLDIR="${TOOLBIN%/bin}" all list-defconfigs >"$SCRATCH/said" 2>&1 </dev/null || {
			# refused: that says what
			grep -q "rename\|in a file's name" "$SCRATCH/said" || echo "said: $(tail -n 1 "$SCRATCH/said")"
		}
		! ran || echo "$text"
	done >"$SCRATCH/run"
	is "a name, $kind: nothing is run, and it is taken or refused" "$(cat "$SCRATCH/run")" ''
done
name_of none x
choose one
payloads | while IFS= read -r text; do
	file=$(printf '%s' "$text" | tr / _)
	for arguments in "O=$SCRATCH/names/$file" "EXTERNAL=$SCRATCH/names/$file" "ONE_DIR=$SCRATCH/names/$file" "INITRAMFS_EXTRA=$SCRATCH/names/$file"; do
		mkdir -p "$SCRATCH/names/$file"
		timeout 60 make -j1 O="$OUT" EXTERNAL="$EXT" TOOLDIR="${TOOLBIN%/bin}" "$arguments" all >"$SCRATCH/said" 2>&1 </dev/null || {
			grep -q 'rename' "$SCRATCH/said" || echo "said: $(tail -n 1 "$SCRATCH/said")"
		}
		! ran || echo "$text"
	done
done >"$SCRATCH/run"
is 'a directory on the command line' "$(cat "$SCRATCH/run")" ''

# What make can take is taken.
odd="$SCRATCH/names/a+b,c@d~e=f"
odd=${odd%=f}-é
mkdir -p "$odd/overlay" "$odd/out"
echo x >"$odd/overlay/x y;\$(z)#"
printf 'CONFIG_ROOTFS_OVERLAY="%s"\n' "$odd/overlay" >"$SCRATCH/config.more"
choose one
cp "$OUT/.config" "$odd/out"
ok 'odd names that are no harm' make O="$odd/out" EXTERNAL="$EXT" TOOLDIR="${TOOLBIN%/bin}"
ok 'the file is in the image' "$TOOLBIN/mkinitramfs" --list "$odd/out/images/initramfs.cpio.gz"
said 'with its name' 'x y;'

# A tilde that the shell left alone is the home directory.
mkdir -p "$SCRATCH/home/overlay"
echo x >"$SCRATCH/home/overlay/of-home"
printf 'CONFIG_ROOTFS_OVERLAY="~/overlay"\n' >"$SCRATCH/config.more"
choose one
ok 'an overlay ~/...' env HOME="$SCRATCH/home" make O="$OUT" EXTERNAL="$EXT" TOOLDIR="${TOOLBIN%/bin}"
ok 'it is in the image' "$TOOLBIN/mkinitramfs" --list "$OUT/images/initramfs.cpio.gz"
said 'by its name' 'of-home'
printf 'CONFIG_ROOTFS_OVERLAY="~other/overlay"\n' >"$SCRATCH/config.more"
choose one
fails 2 'an overlay ~other/...' env HOME="$SCRATCH/home" make O="$OUT" EXTERNAL="$EXT" TOOLDIR="${TOOLBIN%/bin}"
said 'it is named' 'ROOTFS_OVERLAY "~other/overlay" begins with ~'
: >"$SCRATCH/config.more"
choose one

# a pattern of make matches no goal with a blank
{ payloads && echo "'\`:>$RAN\`'" && echo "\`:>$RAN\`"; } | while IFS= read -r text; do
	for goal in "$text" "$text-rebuild" "$text-dirclean" "$text-test" "${text}_defconfig"; do
		idle EXTERNAL="$EXT" "$goal"
		idle EXTERNAL="$EXT" defconfig "$goal"
	done
	! ran || echo "$text"
done >"$SCRATCH/run"
is 'a goal: nothing is run' "$(cat "$SCRATCH/run")" ''
done_testing
