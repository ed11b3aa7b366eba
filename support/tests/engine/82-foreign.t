#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# A board of another architecture: which compiler and binutils steps get, what is refused, and what is built for which.
# shellcheck disable=SC2016 # text for make stands in single quotes
set -eu
# shellcheck source=support/tests/engine.sh
. support/tests/engine.sh

arch=aarch64
[ "$(uname -m)" != aarch64 ] || arch=s390x
key() {
	sed -n "s/^arch\.$1 *= *//p" "support/arch/$arch.arch"
}
cross=$(key cross)
upper=$(prefix $arch)
mkdir -p "$EXT/board/foreign"
cat >"$EXT/board/foreign/Kconfig" <<END
# SPDX-License-Identifier: GPL-2.0-or-later
config BOARD_FOREIGN
	bool "foreign"
	select ARCH_$upper
	help
	  For a test.
END
echo 'CONFIG_BOARD_FOREIGN=y' >"$EXT/board/foreign/defconfig"

# on_board [LINE...]: the configuration, with lines more.
on_board() {
	printf '%s\n' 'CONFIG_BOARD_FOREIGN=y' "$@" >"$SCRATCH/config.more"
	choose prog mytool
}

pkg prog <<'END'
PROG_MODE := bare
define PROG_BUILD
echo 'int start(void) { return 0; }' >start.c
$$CC $$CFLAGS -c start.c
$$AR rcs libstart.a start.o
$$NM libstart.a >symbols
$$LD -e start -o prog start.o
$$OBJCOPY --strip-debug prog copy
$$STRIP copy
$$READELF -h copy >header
pkg-config --list-all >modules
env | grep -E '^(AS|LD|AR|NM|RANLIB|STRIP|OBJCOPY|OBJDUMP|READELF|WCC_GCC)=' | sort >names
endef
define PROG_INSTALL
install -D -m 755 copy $(IMAGE)/target/bin/prog
install -D -m 644 names $(IMAGE)/target/names
install -D -m 644 modules $(IMAGE)/target/modules
install -D -m 644 header $(IMAGE)/target/header
endef
END
pkg mytool <<'END'
MYTOOL_MODE := host
define MYTOOL_BUILD
echo 'int main(void) { return 0; }' >tool.c
$$CC $$CFLAGS -o tool tool.c
./tool
endef
define MYTOOL_INSTALL
install -D -m 755 tool $(IMAGE)/host/usr/bin/tool
endef
END

on_board 'CONFIG_TOOLCHAIN_CC="gcc"'
fails 2 "this machine's compiler" whittle
said 'both are named' "the C compiler gcc makes programs for .*, but the board's architecture is $arch: choose"
unlike 'nothing is built' "$(cat "$SCRATCH/.tap.out")" 'BUILD'
fails 2 'every time' whittle
said 'told so' "the C compiler gcc makes programs for "
on_board "CONFIG_TOOLCHAIN_CC=\"/nonexistent/${cross}gcc-12\""
fails 2 'a compiler that is not here' whittle
said 'it is named, with the architecture and the remedy' \
	"the C compiler for programs of $arch (.*), /nonexistent/${cross}gcc-12, is not to be found .*: scripts/bootstrap installs ${cross}gcc"

if ! command -v "${cross}gcc" >/dev/null; then
	skip 'a build for another architecture' "no ${cross}gcc here"
	done_testing
fi

on_board
ok 'a build' whittle
is 'the names that steps get' "$(unpacked names | xargs)" \
	"$(for name in AR=ar AS=as LD=ld NM=nm OBJCOPY=objcopy OBJDUMP=objdump RANLIB=ranlib READELF=readelf STRIP=strip; do
		echo "${name%%=*}=$cross${name#*=}"
	done | xargs) WCC_GCC=${cross}gcc"
is "none of this machine's libraries is known to pkg-config" "$(cat "$SCRATCH/x/modules")" ''
is 'the program is for the architecture' "$(od -An -tu2 -j18 -N2 --endian="$(key endian)" "$SCRATCH/x/bin/prog" | xargs)" "$(key elf)"
: >"$SCRATCH/.tap.out"
ok 'again' whittle
is 'nothing to do' "$(steps)" ''

