#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# What a build hears of git, and what is digested of trees: after each change an incremental build is as a clean
# one. An overlay that is a checkout; links out of a directory of sources; hard links; what device tables take.
# shellcheck disable=SC2016 # text for other shells stands in single quotes
set -u
. support/tests/engine.sh
command -v git >/dev/null || { skip 'all of it' 'no git here'; done_testing; }

export GIT_CONFIG_GLOBAL=/dev/null GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@b GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a@b
SRC=$SCRATCH/src
sgit() { git -c init.defaultBranch=main -C "$SRC" "$@"; }
mkdir -p "$SRC"
echo one >"$SRC/file"
sgit init -q
sgit add file
sgit commit -q -m 1
sgit tag -a -m 1 v1

# As scripts/setlocalversion of the kernel asks, and as others do; kept over builds, as the kernel is.
pkg kern <<END
KERN_DIR := $SRC
KERN_KEEP_BUILD := y
define KERN_BUILD
cd "\$(SRC)"
{
	git rev-parse --verify HEAD 2>/dev/null || echo none
	git symbolic-ref -q HEAD || echo detached
	git describe --dirty 2>/dev/null || echo none
	if { git --no-optional-locks status -uno --porcelain || git diff-index --name-only HEAD; } 2>/dev/null | read -r x; then echo dirty; fi
} >"\$(BUILD)/release"
echo built >>"\$(BUILD)/count"
endef
define KERN_INSTALL
install -D -m 644 release "\$(IMAGE)/target/release"
cp count "\$(IMAGE)/images"
endef
END
# A program that is configured by cmake or the like, and hears of git just then.
pkg conf <<END
CONF_DIR := $SRC
define CONF_CONFIGURE
git -C "\$(SRC)" describe --dirty --always >version 2>/dev/null || echo none >version
endef
define CONF_INSTALL
install -D -m 644 version "\$(IMAGE)/target/conf"
endef
END
# One that is unpacked: what it lies in, Whittle's own checkout, is not its repository.
pkg lies <<'END'
define LIES_BUILD
for dir in "$(SRC)" "$(BUILD)"; do
	git -C "$$dir" rev-parse --show-toplevel || echo none
done >found 2>/dev/null
endef
define LIES_INSTALL
install -D -m 644 found "$(IMAGE)/target/found"
endef
END
git init -q "$OUT" # in a repository, as output/ is
git -C "$OUT" commit -q --allow-empty -m outer
choose kern conf lies

# same NAME: an incremental build gives what a clean one does; and another make has nothing to do.
same() {
	ok "$1" whittle
	did=$(steps)
	rm -rf "$SCRATCH/clean"
	mkdir "$SCRATCH/clean"
	cp "$OUT/.config" "$SCRATCH/clean"
	ok "$1: a clean build" make O="$SCRATCH/clean" EXTERNAL="$EXT" TOOLDIR="${TOOLBIN%/bin}"
	rm -f "$OUT/images/count" "$SCRATCH/clean/images/count"
	is "$1: is the same" "$(diff -r "$OUT/images" "$SCRATCH/clean/images")" ''
	ok "$1: once more" whittle
	is "$1: nothing is done" "$(steps)" ''
}
# release: what the build heard, on one line, the commit as C
release() { unpacked release | sed "s/^$(sgit rev-parse -q --verify HEAD || echo -)\$/C/" | paste -s -d ' ' -; }
all='BUILD conf,BUILD kern,CONFIGURE conf,INSTALL conf,INSTALL kern,INSTALL rootfs'

same 'a first build'
is 'it is the tag' "$(release)" 'C refs/heads/main v1'
is 'what is configured hears it too' "$(unpacked conf)" v1
is 'no other repository is found' "$(unpacked found | paste -s -d ' ' -)" 'none none'
echo two >"$SRC/file"
same 'an edit'
is 'it is dirty' "$(release)" 'C refs/heads/main v1-dirty dirty'
echo three >"$SRC/file"
same 'another edit'
sgit add file
same 'a change that is staged'
is 'does nothing' "$did" ''
sgit commit -q -m 2
like 'explain says why' "$(whittle explain 2>&1)" "git's description of $SRC"
same 'a commit'
is 'builds' "$did" "$all"
like 'it is past the tag' "$(release)" '^C refs/heads/main v1-1-g[0-9a-f]*$'
sgit tag -a -m 2 v2
same 'a tag'
is 'it is that' "$(release)" 'C refs/heads/main v2'
echo untracked >"$SRC/new"
same 'a file that is not tracked'
is 'is not dirty' "$(release)" 'C refs/heads/main v2'
rm "$SRC/new"
same 'the same without it'
touch "$SRC/file"
sgit status -s
sgit gc -q
same 'what git does for itself'
is 'does nothing' "$did" ''
sgit checkout -q --detach v1
same 'another commit'
is 'it is that' "$(release)" 'C detached v1'
sgit commit -q --allow-empty --amend -m 'same content'
same 'a commit of the same content'
is 'builds' "$did" "$all"
rm -rf "$SRC/.git"
same 'no git any more'
is 'it hears nothing' "$(unpacked release | paste -s -d ' ' -)" 'none detached none'
mkdir "$SRC/.git"
same 'a .git that is none'
rmdir "$SRC/.git"
sgit init -q
same 'one without a commit'
rm -rf "$SRC/.git"

