#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# What is told of an image to those whom it is passed on to: licences and sources, a bill of materials.
# shellcheck disable=SC2016 # recipes stand in single quotes
set -u
. support/tests/engine.sh

LEGAL=$OUT/legal-info
SBOM=$OUT/sbom.cdx.json

# A library with a source file and a patch, a program with its sources, one for the host, a directory.
mkdir -p "$SCRATCH/site" "$SCRATCH/src/lib-1/doc"
echo 'do what you want' >"$SCRATCH/src/lib-1/COPYING"
echo 'more of it' >"$SCRATCH/src/lib-1/doc/MORE"
echo code >"$SCRATCH/src/lib-1/code"
touch -d @1700000000 "$SCRATCH/src/lib-1"/* "$SCRATCH/src/lib-1/doc/MORE"
tar cJf "$SCRATCH/site/lib-1.tar.xz" -C "$SCRATCH/src" lib-1
digest=$(sha256sum "$SCRATCH/site/lib-1.tar.xz" | cut -d ' ' -f 1)
pkg lib <<-RECIPE
	LIB_SITE := file://$SCRATCH/site
	LIB_SOURCE := lib-1.tar.xz
	LIB_LICENSE := MIT OR (GPL-2.0-or-later WITH GCC-exception-2.0)
	LIB_LICENSE_FILES := COPYING doc/MORE
	LIB_MODE := target
	LIB_CPE := some:library
	LIB_HOMEPAGE := https://example.org/lib
	define LIB_INSTALL
	install -D -m 644 "\$(SRC)/code" "\$(IMAGE)/sysroot/usr/lib/lib.a"
	endef
RECIPE
echo "sha256  $digest  lib-1.tar.xz" >"$EXT/package/lib/lib.hash"
for n in 1 2; do
	printf -- '--- a/code\n+++ b/code\n@@ -%s +%s,2 @@\n %s\n+line %s\n' $n $n "$([ $n = 1 ] && echo code || echo 'line 1')" $n \
		>"$EXT/package/lib/000$n-line.patch"
done
pkg prog <<'END'
PROG_SRC_OF := lib
PROG_LICENSE_FILES := COPYING
PROG_MODE := target
PROG_DEPENDS := lib gen
define PROG_INSTALL
install -D -m 644 "$(SYSROOT)/usr/lib/lib.a" "$(IMAGE)/target/usr/bin/prog"
endef
END
pkg gen <<'END'
GEN_MODE := host
GEN_LICENSE := Do what you want
define GEN_INSTALL
install -D /dev/null "$(IMAGE)/host/usr/bin/gen"
endef
END
local_pkg
choose lib prog gen local

# row PACKAGE: its line of the table.
row() {
	grep "^$1," "$LEGAL/manifest.csv"
}

ok 'make legal-info' whittle legal-info
is 'unpacks, and does nothing else' "$(steps)" 'UNPACK lib'
said 'a package that names no text is told' "local.mk: the recipe of local names no file with its licence's text"
is 'a row: package, licence, source' "$(row lib)" "lib,1,MIT OR (GPL-2.0-or-later WITH GCC-exception-2.0),COPYING doc/MORE,target,file,lib-1.tar.xz,$digest,file://$SCRATCH/site/lib-1.tar.xz,0001-line.patch 0002-line.patch"
is 'one that uses the sources of another' "$(row prog)" 'prog,1,MIT,COPYING,target,package lib,,,,'
is 'one for the host, with nothing' "$(row gen)" 'gen,1,Do what you want,,host,none,,,,'
is 'a directory' "$(row local)" "local,1,MIT,,target,directory,$EXT/package/local/src,,,"
is 'all files' "$(cd "$LEGAL" && find . -type f | LC_ALL=C sort | xargs)" './README ./licenses/lib/COPYING ./licenses/lib/doc/MORE ./licenses/prog/COPYING ./manifest.csv ./sources/lib/0001-line.patch ./sources/lib/0002-line.patch ./sources/lib/lib-1.tar.xz ./sources/lib/series'
is 'a text is that of the sources' "$(cat "$LEGAL/licenses/prog/COPYING")" 'do what you want'
ok 'the source file is the one that was verified' cmp "$LEGAL/sources/lib/lib-1.tar.xz" "$SCRATCH/site/lib-1.tar.xz"
is 'patches are in order' "$(xargs <"$LEGAL/sources/lib/series")" '0001-line.patch 0002-line.patch'
ok 'a build after it' whittle
unlike 'does not unpack them again' "$(steps)" 'UNPACK lib'
cp -r "$LEGAL" "$SCRATCH/legal"
rm -r "$OUT/build"
echo stray >"$LEGAL/stray"
ok 'again, from nothing' whittle legal-info
ok 'it is the same, and nothing else' diff -r "$LEGAL" "$SCRATCH/legal"

# What is wrong is told, and nothing is published.
cp "$EXT/package/lib/lib.mk" "$SCRATCH/lib.mk"
sed -i 's|COPYING doc/MORE|COPYING doc/LESS|' "$EXT/package/lib/lib.mk"
sed -i 's/^GEN_LICENSE := .*//' "$EXT/package/gen/gen.mk"
echo 'GEN_LICENSE :=' >>"$EXT/package/gen/gen.mk"
fails 2 'a licence file that is not in the sources' whittle legal-info
said 'is told, with the line of the recipe' "package/lib/lib.mk:$(grep -n LICENSE_FILES "$EXT/package/lib/lib.mk" | cut -d : -f 1): the licence file doc/LESS of lib is not in its sources"
said 'and so is a package without a licence' 'package/gen/gen.mk:[0-9]*: gen has no LICENSE: give it as an SPDX expression'
ok 'what was there before is still there' diff -r "$LEGAL" "$SCRATCH/legal"
ok 'and nothing beside it' sh -c "! ls -d '$LEGAL'.*"
sed -i 's|doc/LESS|../../secret|' "$EXT/package/lib/lib.mk"
fails 2 'a licence file elsewhere' whittle legal-info
said 'is refused' 'the licence file ../../secret of lib is not below its sources'
cp "$SCRATCH/lib.mk" "$EXT/package/lib/lib.mk"
sed -i 's/^GEN_LICENSE :=$/GEN_LICENSE := Do what you want/' "$EXT/package/gen/gen.mk"
ok 'mended' whittle legal-info
ok 'it is as it was' diff -r "$LEGAL" "$SCRATCH/legal"
dl=$XDG_CACHE_HOME/whittle/dl/lib/lib-1.tar.xz
rm "$dl"
ok 'without the download' whittle legal-info
ok 'it comes anew' cmp "$dl" "$SCRATCH/site/lib-1.tar.xz"
rm "$dl"
echo x >"$dl"
fails 2 'a download that is damaged' whittle legal-info
said 'is told' "lib-1.tar.xz does not match the digest in the recipe of lib: 'make source'"
rm "$dl"

