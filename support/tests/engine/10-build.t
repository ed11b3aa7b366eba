#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# A build, and what each kind of change makes run again.
# shellcheck disable=SC2016 # text for other shells stands in single quotes
set -u
. support/tests/engine.sh

simple liba
simple tool liba
simple other
choose liba tool other

ok 'a first build' whittle
is 'it ran every step once' "$(steps)" 'BUILD liba,BUILD other,BUILD tool,CONFIGURE liba,CONFIGURE other,CONFIGURE tool,INSTALL liba,INSTALL other,INSTALL rootfs,INSTALL tool,UNPACK liba,UNPACK other,UNPACK tool'
is 'the dependency was seen in the sysroot' "$(unpacked usr/share/tool)" "tool
liba"
is 'nothing of what is not declared' "$(unpacked usr/share/other)" other
like 'the manifest names who brought a file' "$(cat "$OUT/images/rootfs.manifest")" '^/*usr/share/tool .* tool$'

ok 'silently, with -s' whittle -s liba-rebuild
is 'it says nothing' "$(cat "$SCRATCH/.tap.out")" ''
ok 'a second make' whittle
is 'it runs nothing' "$(steps)" ''

ok 'rebuilding a dependency' whittle liba-rebuild
is 'it starts from its build step' "$(steps)" 'BUILD liba,INSTALL liba'
ok 'make after that' whittle
is 'same output: no dependant is redone' "$(steps)" ''

sed -i 's/echo liba/echo liba, changed/' "$EXT/package/liba/liba.mk"
ok 'a changed build step' whittle
is 'it and its dependant are redone, not the third' "$(steps)" 'BUILD liba,BUILD tool,CONFIGURE liba,CONFIGURE tool,INSTALL liba,INSTALL rootfs,INSTALL tool'
is 'the result has it' "$(unpacked usr/share/tool)" "tool
liba, changed"

sed -i 's/^TOOL_DEPENDS := liba/TOOL_DEPENDS := liba other/' "$EXT/package/tool/tool.mk"
ok 'one more dependency' whittle
is 'it is built against that, too' "$(steps)" 'BUILD tool,CONFIGURE tool,INSTALL rootfs,INSTALL tool'
sed -i 's/^TOOL_DEPENDS := liba other/TOOL_DEPENDS := liba/' "$EXT/package/tool/tool.mk"
ok 'and without' whittle
is 'it is as before' "$(unpacked usr/share/tool)" "tool
liba, changed"

sed -i '1i # a comment' "$EXT/package/liba/liba.mk"
ok 'a comment in a recipe' whittle
is 'it runs nothing' "$(steps)" ''

sed -i 's/CONFIG_ROOTFS_GREETING=.*/CONFIG_ROOTFS_GREETING="$(id) # `x` \\"it'\''s\\" $HOME"/' "$OUT/.config"
ok 'a changed greeting' whittle
is 'it packs the root filesystem and runs no package' "$(steps)" 'INSTALL rootfs'
is 'its characters are taken as they are' "$(unpacked etc/issue)" "\$(id) # \`x\` \"it's\" \$HOME"

touch "$EXT/package/liba/liba.mk" "$OUT/.config"
ok 'touched files' whittle
is 'they run nothing' "$(steps)" ''

sed -i 's/CONFIG_PACKAGE_OTHER=y/# CONFIG_PACKAGE_OTHER is not set/' "$OUT/.config"
ok 'a disabled package' whittle
is 'only the root filesystem is made anew' "$(steps)" 'INSTALL rootfs'
unpacked etc/issue >/dev/null
fails 1 'its files are gone' test -e "$SCRATCH/x/usr/share/other"
ok 'the others are there' test -e "$SCRATCH/x/usr/share/tool"

rm -rf "$OUT/images"
ok 'removed images' whittle
is 'they are put together again from what is there' "$(steps)" ''
ok 'and are there' test -s "$OUT/images/initramfs.cpio.gz"

ok 'dirclean' whittle tool-dirclean
ok 'and make' whittle
is 'it does that package again' "$(steps)" 'BUILD tool,CONFIGURE tool,INSTALL tool,UNPACK tool'

sum=$(sha256sum <"$OUT/images/initramfs.cpio.gz")
mkdir -p "$OUT/fragments"
echo CONFIG_X=y >"$OUT/fragments/inner.config"
ok 'clean' whittle clean
ok 'what inner menus kept outlives it' test -s "$OUT/fragments/inner.config"
ok 'and the configuration' test -s "$OUT/.config"
ok 'make from nothing, one job' whittle -j1
is 'the same bytes' "$(sha256sum <"$OUT/images/initramfs.cpio.gz")" "$sum"
rm -rf "$SCRATCH/copy"
cp -r "$OUT" "$SCRATCH/copy"
original=$OUT
OUT=$SCRATCH/copy
sed -i 's/echo liba, changed/echo liba, once more/' "$EXT/package/liba/liba.mk"
ok 'a copy without times, and a changed step' whittle
is 'the step and its dependants are redone' "$(steps)" 'BUILD liba,BUILD tool,CONFIGURE liba,CONFIGURE tool,INSTALL liba,INSTALL rootfs,INSTALL tool'
is 'the result has it' "$(unpacked usr/share/tool)" "tool
liba, once more"
OUT=$original
ok 'make -n' whittle -n tool-rebuild
is 'it runs nothing' "$(steps)" ''
done_testing