# cmake looks for binutils by itself.
if command -v cmake >/dev/null; then
	mkdir -p "$EXT/package/bycmake/src"
	# shellcheck disable=SC2016 # for cmake
	printf 'cmake_minimum_required(VERSION 3.10)\nproject(bycmake C)\nadd_library(one one.c)\ninstall(TARGETS one)\nmessage("for ${CMAKE_SYSTEM_PROCESSOR}")\n' \
		>"$EXT/package/bycmake/src/CMakeLists.txt"
	echo 'int one(void) { return 1; }' >"$EXT/package/bycmake/src/one.c"
	# shellcheck disable=SC2016 # for make
	printf '%s\n' 'BYCMAKE_MODE := bare' 'BYCMAKE_TYPE := cmake' 'BYCMAKE_DIR := $(BYCMAKE_PKGDIR)/src' \
		'BYCMAKE_CONF_OPTS := -DCMAKE_TRY_COMPILE_TARGET_TYPE=STATIC_LIBRARY' | pkg bycmake
	sed -i '/_MODE := none/d' "$EXT/package/bycmake/bycmake.mk"
	choose bycmake
	ok 'a package of type cmake' whittle
	is "it uses the architecture's" "$(sed -n 's,^CMAKE_\(AR\|NM\|OBJCOPY\|OBJDUMP\|RANLIB\|READELF\|STRIP\):.*/,,p' "$OUT/build/bycmake/build/CMakeCache.txt" | sort | xargs)" \
		"${cross}ar ${cross}nm ${cross}objcopy ${cross}objdump ${cross}ranlib ${cross}readelf ${cross}strip"
	ok "and is for the architecture's processor" grep -q "^for $(key cmake)\$" "$OUT/build/bycmake/configure.log"
else
	skip 'a package of type cmake' 'no cmake here: scripts/bootstrap check installs it'
fi

# A tree of one's own that was configured in place.
mkdir -p "$SCRATCH/kern/arch"
printf 'allnoconfig olddefconfig:\n\ttouch $(O)/.config\nall:\n' >"$SCRATCH/kern/Makefile"
: >"$SCRATCH/kern/Kconfig"
pkg kern <<END
KERN_TYPE := kbuild
KERN_MODE := kernel
KERN_DIR := $SCRATCH/kern
KERN_KCONFIG_BASE := allnoconfig
KERN_MAKE_OPTS = ARCH=\$(arch.kernel)
define KERN_INSTALL
echo CONFIG_RANDOMIZE_BASE=y >"\$(IMAGE)/images/kernel.config"
echo kernel | tee "\$(IMAGE)/images/vmlinux" >"\$(IMAGE)/images/\$(KERNEL_IMAGE)"
endef
END
choose kern
ok 'a tree as it was unpacked' whittle
# unclean NAME MESSAGE: what is told of the tree
unclean() {
	fails 2 "$1" whittle kern-reconfigure
	said 'is told, with the remedy' "kern: $SCRATCH/kern was configured in place$2 there first (that removes its .config: keep a copy)"
}
echo '# a file' >"$SCRATCH/kern/.config"
unclean 'one that was configured in place' "; run 'make mrproper'"
printf '#\n# Kern/vax 6.12.95 Configuration\n#\nCONFIG_X=y\n# Kern/none is a comment\n' >"$SCRATCH/kern/.config"
unclean 'for another architecture' " for vax, and the board is for $(key kernel); run 'make ARCH=vax mrproper'"
sed -i "s/vax/$(key kernel)/" "$SCRATCH/kern/.config"
unclean "for the board's" " for $(key kernel); run 'make ARCH=$(key kernel) mrproper'"
rm "$SCRATCH/kern/.config"
mkdir -p "$SCRATCH/kern/arch/$(key srcarch)/include/generated"
unclean 'what mrproper for another one leaves' " for $(key kernel); run 'make ARCH=$(key kernel) mrproper'"
rm -r "$SCRATCH/kern/arch/$(key srcarch)"
ok 'as it was' whittle kern-reconfigure

# What is told of such a board.
choose prog kern
ok 'a program and a kernel' whittle
ok 'explain' whittle explain
is 'there is nothing to do' "$(cat "$SCRATCH/.tap.out")" 'nothing to do'
ok 'size' whittle size
said 'the program is there' '^prog  *[0-9]'
ok 'sbom' whittle sbom
ok 'it is of the board, with its kernel' grep -q '"board/foreign"' "$OUT/sbom.cdx.json"
ok 'legal-info' whittle legal-info
is 'of both' "$(sed 's/,.*//' "$OUT/legal-info/manifest.csv" | xargs)" 'PACKAGE kern prog'
debugger=$(O=$OUT EXTERNAL='' sh -c '. support/make/arch.sh && arch_gdb "$1"' sh "$arch")
ok 'gdb' whittle -n gdb GDB_PORT=1234
said 'it is that of the architecture' "^PYTHONDONTWRITEBYTECODE=1 $debugger -q "
ok 'or the one that is named' whittle -n gdb GDB_PORT=1234 GDB=/opt/gdb
said 'it is that' '^PYTHONDONTWRITEBYTECODE=1 /opt/gdb -q '
ok 'book' whittle book
like 'it boots the kernel of the architecture' "$(cat "$OUT/book/book.txt")" "^$(key qemu) .* -nographic"
like 'it debugs it, too, where it was linked' "$(tr -s ' \n' ' ' <"$OUT/book/book.txt")" \
	"-append \"console=[^ \"]* nokaslr.*$debugger \"[\$]WORK/images/vmlinux\""
