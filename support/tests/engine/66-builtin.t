#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# A package that takes the finished root filesystem, as a kernel does that has it built in.
# shellcheck disable=SC2016 # text for other shells stands in single quotes
set -u
. support/tests/engine.sh

simple liba
pkg kern <<'END'
KERN_TAKES_ROOTFS := $(if $(CONFIG_PACKAGE_SEPARATE),,builtin)
KERN_KEEP_BUILD := y
KERN_LAYER := own
define KERN_CONFIGURE
echo configured >>trace
endef
define KERN_BUILD
echo built >>trace
cp trace kernel
cat "$${ROOTFS-/none}/$(INITRAMFS)" >>kernel 2>/dev/null || true
endef
define KERN_INSTALL
install -m 644 kernel "$(IMAGE)/images/kernel"
mkdir -p "$(IMAGE)/sysroot"
echo headers >"$(IMAGE)/sysroot/kern.h"
endef
END
pkg module <<'END'
MODULE_DEPENDS := kern
define MODULE_INSTALL
install -D -m 644 $(SYSROOT)/kern.h $(IMAGE)/target/usr/lib/modules/module.ko
endef
END
pkg separate <<'END'
END
mkdir -p "$SCRATCH/over/etc"
echo mine >"$SCRATCH/over/etc/mine"
echo "CONFIG_ROOTFS_OVERLAY=\"$SCRATCH/over\"" >"$SCRATCH/config.more"
choose liba kern
images=$OUT/images

# inside PATTERN...: how many paths of the root filesystem that the kernel has match, as grep takes it.
inside() {
	sed '/^configured$/d; /^built$/d' "$images/kernel" >"$SCRATCH/inside.gz"
	"$TOOLBIN/mkinitramfs" --list "$SCRATCH/inside.gz" | grep -c "$@"
}
# trace: what was done in its build directory, since it was made.
trace() {
	xargs <"$OUT/build/kern/build/trace"
}

ok 'a first build' whittle
is 'all runs once' "$(steps)" 'BUILD kern,BUILD liba,CONFIGURE kern,CONFIGURE liba,INSTALL initramfs,INSTALL kern,INSTALL liba,INSTALL rootfs,UNPACK kern,UNPACK liba'
is 'the kernel has the packages and the overlay' "$(inside -e usr/share/liba -e etc/mine)" 2
is 'images/ has no initramfs, but the manifest' "$(cd "$images" && echo *)" 'kernel rootfs.manifest'
unlike 'QEMU is given none' "$(whittle -n qemu-run)" '--initramfs'
ok 'a second make' whittle
said 'does nothing' 'Nothing to be done'
ok 'nor would it' whittle explain
is 'as explain says' "$(cat "$SCRATCH/.tap.out")" 'nothing to do'
is 'its list is that of the built one' "$(whittle -s initramfs-list | grep -c etc/mine)" 1

echo other, and longer >"$SCRATCH/over/etc/mine"
ok 'asked why, after an edit in the overlay' whittle explain
said 'the root filesystem is stale' 'rootfs: install, because'
said 'and the kernel may be' 'kern: build, if the result of rootfs changes'
ok 'an edit in the overlay' whittle V=2
is 'packs, and links the kernel anew' "$(steps)" 'BUILD kern,INSTALL initramfs,INSTALL kern,INSTALL rootfs'
said 'for that reason' 'kern: build, because rootfs changed'
is 'in the build directory that was there' "$(trace)" 'configured built built'
sed -i 's/KERN_LAYER := own/&  # a comment/' "$EXT/package/kern/kern.mk"
sed -i '/trace$/s/>>trace/>trace/' "$EXT/package/kern/kern.mk"
ok 'another build step' whittle
cp -r "$images" "$SCRATCH/images"
rm -rf "$OUT/build" "$images"
ok 'from nothing' whittle
is 'the kernel has the same inside' "$(inside etc/mine)" 1
ok 'the manifest is the same' cmp "$images/rootfs.manifest" "$SCRATCH/images/rootfs.manifest"
ok 'the kernel, too' cmp "$images/kernel" "$SCRATCH/images/kernel"

# What depends on it, and what it brings, comes over it.
choose liba kern module
ok 'a package that needs the kernel' whittle
is 'is packed by itself' "$(cd "$images" && echo *)" 'initramfs.cpio.gz kernel rootfs.manifest'
is 'over what the kernel has' "$("$TOOLBIN/mkinitramfs" --list "$images/initramfs.cpio.gz" | grep -v '^#' | awk '{ print $NF }' | xargs)" \
	'usr/lib usr/lib/modules usr/lib/modules/module.ko'
