# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
# For tests of the engine: small packages in an external tree, without C library and kernel,
# so that a whole build takes a second.

# shellcheck source=support/tests/tap.sh
. support/tests/tap.sh

EXT=$SCRATCH/ext
OUT=$SCRATCH/out
export XDG_CACHE_HOME="$SCRATCH/cache"
unset MAKEFLAGS MAKELEVEL EXTERNAL SOURCE_DATE_EPOCH O V
mkdir -p "$EXT/package" "$OUT"

# whittle ARGUMENT...: make with the tools that are built already.
whittle() {
	make O="$OUT" EXTERNAL="$EXT" TOOLDIR="${TOOLBIN%/bin}" "$@"
}

# prefix NAME: what its variables begin with.
prefix() {
	echo "$1" | tr 'a-z-' 'A-Z_'
}

# pkg NAME: a package whose recipe is read from standard input, beside the lines that all have.
pkg() {
	pkg_dir=$EXT/package/$1
	mkdir -p "$pkg_dir"
	printf 'config PACKAGE_%s\n\tbool "%s"\n\thelp\n\t  For a test.\n' "$(prefix "$1")" "$1" >"$pkg_dir/Kconfig"
	{
		printf '%s_VERSION := 1\n%s_LICENSE := MIT\n%s_MODE := none\n' "$(prefix "$1")" "$(prefix "$1")" "$(prefix "$1")"
		cat
	} >"$pkg_dir/$1.mk"
}

# simple NAME [DEPENDENCY...]: one that installs /usr/share/NAME, made of what it depends on.
simple() {
	simple_name=$1
	shift
	pkg "$simple_name" <<-END
		$(prefix "$simple_name")_DEPENDS := $*
		define $(prefix "$simple_name")_BUILD
		echo $simple_name >out
		cat \$(SYSROOT)/usr/lib/* >>out 2>/dev/null || true
		endef
		define $(prefix "$simple_name")_INSTALL
		install -D -m 644 out \$(IMAGE)/target/usr/share/$simple_name
		install -D -m 644 out \$(IMAGE)/sysroot/usr/lib/$simple_name
		endef
	END
}

# local_pkg: package local, of the directory src/ beside its recipe.
local_pkg() {
	mkdir -p "$EXT/package/local/src"
	echo local >"$EXT/package/local/src/file"
	pkg local <<-'END'
		LOCAL_DIR := $(LOCAL_PKGDIR)/src
		define LOCAL_INSTALL
		install -D -m 644 "$(SRC)/file" "$(IMAGE)/target/local"
		endef
	END
}

# choose NAME...: a configuration with just these packages; CACHE=y: with the store of built ones;
# NEEDS=y: what programs need has to be there, which without a C library and a shell it is not.
choose() {
	{
		echo 'CONFIG_TOOLCHAIN_NONE=y'
		[ -n "${CACHE-}" ] || echo '# CONFIG_CACHE is not set'
		[ -n "${NEEDS-}" ] || echo '# CONFIG_ROOTFS_CHECK_NEEDS is not set'
		echo '# CONFIG_PACKAGE_LINUX is not set'
		for name; do echo "CONFIG_PACKAGE_$(prefix "$name")=y"; done
		[ ! -f "$SCRATCH/config.more" ] || cat "$SCRATCH/config.more"
	} >"$OUT/.config"
}

# steps: what the last ok or fails ran, as "STEP package" words, sorted, on one line.
steps() {
	sed -n 's/^  \(UNPACK\|CONFIGURE\|BUILD\|INSTALL\) *\([^ ]*\).*/\1 \2/p' "$SCRATCH/.tap.out" |
		LC_ALL=C sort | paste -s -d , -
}

# unpacked FILE: what the initramfs has at path FILE.
unpacked() {
	rm -rf "$SCRATCH/x"
	"$TOOLBIN/mkinitramfs" --extract "$OUT/images/initramfs.cpio.gz" "$SCRATCH/x" >/dev/null 2>&1
	cat "$SCRATCH/x/$1"
}