unlike 'without KVM' "$(cat "$OUT/book/book.txt")" 'accel kvm'
like 'its compiler is among what is to install' "$(cat "$OUT/book/book.txt")" "^  $(sed -n 's/^packages.apt *= *\(gcc[^ ]*\).*/\1/p' "support/arch/$arch.arch")  *compiles the system"

# A static program of this machine in an overlay.
mkdir -p "$SCRATCH/overlay/bin"
echo 'int main(void) { return 0; }' >"$SCRATCH/main.c"
gcc -static -nostdlib -Wl,-e,main -o "$SCRATCH/overlay/bin/mine" "$SCRATCH/main.c"
NEEDS=y on_board "CONFIG_ROOTFS_OVERLAY=\"$SCRATCH/overlay\""
fails 2 'a program of this machine in an overlay' whittle
said 'it is named' "/bin/mine (from .*): it is for another machine"
rm "$SCRATCH/overlay/bin/mine"

# The same for another architecture, in the same output directory, with one cache.
sums() { (cd "$OUT/images" && sha256sum -- *); }
# entries: how many results the cache has
entries() { find "$XDG_CACHE_HOME/whittle/artifacts" -name '*.art' | wc -l; }
rm "$SCRATCH/config.more"
other=$(uname -m)
CACHE=y choose prog mytool
ok 'the same for this machine, from nothing' whittle clean all
own=$(sums)
is 'the cache has the program and the tool' "$(entries)" 2
CACHE=y on_board
ok 'and for the other one, with a cache' whittle
foreign=$(sums)
steps=$(steps)
like 'programs are built for each' "$steps" 'BUILD prog'
unlike 'what runs on this machine is built once' "$steps" 'BUILD mytool'
is 'the cache has the program once more, and the tool once' "$(entries)" 3
rm "$SCRATCH/config.more"
CACHE=y choose prog mytool
ok "back to $other" whittle
unlike 'all is in the cache' "$(steps)" BUILD
is 'with the same bytes' "$(sums)" "$own"

# An image is the same whatever was built before.
OUT=$SCRATCH/fresh
export XDG_CACHE_HOME="$SCRATCH/fresh-cache"
mkdir "$OUT"
CACHE=y on_board
ok 'the other one elsewhere, with an empty cache' whittle
like 'is built' "$(steps)" 'BUILD mytool.*BUILD prog'
is 'the same bytes' "$(sums)" "$foreign"
rm "$SCRATCH/config.more"
CACHE=y choose prog mytool
ok "after it that for $other" whittle
is 'which has the same bytes, too' "$(sums)" "$own"
is 'they are not those of the other one' "$([ "$own" != "$foreign" ] && echo others)" others

# What Kconfig knows of architectures.
# bits BOARD: the symbol for 32 bits in its configuration
bits() {
	make -s O="$SCRATCH/$1" TOOLDIR="${TOOLBIN%/bin}" "$1_defconfig" >/dev/null && grep -h '^CONFIG_ARCH_32BIT' "$SCRATCH/$1/.config" || echo none
}
is 'packages may depend on 32 bits' "$(bits qemu-armv7)" 'CONFIG_ARCH_32BIT=y'
is 'which others do not have' "$(bits qemu-x86_64)" none
# What the compiler of the architecture itself does not know is told as that.
like 'an option that the compiler lacks' \
	"$(sh support/make/compiler.sh "${cross}gcc" $arch "$(key bits)" "$(key endian)" "$(key elf)" -mno-such-option)" \
	"^the C compiler ${cross}gcc does not compile an empty file for $arch with -mno-such-option: .*unrecognized"
like 'a program that is no compiler' "$(sh support/make/compiler.sh false $arch "$(key bits)" "$(key endian)" "$(key elf)")" \
	"^the C compiler false does not compile an empty file for $arch:"
done_testing
