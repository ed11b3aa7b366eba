#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# make explain: what the next make would do, and why; and that it is what make then does.
# shellcheck disable=SC2016 # text for other shells stands in single quotes
set -u
. support/tests/engine.sh

simple liba
simple tool liba
simple other
pkg conf <<'END'
CONF_KCONFIG_FRAGMENTS := $(EXTERNAL)/some.config
define CONF_CONFIGURE
cp $(FILES)/00-some.config out
endef
define CONF_INSTALL
install -D -m 644 out $(IMAGE)/target/usr/share/conf
endef
END
echo CONFIG_A=y >"$EXT/some.config"
choose liba tool other conf

# explained: what the last ok said.
explained() { cat "$SCRATCH/.tap.out"; }
state() { (cd "$OUT" && find build images -type f -exec sha256sum {} + | LC_ALL=C sort); }

ok 'before the first build' whittle explain
is 'all is to be done' "$(explained)" "conf: configure, because it was not done before
liba: configure, because it was not done before
other: configure, because it was not done before
tool: configure, because it was not done before
rootfs: install, because it was not done before
images: put together, because $OUT/images is not there"
fails 1 'nothing was made' test -e "$OUT/build"
ok 'a build' whittle
ok 'after it' whittle explain
is 'nothing to do' "$(explained)" 'nothing to do'
before=$(state)

sed -i 's/echo liba/echo liba, changed/' "$EXT/package/liba/liba.mk"
ok 'a changed step' whittle explain
is 'the line is shown, and what may follow' "$(explained)" "liba: build, because 'echo liba, changed >out' was 'echo liba >out' before
tool: configure, if the result of liba changes
rootfs: install, if the result of liba or tool changes"
is 'it changes nothing' "$(state)" "$before"
ok 'the story of one' whittle explain PKG=tool
said 'it begins with what is to be done' '^tool 1: configure, if the result of liba changes'
said 'its dependency' "^  needs  *liba 1: build, because 'echo liba, changed >out' was"
said 'its steps' '^  build .*perhaps to be run; took'
fails 2 'the story of none' whittle explain PKG=nosuch
said 'says so' "there is no package 'nosuch'"
ok 'make' whittle
is 'does that' "$(steps)" 'BUILD liba,BUILD tool,CONFIGURE liba,CONFIGURE tool,INSTALL liba,INSTALL rootfs,INSTALL tool'
ok 'after it' whittle explain
is 'nothing to do' "$(explained)" 'nothing to do'

echo CONFIG_B=m >>"$EXT/some.config"
ok 'a changed fragment' whittle explain
is 'its line is shown' "$(explained)" "conf: configure, because $EXT/some.config: CONFIG_B=m was not set before
rootfs: install, if the result of conf changes"
ok 'make' whittle
sed -i '1i # a comment' "$EXT/package/liba/liba.mk"
touch "$OUT/.config"
ok 'a comment in a recipe' whittle explain
is 'nothing to do' "$(explained)" 'nothing to do'
sed -i 's/CONFIG_ROOTFS_GREETING=.*/CONFIG_ROOTFS_GREETING="Hello"/' "$OUT/.config"
ok 'a changed greeting' whittle explain
is 'is the root filesystem alone' "$(explained)" "rootfs: install, because greeting='Hello' was 'Welcome to Whittle.' before"
sed -i 's/^CONFIG_PACKAGE_OTHER=y/# CONFIG_PACKAGE_OTHER is not set/' "$OUT/.config"
ok 'and a package less' whittle explain V=1
said 'is not used any more' '^    and because other is not used any more'
said 'each reason is a line, in words' "^rootfs: install, because greeting='Hello' was 'Welcome to Whittle.' before"
is 'as many as there are' "$(grep -c because "$SCRATCH/.tap.out")" 4
unlike 'none is a command' "$(explained)" 'set -- \|printf'
said 'and images are put together' '^images: put together, because the set of packages changed'
ok 'make' whittle
sed -i 's/LIBA_VERSION := 1/LIBA_VERSION := 2/' "$EXT/package/liba/liba.mk"
ok 'another version' whittle explain
said 'is named' '^liba: configure, because the sources changed'
said 'with more to tell' '(and [0-9]* more: V=1 names them)$'
ok 'all of it' whittle explain PKG=liba
said 'names both' 'and because it is liba 2 now and was liba 1'
touch "$OUT/build/tool/running"
ok 'a run that was cut short' whittle explain PKG=tool
said 'is told' '^tool 1: configure, because an earlier run was cut short'
fails 2 'a package that there is not' whittle explain PKG=toool
said 'the one that was meant is told' "there is no package 'toool' in this configuration: did you mean 'tool'?"
fails 2 'one that is not enabled' whittle explain PKG=other
said 'is told' 'other is a package, but not enabled'
fails 2 'explain with other goals' whittle explain all
said 'is refused' 'explain stands alone'

# What is missing in a store, for builds elsewhere.
rm -rf "$OUT"
mkdir "$OUT"
CACHE=y
choose liba tool other
missing() { "$TOOLBIN/step" --missing "$OUT/engine/survey.list" "$@"; }
ok 'one that is built' whittle other
ok 'a list' whittle explain
ok 'what is missing' missing
is 'the other packages, but not the root filesystem' "$(explained | paste -s -d ' ' -)" 'liba tool'
ok 'one of which the dependency is missing' missing --only tool
is 'its name in the store is not known' "$(explained)" ''
ok 'the dependency' whittle liba
ok 'is there now' missing
is 'another is missing' "$(explained)" tool
ok 'the one' missing --only tool
# shellcheck disable=SC2046 # names
set -- $(explained)
ok 'it is built' whittle tool
ok 'it has the first name' test -f "$XDG_CACHE_HOME/whittle/artifacts/$(echo "$1" | cut -c 1-2)/$1.art"
ok 'its dependency has the second' test -f "$XDG_CACHE_HOME/whittle/artifacts/$(echo "$2" | cut -c 1-2)/$2.art"
ok 'then' missing --only tool
is 'it is not missing' "$(explained)" ''
fails 1 'no package of the list' missing --only nosuch
done_testing