is 'which has none of it' "$(inside module.ko)" 0
is 'the manifest has all' "$(grep -c -e ' module$' -e ' liba$' -e ' over$' "$images/rootfs.manifest")" 5
like 'QEMU gets it' "$(whittle -n qemu-run)" '--initramfs [^ ]*/build/initramfs/image/host/initramfs.cpio'
sed -i 's|install -D|mkdir -p $(IMAGE)/target/usr/share \&\& echo x >$(IMAGE)/target/usr/share/liba \&\& install -D|' "$EXT/package/module/module.mk"
fails 2 'another content for a file that the kernel has' whittle
said 'is told as between any two' "/usr/share/liba: layers 'liba' and 'module' bring different content"
sed -i 's|mkdir -p.*&& install|install|' "$EXT/package/module/module.mk"
ok 'without it' whittle

# Sources that have to be fetched are found with it in the way.
sed -i '1i LIBA_SOURCE := liba.tar\nLIBA_SITE := http://127.0.0.1:9/none' "$EXT/package/liba/liba.mk"
echo "sha256  $(printf %064d 0)  liba.tar" >"$EXT/package/liba/liba.hash"
fails 2 'a source that cannot be had' whittle
said 'is tried' 'liba.tar'
sed -i '1,2d' "$EXT/package/liba/liba.mk"

# And apart again.
choose liba kern separate
ok 'a separate initramfs' whittle
is 'is there' "$(cd "$images" && echo *)" 'initramfs.cpio.gz kernel rootfs.manifest'
is 'with all' "$(unpacked etc/mine)" 'other, and longer'
echo once more >"$SCRATCH/over/etc/mine"
ok 'an edit in the overlay' whittle
is 'leaves the kernel alone' "$(steps)" 'INSTALL rootfs'

# A consumer that has it not built in makes something beside the initramfs.
pkg squash <<'END'
SQUASH_TAKES_ROOTFS := y
define SQUASH_INSTALL
mkdir -p "$(IMAGE)/images"
cp "$$ROOTFS/$(INITRAMFS)" "$(IMAGE)/images/rootfs.squash"
cp "$$ROOTFS/rootfs.manifest" "$(IMAGE)/images/squash.manifest"
endef
END
cp "$images/initramfs.cpio.gz" "$SCRATCH/before.gz"
choose liba kern separate squash
ok 'a package that makes another image of it' whittle
is 'both are there' "$(cd "$images" && echo *)" 'initramfs.cpio.gz kernel rootfs.manifest rootfs.squash squash.manifest'
ok 'it was given the root filesystem' cmp "$images/rootfs.squash" "$images/initramfs.cpio.gz"
ok 'and the manifest' cmp "$images/squash.manifest" "$images/rootfs.manifest"
ok 'the initramfs is as it is without it' cmp "$images/initramfs.cpio.gz" "$SCRATCH/before.gz"
like 'QEMU gets that' "$(whittle -n qemu-run)" '--initramfs [^ ]*/build/rootfs/image/host/initramfs.cpio'
echo and once more >"$SCRATCH/over/etc/mine"
ok 'an edit in the overlay' whittle
is 'makes both anew' "$(steps)" 'BUILD squash,CONFIGURE squash,INSTALL initramfs,INSTALL rootfs,INSTALL squash'
ok 'from the same' cmp "$images/rootfs.squash" "$images/initramfs.cpio.gz"
ok 'a make without a change' whittle
said 'does nothing then' 'Nothing to be done'
sed -i 's|^mkdir -p|install -D -m 644 /dev/null "$(IMAGE)/target/etc/lost"\n&|' "$EXT/package/squash/squash.mk"
fails 2 'one that brings files for it' whittle
said 'is refused' 'squash brings files for the root filesystem, but is built after it'
sed -i 's/^SQUASH_TAKES_ROOTFS := y/SQUASH_TAKES_ROOTFS := yes/' "$EXT/package/squash/squash.mk"
fails 2 'another way to take it' whittle
said 'is told, with those that there are' 'squash.mk: there is no TAKES_ROOTFS yes; there are: y builtin'

# Circles are told.
sed -i 's/LIBA_DEPENDS := .*/LIBA_DEPENDS := kern/; ' "$EXT/package/liba/liba.mk"
choose liba kern
ok 'a package that depends on the kernel is no circle' whittle
is 'it comes later' "$(inside liba)" 0
printf 'KERN_DEPENDS := liba\n' >>"$EXT/package/kern/kern.mk"
fails 2 'one that it depends on, too, is' whittle
said 'and told' 'circle'
done_testing
