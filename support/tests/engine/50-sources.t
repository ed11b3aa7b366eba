#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Sources: upstream, a mirror of one's own, offline builds, git and local directories.
# shellcheck disable=SC2016 # recipes stand in single quotes
set -u
. support/tests/engine.sh

mkdir -p "$SCRATCH/site" "$SCRATCH/www" "$SCRATCH/src/one-1" "$SCRATCH/src/two-1"
"${CC:-gcc}" -pthread -o "$SCRATCH/httpd" support/tests/helpers/httpd.c || exit 1
port=$("$SCRATCH/httpd" -w $$ -l "$SCRATCH/site.log" "$SCRATCH/site")
mirror=$("$SCRATCH/httpd" -w $$ -l "$SCRATCH/mirror.log" "$SCRATCH/www")

for p in one two; do
	echo "$p" >"$SCRATCH/src/$p-1/file"
	tar cJf "$SCRATCH/site/$p-1.tar.xz" -C "$SCRATCH/src" "$p-1"
	pkg $p <<-END
		$(prefix $p)_SITE := http://127.0.0.1:$port
		$(prefix $p)_SOURCE = $p-\$($(prefix $p)_VERSION).tar.xz
		define $(prefix $p)_INSTALL
		install -D -m 644 "\$(SRC)/file" "\$(IMAGE)/target/$p"
		endef
	END
	echo "sha256  $(sha256sum "$SCRATCH/site/$p-1.tar.xz" | cut -d ' ' -f 1)  $p-1.tar.xz" >"$EXT/package/$p/$p.hash"
done
choose one two

ok 'source-list' whittle source-list
said 'a file' 'one/one-1.tar.xz'
said 'its digest' "$(cut -c 9-40 "$EXT/package/one/one.hash")"
said 'its address' "http://127.0.0.1:$port/one-1.tar.xz"
fails 1 'nothing was fetched for it' test -e "$XDG_CACHE_HOME/whittle/dl/one/one-1.tar.xz"

ok 'source with DEST' whittle source DEST="$SCRATCH/www"
fails 2 'source with an empty DEST' whittle source DEST=
said 'is told, with the remedy' "DEST is empty: name the directory for the mirror, as in 'make source DEST=/srv/whittle'"
ok 'a mirror in a directory with a space' whittle source DEST="$SCRATCH/a mirror"
ok 'is there' test -s "$SCRATCH/a mirror/two/two-1.tar.xz"
mkdir "$SCRATCH/elsewhere"
mv "$XDG_CACHE_HOME/whittle/dl/two/two-1.tar.xz" "$SCRATCH/elsewhere"
ln -s "$SCRATCH/elsewhere/two-1.tar.xz" "$XDG_CACHE_HOME/whittle/dl/two/two-1.tar.xz"
ok 'a mirror of a cache with a symbolic link' whittle source DEST="$SCRATCH/plain"
is 'has files only' "$(find "$SCRATCH/plain" -type l)" ''
ok 'that are right' sh -c 'cd "$0" && sha256sum -c --strict SHA256SUMS' "$SCRATCH/plain"
mv "$SCRATCH/elsewhere/two-1.tar.xz" "$XDG_CACHE_HOME/whittle/dl/two/two-1.tar.xz"
ok 'what fetch is called with' whittle -n source
said 'has the bounds' 'fetch .*--min-rate 4K --max-size 2048M'
ok 'the mirror has the files' test -s "$SCRATCH/www/two/two-1.tar.xz"
ok 'and the cache' test -s "$XDG_CACHE_HOME/whittle/dl/two/two-1.tar.xz"
ok 'a build from the cache' whittle
is 'it is right' "$(unpacked two)" two
gets=$(grep -c GET "$SCRATCH/site.log")
is 'upstream was asked once for each file' "$gets" 2

# another machine: an empty cache, a mirror, and no upstream
for m in "http://127.0.0.1:$mirror" "file://$SCRATCH/www"; do
	export XDG_CACHE_HOME="$SCRATCH/cache-${m%%:*}"
	printf 'CONFIG_MIRROR="%s"\nCONFIG_OFFLINE=y\n' "$m" >"$SCRATCH/config.more"
	choose one two
	whittle clean >/dev/null 2>&1
	ok "offline, with ${m%%:*} mirror" whittle
	is 'it is right' "$(unpacked two)" two
	is 'upstream was not asked' "$(grep -c GET "$SCRATCH/site.log")" "$gets"
done
export XDG_CACHE_HOME="$SCRATCH/cache-none"
printf 'CONFIG_OFFLINE=y\n' >"$SCRATCH/config.more"
choose one two
whittle clean >/dev/null 2>&1
fails 2 'offline, without mirror and cache' whittle
said 'the file is named' 'one/one-1.tar.xz'
rm "$SCRATCH/config.more"

# every version that a recipe pins
sed -i '1i ONE_VERSIONS := 1 2' "$EXT/package/one/one.mk"
mkdir "$SCRATCH/src/one-2"
echo 'one, 2' >"$SCRATCH/src/one-2/file"
tar czf "$SCRATCH/site/one-2.tar.xz" -C "$SCRATCH/src" one-2
echo "sha256  $(sha256sum "$SCRATCH/site/one-2.tar.xz" | cut -d ' ' -f 1)  one-2.tar.xz" >>"$EXT/package/one/one.hash"
choose one
ok 'source-list-all' whittle source-list-all
said 'the version in use' 'one/one-1.tar.xz'
said 'the other' 'one/one-2.tar.xz'
said 'a package that is not enabled' 'two/two-1.tar.xz'
said 'and those of the tree' 'linux/linux-6.1.176.tar.xz'