# A worktree: .git is a file, the repository elsewhere.
git -c init.defaultBranch=main init -q "$SCRATCH/repo"
(cd "$SCRATCH/repo" && echo w >file && git add file && git commit -q -m w && rm -rf "$SRC" && git worktree add -q --detach "$SRC")
same 'a worktree'
is 'it hears the commit' "$(release)" 'C detached none'
sgit commit -q --allow-empty -m w2
same 'a commit in it'
is 'it hears that' "$(release)" 'C detached none'

# Links out of the directory.
mkdir -p "$SCRATCH/shared"
echo shared >"$SCRATCH/shared/file"
ln -s ../shared "$SRC/dir"
ln -s ../shared/file "$SRC/link"
pkg linked <<END
LINKED_DIR := $SRC
define LINKED_INSTALL
mkdir -p "\$(IMAGE)/target"
cat "\$(SRC)/dir/file" "\$(SRC)/link" >"\$(IMAGE)/target/linked"
ls -l "\$(SRC)/file" | cut -c 1-10 >>"\$(IMAGE)/target/linked"
endef
END
choose linked
same 'links out of the directory'
echo other >"$SCRATCH/shared/file"
same 'an edit behind them'
is 'counts' "$(unpacked linked | head -n 1)" other
chmod 600 "$SRC/file"
same 'another mode'
like 'counts' "$(unpacked linked)" '^-rw-------$'

# A makefile goes by dates, also of what a link leads to.
cat >"$SRC/Makefile" <<'END'
out: $(SRC)/dir/file
	cat $(SRC)/dir/file >$@
END
pkg aged <<END
AGED_DIR := $SRC
AGED_KEEP_BUILD := y
define AGED_BUILD
make -f "\$(SRC)/Makefile" SRC="\$(SRC)"
endef
define AGED_INSTALL
install -D -m 644 out "\$(IMAGE)/target/aged"
endef
END
choose aged
same 'a makefile'
echo older >"$SCRATCH/shared/file"
touch -d '2001-01-01' "$SCRATCH/shared/file"
same 'an edit behind a link, with an old date'
is 'counts' "$(unpacked aged)" older

# Hard links in a package's image, built and from the store.
pkg hard <<'END'
define HARD_INSTALL
mkdir -p "$(IMAGE)/target"
echo content >"$(IMAGE)/target/one"
ln "$(IMAGE)/target/one" "$(IMAGE)/target/two"
ln -s one "$(IMAGE)/target/three"
endef
END
CACHE=y choose hard
same 'hard links'
rm -rf "$OUT/build" "$SCRATCH/images"
cp -r "$OUT/images" "$SCRATCH/images"
ok 'hard links from the store' whittle
is 'it was there' "$(steps)" 'INSTALL rootfs'
is 'is the same' "$(diff -r "$OUT/images" "$SCRATCH/images")" ''
is 'two names, one file' "$(cd "$SCRATCH" && unpacked one >/dev/null && stat -c %h x/two)" 2
sed -i 's/^ln "/cp "/' "$EXT/package/hard/hard.mk"
same 'copies instead'
is 'of which each is one' "$(cd "$SCRATCH" && unpacked one >/dev/null && stat -c %h x/two)" 1

# An overlay that is a checkout.
overlay=$SCRATCH/overlay
mkdir -p "$overlay/etc/deep"
echo over >"$overlay/etc/over"
ln "$overlay/etc/over" "$overlay/etc/again"
git init -q "$overlay"
git init -q "$overlay/etc/deep"
git -C "$overlay/etc/deep" commit -q --allow-empty -m 1
git -C "$overlay" add etc/over
git -C "$overlay" commit -q -m 1
echo "CONFIG_ROOTFS_OVERLAY=\"$overlay\"" >"$SCRATCH/config.more"
choose
same 'an overlay that is a checkout'
unlike 'what git keeps is not packed' "$(cat "$OUT/images/rootfs.manifest")" '\.git'
git -C "$overlay" commit -q --allow-empty -m 2
git -C "$overlay/etc/deep" commit -q --allow-empty -m 2
same 'a commit there'
is 'does nothing' "$did" ''
cp "$overlay/etc/over" "$overlay/x"
mv "$overlay/x" "$overlay/etc/again"
same 'a copy for a hard link'
is 'packs' "$did" 'INSTALL rootfs'
chmod 654 "$overlay/etc/over"
same 'a mode that no x bit comes of'
chmod 755 "$overlay/etc/over"
same 'and one that does'
is 'packs' "$did" 'INSTALL rootfs'

# What device tables take from elsewhere.
mkdir -p "$SCRATCH/taken"
echo taken >"$SCRATCH/taken/file"
cat >"$SCRATCH/table" <<END
file /taken $SCRATCH/taken/file 0644 0 0
tree /tree $SCRATCH/taken
include $SCRATCH/more
END
echo 'dir /more 0755 0 0' >"$SCRATCH/more"
echo "CONFIG_ROOTFS_DEVICE_TABLE=\"$SCRATCH/table\"" >"$SCRATCH/config.more"
choose
same 'a table'
echo other >"$SCRATCH/taken/file"
same 'an edit of what it takes'
is 'packs' "$(unpacked taken)" other
echo 'dir /less 0755 0 0' >"$SCRATCH/more"
same 'an edit of what it includes'
like 'packs' "$(cat "$OUT/images/rootfs.manifest")" '^/less dir'
rm "$SCRATCH/taken/file"
fails 2 'without what it takes' whittle
said 'it is told by who reads the table' "mkinitramfs: $SCRATCH/table:1: the SOURCE '$SCRATCH/taken/file'"
done_testing
