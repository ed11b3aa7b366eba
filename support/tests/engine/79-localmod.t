#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# localmodconfig: of a kernel's modules, those that a list names and those that a fragment asks for; kept as
# the inner menus keep what is chosen there. The kernel is none, and its own script a line of sed.
# shellcheck disable=SC2016 # text for other shells stands in single quotes
set -u
. support/tests/engine.sh

if ! command -v perl >/dev/null; then
	skip 'localmodconfig' 'there is no perl'
	done_testing
	exit
fi
mkdir -p "$EXT/package/kern/src"
cat >"$EXT/package/kern/src/Makefile" <<'END'
all olddefconfig: ;
distconfig:
	printf 'CONFIG_MODULES=y\nCONFIG_A=m\nCONFIG_B=m\nCONFIG_C=m\n' >$(O)/.config
localmodconfig:
	[ ! -e broken ] || { echo 'it is broken'; exit 1; }
	echo "$$(cat $(LSMOD))" >$(O)/listed
	grep -q . $(O)/listed && echo 'strange config not found!!'
	command -v strange >$(O)/strange || :
	sed -i '/=m/{/CONFIG_A/!d;}' $(O)/.config
END
cat >"$EXT/package/kern/src/Kconfig" <<'END'
config MODULES
	bool "modules"
config A
	tristate "a"
config B
	tristate "b"
config C
	tristate "c"
END
pkg kern <<'END'
KERN_TYPE := kbuild
KERN_MODE := kernel
KERN_DIR  := $(KERN_PKGDIR)/src
KERN_KCONFIG_BASE := distconfig
KERN_MAKE_OPTS = CC="$$CC"
define KERN_KCONFIG
CONFIG_C=m
endef
define KERN_INSTALL
cp .config "$(IMAGE)/images/kernel.config"
endef
END
choose kern
modules() {
	sed -n 's/^CONFIG_\(.*\)=m$/\1/p' "$OUT/images/kernel.config" | paste -s -d ' ' -
}
fails 2 'a kernel without its sources' whittle
said 'is told' "the directory $EXT/package/kern/src, which kern is to be built from, has no sources of kern: there is no 'arch' in it"
mkdir "$EXT/package/kern/src/arch" "$SCRATCH/empty"
fails 2 'a directory that has nothing of it' whittle KERN_DIR="$SCRATCH/empty"
said 'is told' "KERN_DIR=$SCRATCH/empty has no sources of kern: there is no 'Makefile' in it"
fails 1 'nothing was begun' test -e "$OUT/build/kern/stamp"
ok 'a kernel' whittle
: >"$EXT/package/kern/src/.config"
fails 2 'a tree that was configured in place since' whittle
said 'is told, with the remedy' "kern: $EXT/package/kern/src was configured in place; run 'make mrproper' there first"
rm "$EXT/package/kern/src/.config"
ok 'without that' whittle
for g in kernel bzImage; do
	fails 2 "make $g" whittle "$g"
	said 'what it is called here' "there is no goal '$g': did you mean 'kern'"
done
is 'has all its modules' "$(modules)" 'A B C'
printf 'Module                  Size  Used by\na 1 0\n' >"$SCRATCH/list"
# Programs of the person, which steps do not see.
mkdir "$SCRATCH/bin"
printf '#!/bin/sh\n' >"$SCRATCH/bin/strange"
chmod +x "$SCRATCH/bin/strange"
ok 'localmodconfig' env PATH="$SCRATCH/bin:$PATH" make O="$OUT" EXTERNAL="$EXT" TOOLDIR="${TOOLBIN%/bin}" kern-localmodconfig LSMOD="$SCRATCH/list"
said 'says where it is kept' "^  kept in $OUT/fragments/kern.config; the next make builds with it (remove that file to undo all that was kept):\$"
said 'and how many are left' '^    1 modules instead of 3$'
said 'what the kernel does not know is told' '^  strange config not found'
is 'it sees the programs that steps see' "$(cat "$OUT/build/kern/build/strange")" ''
is 'the list is what the kernel was given' "$(sed -n 2p "$OUT/build/kern/build/listed")" 'a 1 0'
is 'the fragment leaves the others out, but what a fragment asks for' "$(cat "$OUT/fragments/kern.config")" '# CONFIG_B is not set'
ok 'the next make' whittle
is 'is without them' "$(modules)" 'A C'
ok 'once more' whittle kern-localmodconfig LSMOD="$SCRATCH/list"
said 'nothing is left to do' '^  nothing was changed$'

: >"$EXT/package/kern/src/broken"
cp "$OUT/build/kern/build/.config" "$SCRATCH/before"
fails 2 'a script that fails' whittle kern-localmodconfig LSMOD="$SCRATCH/list"
said 'shows what it said' '^it is broken$'
ok 'the configuration is as it was' cmp "$OUT/build/kern/build/.config" "$SCRATCH/before"
fails 2 'a list that is not there' whittle kern-localmodconfig LSMOD="$SCRATCH/none"
said 'is told' "$SCRATCH/none is not there or names no module: LSMOD=FILE is a file with what lsmod says"
head -n 1 "$SCRATCH/list" >"$SCRATCH/none"
fails 2 'a list of nothing' whittle kern-localmodconfig LSMOD="$SCRATCH/none"
said 'is told, too' "$SCRATCH/none is not there or names no module"
if [ -s /proc/modules ]; then
	skip 'a machine without modules' 'this one has some'
else
	fails 2 'a machine without modules' whittle kern-localmodconfig
	said 'is told' 'this machine has no module loaded: LSMOD=FILE is'
fi
done_testing
