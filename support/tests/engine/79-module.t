#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# TYPE module: built with what the kernel's package keeps for that, be that built here or taken from the
# cache; redone when that changes and not otherwise; and what modprobe needs. The kernel is none.
# shellcheck disable=SC2016 # text for other shells stands in single quotes
set -u
. support/tests/engine.sh

if ! command -v depmod >/dev/null; then
	skip 'modules' 'there is no depmod: scripts/bootstrap installs it'
	done_testing
	exit
fi

# kernel [VARIABLE...]: a package whose kbuild compiles, in two lines of make, and says what.
kernel() {
	pkg kern <<-'END'
		KERN_MODE := kernel
		KERN_LAYER := own
		KERN_MAKE_OPTS = FLAVOUR="$$CC"
		define KERN_BUILD
		echo '#define RELEASE "1.0"' >kernel.h
		echo image 1 >image
		cat >Makefile <<'FILE'
		.RECIPEPREFIX := >
		include $$(firstword $$(wildcard $$(M)/Kbuild $$(M)/Makefile))
		modules: $$(obj-m:%.o=$$(M)/%.ko)
		> cat /dev/null $$(KBUILD_EXTRA_SYMBOLS) >$$(M)/known
		> echo "1 $$(obj-m)	$$(M)/x" >$$(M)/Module.symvers
		$$(M)/%.ko: $$(M)/%.c kernel.h
		> @echo compiling $$*
		> @[ "$$(FLAVOUR)" = wcc ]
		> gcc -c -I. -o $$@ $$<
		modules_install:
		> for m in $$(obj-m:.o=.ko); do install -D -m 644 $$(M)/$$$$m $$(INSTALL_MOD_PATH)/lib/modules/1.0/$$(INSTALL_MOD_DIR)/$$$$m; done
		FILE
		endef
		define KERN_INSTALL
		cp image "$(IMAGE)/images/kernel"
		mkdir -p "$(IMAGE)/target/lib/modules/1.0/kernel" "$(IMAGE)/host/kbuild"
		: >"$(IMAGE)/target/lib/modules/1.0/modules.order"
		: >"$(IMAGE)/target/lib/modules/1.0/modules.builtin"
		printf '\n' >"$(IMAGE)/target/lib/modules/1.0/modules.dep"
		printf '#include "kernel.h"\n%s\n' 'const char i[] __attribute__((section(".modinfo"))) = "vermagic=" RELEASE "\0name=in";' >in.c
		gcc -c -I. -o "$(IMAGE)/target/lib/modules/1.0/kernel/in.ko" in.c
		cp Makefile kernel.h "$(IMAGE)/host/kbuild"
		endef
	END
}
# sources DIR NAME...: of these modules.
sources() {
	mkdir -p "$1"
	dir=$1
	shift
	for name; do
		printf '#include "kernel.h"\nconst char i[] __attribute__((section(".modinfo"))) = "vermagic=" RELEASE " SMP\\0name=%s\\0description=one";\n' "$name" >"$dir/$name.c"
	done
	echo "obj-m := $(printf '%s.o\n' "$@" | xargs)" >"$dir/Makefile"
}
# module NAME [LINE...]: a package of src/ beside its recipe, archived: what the cache may have.
module() {
	name=$1
	shift
	sources "$SCRATCH/$name" "$name"
	mkdir -p "$EXT/package/$name" "$SCRATCH/cache/whittle/dl/$name"
	tar -C "$SCRATCH" --sort=name --mtime=@0 -cf "$SCRATCH/cache/whittle/dl/$name/$name.tar" "$name"
	pkg "$name" <<-END
		$(prefix "$name")_SITE := http://127.0.0.1:9
		$(prefix "$name")_SOURCE := $name.tar
		$(prefix "$name")_TYPE := module
		$(prefix "$name")_MODE :=
		$(for line; do echo "$line"; done)
	END
	echo "sha256  $(sha256sum "$SCRATCH/cache/whittle/dl/$name/$name.tar" | cut -d ' ' -f 1)  $name.tar" >"$EXT/package/$name/$name.hash"
}
# compiled NAME: what its last build compiled.
compiled() {
	sed -n 's/^compiling //p' "$OUT/build/$1/build.log" | sort | paste -s -d ' ' -
}
dep() {
	unpacked lib/modules/1.0/modules.dep
}