# The bill of materials.
"${CC:-gcc}" -o "$SCRATCH/jsonschema" support/tests/helpers/jsonschema.c -lcjson || exit 1
valid() {
	"$SCRATCH/jsonschema" support/cyclonedx/bom-1.6.schema.json "$1"
}
# component NAME: what is said of it, without white space.
component() {
	awk -v name="\"$1\"," '
		/^\t\t(},  *)?\{$|^\t"components":|^\t\t}, \{$/ { if (mine) exit; text = "" }
		{ text = text $0 }
		$1 == "\"bom-ref\":" && $2 == name { mine = 1 }
		END { gsub(/[ \t]/, "", text); print text }' "$SBOM"
}
# depends NAME: what the document says that it depends on.
depends() {
	tr -d '\t\n ' <"$SBOM" | grep -o "{\"ref\":\"$1\",\"dependsOn\":\[[^]]*\]" | sed 's/.*\[//; s/[]"]//g'
}
ok 'make sbom' whittle sbom
ok 'it fits the schema of CycloneDX 1.6' valid "$SBOM"
text=$(component lib)
like 'a library that is linked into a program is in the image' "$text" '"type":"library".*"version":"1","scope":"required"'
like 'its digest' "$text" "\"hashes\":\[{\"alg\":\"SHA-256\",\"content\":\"$digest\"}\]"
like 'an expression is one' "$text" '"licenses":\[{"expression":"MITOR(GPL-2.0-or-laterWITHGCC-exception-2.0)"}\]'
like 'its CPE' "$text" '"cpe":"cpe:2.3:a:some:library:1:\*:\*:\*:\*:\*:\*:\*"'
like 'its package URL' "$text" "\"purl\":\"pkg:generic/lib@1?checksum=sha256:$digest&download_url=file:%2F%2F"
like 'its site' "$text" '{"type":"website","url":"https://example.org/lib"}'
is 'its patches' "$(echo "$text" | grep -o '"type":"unofficial"' | wc -l)" 2
is 'with their text' "$(echo "$text" | sed 's/.*"content":"\([A-Za-z0-9+\/=]*\)"},"url":"0002-line.patch".*/\1/' | base64 -d)" "$(cat "$EXT/package/lib/0002-line.patch")"
like 'a licence of the list is an id' "$(component prog)" '"type":"application".*"licenses":\[{"license":{"id":"MIT"}}\]'
text=$(component gen)
like 'any other is a name' "$text" '"licenses":\[{"license":{"name":"Dowhatyouwant"}}\]'
like 'what just helps to build is not in the image' "$text" '"scope":"excluded"'
is 'who depends on whom' "$(depends prog)" 'gen,lib'
is 'the image depends on what brings files' "$(depends 'board/[a-z0-9_-]*')" 'local,prog'
like 'it has the digests of what is in images/' "$(tr -d '\t\n ' <"$SBOM")" "\"name\":\"initramfs.cpio.gz\",\"hashes\":\[{\"alg\":\"SHA-256\",\"content\":\"$(sha256sum <"$OUT/images/initramfs.cpio.gz" | cut -d ' ' -f 1)\""
like 'and the time of the newest source' "$(cat "$SBOM")" '"timestamp":.*"2023-11-14T22:13:20Z"'
unlike 'a path of this machine is not in it' "$(grep -v '"file://\|download_url' "$SBOM")" "$SCRATCH"
is 'images/ is as it was' "$(cd "$OUT/images" && echo *)" 'initramfs.cpio.gz rootfs.manifest'
cp "$SBOM" "$SCRATCH/sbom"
ok 'again, elsewhere' whittle O="$SCRATCH/other/out" olddefconfig
cp "$OUT/.config" "$SCRATCH/other/out/.config"
ok '... built' whittle O="$SCRATCH/other/out" sbom
ok 'it is the same to the byte' cmp "$SCRATCH/other/out/sbom.cdx.json" "$SCRATCH/sbom"
echo more >>"$EXT/package/local/src/file"
ok 'another image' whittle sbom
ok 'has another serial number' sh -c "! grep -qF '$(grep serialNumber "$SCRATCH/sbom")' '$SBOM'"

