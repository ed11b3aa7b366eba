#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# inventory: what it refuses, and what it leaves behind then. What it writes: engine/71-inventory.t.
set -u
# shellcheck source=support/tests/tap.sh
. support/tests/tap.sh

B=$SCRATCH/build
SPDX=support/cyclonedx/spdx.schema.json
mkdir -p "$B/one/src" "$SCRATCH/images"
echo '100644 x images/kernel' >"$B/one/manifest"
echo 'ONE_VERSION := 1' >"$SCRATCH/one.mk"
echo text >"$B/one/src/COPYING"
: >"$SCRATCH/rootfs.manifest"

# list [LINE...]: a list that is right, with these lines behind it.
list() {
	cat >"$SCRATCH/list" <<-END
		board that
		images $SCRATCH/images
		manifest $SCRATCH/rootfs.manifest
		downloads $SCRATCH/dl
		epoch 1000000000
		package one
		recipe $SCRATCH/one.mk
		version 1
		license MIT
		license-file COPYING
		dir $B/one
		src $B/one/src
	END
	for line; do printf '%s\n' "$line" >>"$SCRATCH/list"; done
}
legal() {
	"$TOOLBIN/inventory" --legal "$SCRATCH/${1-legal}" --list "$SCRATCH/list"
}
sbom() {
	"$TOOLBIN/inventory" --sbom "$SCRATCH/${1-sbom}" --list "$SCRATCH/list" --spdx "$SPDX"
}

list
ok 'licences' legal
is 'the text' "$(cat "$SCRATCH/legal/licenses/one/COPYING")" text
ok 'a bill of materials' sbom
like 'of the time that the list says' "$(cat "$SCRATCH/sbom")" '"2001-09-09T01:46:40Z"'

list "own-license $PWD/LICENSE" "local package/one"
sed -i /^license-file/d "$SCRATCH/list"
ok 'a part of Whittle itself' legal
is 'has its licence' "$(grep ^one, "$SCRATCH/legal/manifest.csv")" 'one,1,MIT,LICENSE,target,directory,package/one,,,'
ok 'with the text' cmp "$SCRATCH/legal/licenses/one/LICENSE" LICENSE
list
ok 'as before' legal

list 'license-file NOTICE'
fails 1 'a licence file that is not there' legal
said 'package, file and recipe are named' "^inventory: $SCRATCH/one.mk:1: the licence file NOTICE of one is not in its sources, $B/one/src"
printf 'ONE_LICENSE_FILES := COPYING \\\n  NOTICE\n' >>"$SCRATCH/one.mk"
fails 1 'with the line, where the recipe has it' legal
said '... of the file' "one.mk:3: the licence file NOTICE of one"
list 'license-file /etc/passwd'
fails 1 'a licence file with an absolute name' legal
said 'is refused' 'the licence file /etc/passwd of one is not below its sources'
list
sed -i '/^license MIT/d' "$SCRATCH/list"
fails 1 'a package without a licence' legal
said 'is named' "one.mk:1: one has no LICENSE: give it"
ok 'is no error in a bill of materials' sbom
unlike '... which then has none' "$(cat "$SCRATCH/sbom")" licenses
list 'source one/one.tar' 'sha256 a9e8c51fcb1e695d1d35dde5886cba579cb6f29c9646c5889f39d63841d4b9f6'
fails 1 'a source file that is not there' legal
said 'is named' "cannot read $SCRATCH/dl/one/one.tar: No such file or directory: 'make source' fetches it"
list "patch $SCRATCH/0001-x.patch"
fails 1 'a patch that is not there' legal
said 'is named' "cannot copy $SCRATCH/0001-x.patch to "
fails 1 'nor is it for the bill of materials' sbom
said '... which names it' "cannot read $SCRATCH/0001-x.patch: No such file"
ok 'after all that, the first result is still there' test -f "$SCRATCH/legal/manifest.csv"
ok 'and nothing else' sh -c "! ls -d '$SCRATCH'/legal.*"

list
echo x >"$SCRATCH/file"
fails 1 'a directory that cannot be made' legal file/legal
said 'is named' "cannot make $SCRATCH/file/legal.whittle-new: Not a directory"
fails 1 'a file that cannot be written' sbom file/sbom
said 'is named' "cannot write $SCRATCH/file/sbom: Not a directory"
rm "$B/one/manifest"
fails 1 'a package that was not built' sbom
said 'is named' "cannot read $B/one/manifest: .*was it built?"
echo '100644 x images/kernel' >"$B/one/manifest"
fails 1 'no root filesystem' sh -c "rm '$SCRATCH/rootfs.manifest'; '$TOOLBIN/inventory' --sbom x --list '$SCRATCH/list' --spdx $SPDX"
said 'is named' "cannot read $SCRATCH/rootfs.manifest"
: >"$SCRATCH/rootfs.manifest"
for bad in none file; do
	fails 1 'no list of licences' "$TOOLBIN/inventory" --sbom x --list "$SCRATCH/list" --spdx "$SCRATCH/$bad"
	said 'is named' "$SCRATCH/$bad: "
done
rmdir "$SCRATCH/images"
fails 1 'no images' sbom
said 'are named' "cannot read $SCRATCH/images: No such file"

for wrong in 'colour red:unknown key' 'package one:is listed twice' 'depends two:package one lacks two' 'owner two:package one lacks two' 'package two:package two lacks dir'; do
	list "${wrong%:*}"
	fails 1 "a list with: ${wrong%:*}" legal
	said 'is refused' "${wrong#*:}"
done
echo 'version 1' >"$SCRATCH/list"
fails 1 'a list that begins in the middle' legal
said 'is refused' "list:1: version: unknown key, or one of a package"
: >"$SCRATCH/list"
fails 1 'an empty list' legal
said 'lacks something' 'board, images, manifest or downloads is missing'
fails 2 'no arguments' "$TOOLBIN/inventory"
fails 2 'both at once' "$TOOLBIN/inventory" --legal x --sbom y --list z
fails 2 'no list of licences' "$TOOLBIN/inventory" --sbom y --list z
done_testing