# a version bump
sed -i 's/ONE_VERSION := 1/ONE_VERSION := 2/' "$EXT/package/one/one.mk"
ok 'another version' whittle
is 'its sources are the new ones' "$(unpacked one)" 'one, 2'

# a directory of one's own
sed -i 's/ONE_VERSION := 2/ONE_VERSION := 1/' "$EXT/package/one/one.mk"
cp -R "$SCRATCH/src/one-1" "$SCRATCH/mine"
echo mine >"$SCRATCH/mine/file"
ok 'ONE_DIR' whittle ONE_DIR="$SCRATCH/mine"
is 'the directory is the source' "$(unpacked one)" mine
ok 'again' whittle ONE_DIR="$SCRATCH/mine"
is 'nothing is done' "$(steps)" ''
echo 'mine, edited' >"$SCRATCH/mine/file"
touch -d '2001-01-01' "$SCRATCH/mine/file"
ok 'an edit whose date is old' whittle ONE_DIR="$SCRATCH/mine"
is 'it counts' "$(unpacked one)" 'mine, edited'
is 'the directory was not written to' "$(ls "$SCRATCH/mine")" file
fails 2 'a directory that is not there' whittle ONE_DIR="$SCRATCH/nowhere"
said 'it is named' 'nowhere'
ok 'without it' whittle
is 'the release is the source again' "$(unpacked one)" one

# git
git() { command git -c user.name=x -c user.email=x@y -c init.defaultBranch=main "$@"; }
(
	cd "$SCRATCH" && git init -q repo && cd repo && echo 'first' >file && git add . && git commit -qm 1 &&
		git tag -a v1 -m v1 && echo 'second' >file && git commit -qam 2
) || exit 1
pkg three <<END
THREE_GIT_URL := file://$SCRATCH/repo
THREE_GIT_REF := v1
define THREE_INSTALL
install -D -m 644 "\$(SRC)/file" "\$(IMAGE)/target/three"
endef
END
choose three
ok 'a tag' whittle
is 'its sources' "$(unpacked three)" first
sed -i 's/GIT_REF := v1/GIT_REF := main/' "$EXT/package/three/three.mk"
ok 'a branch' whittle
is 'its sources' "$(unpacked three)" second
(cd "$SCRATCH/repo" && echo third >file && git commit -qam 3)
ok 'the branch moved' whittle
is 'the commit stays what it was' "$(unpacked three)" second
ok 'update' whittle three-update
ok 'and make' whittle
is 'now it is the new one' "$(unpacked three)" third
commit=$(cd "$SCRATCH/repo" && git rev-parse "v1^{commit}")
# In a hook: what is fetched goes into our own repository, none into the one that the environment names.
command git init -q --bare "$SCRATCH/hook"
find "$SCRATCH/hook" -type f -exec sha256sum {} + | sort >"$SCRATCH/hook.before"
rm -rf "$SCRATCH/cache/whittle/dl/three" "$OUT/git/three" "$OUT/build/three"
ok 'with the environment of a hook' env GIT_DIR="$SCRATCH/hook" GIT_OBJECT_DIRECTORY="$SCRATCH/hook/objects" GIT_INDEX_FILE="$SCRATCH/hook/index" \
	GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=url.file:///nowhere.insteadOf GIT_CONFIG_VALUE_0="file://$SCRATCH/repo" \
	make O="$OUT" EXTERNAL="$EXT" TOOLDIR="${TOOLBIN%/bin}"
is 'the sources are the same' "$(unpacked three)" third
is 'nothing went elsewhere' "$(find "$SCRATCH/hook" -type f -exec sha256sum {} + | sort)" "$(cat "$SCRATCH/hook.before")"
sed -i "s/GIT_REF := main/GIT_REF := $commit/" "$EXT/package/three/three.mk"
ok 'a commit' whittle
is 'its sources' "$(unpacked three)" first
# what the server says, and how long it may take
mkdir "$SCRATCH/bin"
cat >"$SCRATCH/bin/git" <<-END
	#!/bin/sh
	case " \$* " in
	*' fetch '* | *' ls-remote '*)
		echo "\$*" >>'$SCRATCH/git.log'
		printf 'remote: \\033[31mred \\302\\233x \\303\\237\\n' >&2
		;;
	esac
	exec '$(unset -f git && command -v git)' "\$@"
END
chmod +x "$SCRATCH/bin/git"
(cd "$SCRATCH/repo" && echo fourth >file && git commit -qam 4 && git tag v4)
sed -i "s/GIT_REF := $commit/GIT_REF := v4/" "$EXT/package/three/three.mk"
PATH="$SCRATCH/bin:$PATH"
ok 'a server that sends escape sequences' whittle
is 'they are no more than text, when asked and when fetched' "$(grep -c "^remote: ?\[31mred ?x $(printf '\303\237')$" "$SCRATCH/.tap.out")" 2
unlike 'and not sent to the terminal' "$(cat "$SCRATCH/.tap.out")" "$(printf '\033')"
is 'its sources' "$(unpacked three)" fourth
is 'and one that stands still is given up' "$(grep -vc -e '-c http.lowSpeedLimit=4000 -c http.lowSpeedTime=60 ' "$SCRATCH/git.log")" 0
PATH=${PATH#*:}
sed -i "s/GIT_REF := v4/GIT_REF := nosuch/" "$EXT/package/three/three.mk"
fails 2 'a name that is not there' whittle
said 'package and name' "three: there is no 'nosuch'"
done_testing