if command -v git >/dev/null; then
	export GIT_CONFIG_GLOBAL=/dev/null GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@b GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a@b
	git init -q "$SCRATCH/repo"
	echo mine >"$SCRATCH/repo/COPYING"
	git -C "$SCRATCH/repo" add COPYING
	git -C "$SCRATCH/repo" commit -q -m first
	commit=$(git -C "$SCRATCH/repo" rev-parse HEAD)
	pkg fromgit <<-END
		FROMGIT_GIT_URL := file://$SCRATCH/repo
		FROMGIT_GIT_REF := $commit
		FROMGIT_LICENSE_FILES := COPYING
		define FROMGIT_INSTALL
		install -D -m 644 "\$(SRC)/COPYING" "\$(IMAGE)/target/fromgit"
		endef
	END
	choose fromgit
	ok 'a package from git' whittle legal-info
	is 'says so' "$(row fromgit)" "fromgit,1,MIT,COPYING,target,git,,,file://$SCRATCH/repo@$commit,"
	is 'its licence' "$(cat "$LEGAL/licenses/fromgit/COPYING")" mine
	ok 'and in the bill of materials' whittle sbom
	ok 'which fits the schema' valid "$SBOM"
	like 'there is the commit' "$(component fromgit)" "vcs_url=git%2Bfile:.*%40$commit\".*{\"type\":\"vcs\",\"url\":\"file://$SCRATCH/repo\",\"comment\":\"commit$commit\"}"
else
	skip 'a package from git' 'no git here'
fi

# A validator that others wrote, where there is npm and a registry that answers.
if command -v npm >/dev/null && command -v node >/dev/null && timeout 120 npm install --silent --no-audit --no-fund --prefix "$SCRATCH/npm" \
	@cyclonedx/cyclonedx-library@10.3.0 ajv@8.20.0 ajv-formats@3.0.1 ajv-formats-draft2019@1.6.1 >/dev/null 2>&1; then
	cat >"$SCRATCH/npm/validate.mjs" <<-'END'
		import { readFileSync } from 'node:fs'
		import { Validation } from '@cyclonedx/cyclonedx-library'
		const bad = await new Validation.JsonStrictValidator('1.6').validate(readFileSync(process.argv[2], 'utf8'))
		if (bad !== null) { console.log(JSON.stringify(bad)); process.exit(1) }
	END
	ok "CycloneDX's own validator finds nothing" node "$SCRATCH/npm/validate.mjs" "$SCRATCH/sbom"
	sed 's/"required"/"needed"/' "$SCRATCH/sbom" >"$SCRATCH/bad"
	fails 1 'it would find something' node "$SCRATCH/npm/validate.mjs" "$SCRATCH/bad"
	for schema in bom-1.6 jsf-0.82 spdx; do
		sed 's/\.SNAPSHOT\.schema/.schema/' "$SCRATCH/npm/node_modules/@cyclonedx/cyclonedx-library/res/schema/$schema.SNAPSHOT.schema.json" >"$SCRATCH/schema"
		ok "$schema.schema.json is as it was published" cmp "$SCRATCH/schema" "support/cyclonedx/$schema.schema.json"
	done
else
	skip "CycloneDX's own validator" 'there is no npm here, or no registry that answers'
fi

ok 'clean' whittle clean
ok 'removes both' sh -c "! ls -d '$LEGAL' '$SBOM'"
done_testing