kernel
module drv
CACHE=y choose kern drv
ok 'a module' whittle
is 'all runs once' "$(steps)" 'BUILD drv,BUILD kern,CONFIGURE drv,CONFIGURE kern,INSTALL depmod,INSTALL drv,INSTALL kern,INSTALL rootfs,UNPACK drv,UNPACK kern'
is 'it is where modprobe looks first' "$(dep | sort | xargs)" 'kernel/in.ko: updates/drv.ko:'
fails 2 'the book' whittle book
said 'knows nothing of that' 'the book does not know of modules outside of the kernel: write it without drv'
is 'which is packed apart' "$(whittle -s initramfs-list | awk '/^#/ { i++ } i > 1 && $NF ~ /modules\.dep$/ { print $NF }')" lib/modules/1.0/modules.dep
is 'the manifest says who brought it' "$(sed -n 's/^lib.modules.1.0.modules.dep .* //p; s/^.lib.modules.1.0.modules.dep .* //p' "$OUT/images/rootfs.manifest")" depmod
ok 'a second make' whittle
said 'does nothing' 'Nothing to be done'
cp -r "$OUT/images" "$SCRATCH/images"

# What of the kernel counts.
sed -i 's/image 1/image 2/' "$EXT/package/kern/kern.mk"
ok 'another kernel, with the same for modules' whittle
is 'leaves the module alone' "$(steps)" 'BUILD kern,CONFIGURE kern,INSTALL kern'
sed -i 's/define RELEASE "1.0"/& \/\/ as it was/' "$EXT/package/kern/kern.mk"
ok 'asked why, when what it uses changed' whittle explain PKG=drv
said 'the kernel is named' 'if the result of kern changes'
ok 'a header that changed' whittle
is 'builds the module' "$(steps | grep -o '[A-Z]* drv' | xargs)" 'BUILD drv CONFIGURE drv INSTALL drv'

# From the cache.
kernel
rm -rf "$OUT/build" "$OUT/images"
ok 'as it was first' whittle
is 'nothing is built' "$(steps)" 'INSTALL depmod,INSTALL rootfs'
ok 'it is the same to the byte' diff -r "$OUT/images" "$SCRATCH/images"
module drv2
CACHE=y choose kern drv2
rm -rf "$OUT/build"
ok 'another module, with the kernel from the cache' whittle
is 'is all that is built' "$(steps)" 'BUILD drv2,CONFIGURE drv2,INSTALL depmod,INSTALL drv2,INSTALL rootfs,UNPACK drv2'
ok 'the kernel is not even unpacked' test ! -e "$OUT/build/kern/src"
is 'the other is gone' "$(dep | sort | xargs)" 'kernel/in.ko: updates/drv2.ko:'

# One that uses another.
module user 'USER_DEPENDS := drv2'
CACHE=y choose kern drv2 user
ok 'a module that uses another' whittle
is 'knows what that exports' "$(cat "$OUT/build/user/build/known")" '1 drv2.o	x'
is 'both are there' "$(dep | sort | xargs)" 'kernel/in.ko: updates/drv2.ko: updates/user.ko:'

# A directory that somebody works in.
sources "$SCRATCH/mine" one two
pkg mine <<END
MINE_TYPE := module
MINE_MODE :=
MINE_DIR  := $SCRATCH/mine
END
CACHE=y choose kern mine
ok 'a directory' whittle
is 'of two modules' "$(compiled mine)" 'one two'
sed -i 's/=one/=other/' "$SCRATCH/mine/two.c"
ok 'an edit' whittle
is 'builds the module, and packs' "$(steps)" 'BUILD mine,INSTALL depmod,INSTALL mine,INSTALL rootfs'
is 'compiles that file' "$(compiled mine)" two
unpacked lib/modules/1.0/updates/two.ko >"$SCRATCH/two.ko"
is 'and is in the image' "$(modinfo -F description "$SCRATCH/two.ko")" other
ok 'the directory has just what it had' test "$(cd "$SCRATCH/mine" && echo *)" = 'Makefile one.c two.c'
ok 'mine-rebuild' whittle mine-rebuild
is 'builds it again' "$(steps)" 'BUILD mine,INSTALL mine'
mkdir "$SCRATCH/mine/sub"
mv "$SCRATCH/mine/Makefile" "$SCRATCH"/mine/*.c "$SCRATCH/mine/sub"
echo 'MINE_SUBDIR := sub' >>"$EXT/package/mine/mine.mk"
ok 'in a directory below' whittle
is 'both are there' "$(dep | sort | xargs)" 'kernel/in.ko: updates/one.ko: updates/two.ko:'

# What can be wrong.
echo 'obj-m :=' >"$SCRATCH/mine/sub/Makefile"
fails 2 'no module in the makefile' whittle
said 'is told' 'mine: no module was built: obj-m, in Kbuild or Makefile in sub of its sources, names them; MINE_SUBDIR is where else'
cat >>"$EXT/package/mine/mine.mk" <<'END'
define MINE_INSTALL
printf '#include "kernel.h"\n%s\n' 'const char i[] __attribute__((section(".modinfo"))) = "vermagic=0.9 SMP\0name=old";' >old.c
gcc -c -I"$$HOST/kbuild" -o old.ko old.c
install -D -m 644 old.ko "$$IMAGE/target/lib/modules/1.0/updates/old.ko"
endef
END
fails 2 'a module of another kernel' whittle
said 'is told' '^mine: /lib/modules/1.0/updates/old.ko is for Linux 0.9, but the kernel is 1.0:'
sed -i 's/vermagic=0.9/vermagic=1.0/; s,lib/modules/1.0/updates,lib/modules/0.9/updates,' "$EXT/package/mine/mine.mk"
fails 2 'a module in the place of another kernel' whittle
said 'is told' '^mine: /lib/modules/0.9/updates/old.ko is for Linux 1.0, but the kernel is 1.0:'
choose kern drv
sed -i '/cp Makefile/d' "$EXT/package/kern/kern.mk"
fails 2 'a kernel without modules' whittle
said 'is told, and what to do' "^drv is a kernel module, but the kernel has no CONFIG_MODULES: choose 'Loadable modules' in menu Kernel, Debugging, or set it by 'make kern-menuconfig'"
choose drv
fails 2 'no kernel' whittle
said 'is told' 'drv.mk: drv is a kernel module, but no kernel is enabled'

# A kernel that has the root filesystem built in: modules come over it, and so does what modprobe needs.
kernel
echo 'KERN_TAKES_ROOTFS := builtin' >>"$EXT/package/kern/kern.mk"
choose kern drv
ok 'a kernel with the root filesystem' whittle
is 'depmod has its place behind that' "$(dep | sort | xargs)" 'kernel/in.ko: updates/drv.ko:'
choose kern
ok 'without modules' whittle
is "the kernel's own is there" "$(dep)" ''
choose kern drv
ok 'with one again' whittle
is 'both are there' "$(dep | sort | xargs)" 'kernel/in.ko: updates/drv.ko:'

ok 'checkrecipe knows the type' "$TOOLBIN/checkrecipe" --vocabulary "$TOP/support/make/vocabulary.mk" "$EXT/package/drv" "$EXT/package/user" "$EXT/package/drv2"
done_testing
