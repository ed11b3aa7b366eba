#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Two builds of the default board give the same kernel and root filesystem: in directories of
# different names and depths, by different users, at different times, with another number of
# jobs, umask, locale and time zone, and neither from the store of built packages.
set -u
. support/tests/board.sh

export XDG_CACHE_HOME="$CHECK_O/cache"

# The one is check's own. The other is made from a copy of the tree, by another user if we are root.
ok 'the first' board default
other=$CHECK_O/same/a/deeper/place
rm -rf "$CHECK_O/same"
mkdir -p "$other/tree" "$other/cache"
git ls-files -z --cached --others --exclude-standard | xargs -0 cp -a --parents -t "$other/tree"
cp "$CHECK_O/default/.config" "$other/config"
mkdir -p "$other/dl"
ok 'its sources' board default source DEST="$other/dl"

who=
if [ "$(id -u)" = 0 ] && command -v setpriv >/dev/null; then
	who='setpriv --reuid 65534 --regid 65534 --clear-groups'
	chown -R 65534:65534 "$other"
	if ! $who test -r "$other/config"; then
		who=
		skip 'as another user' "$other cannot be reached by others"
	fi
fi
cat >"$other/build" <<'END'
umask 077
cd "$1/tree" && mkdir -p out || exit 1
sed -e '/CONFIG_MIRROR/d' -e '/CONFIG_OFFLINE/d' -e '/CONFIG_CACHE[ =]/d' ../config >out/.config
printf 'CONFIG_MIRROR="file://%s/dl"\nCONFIG_OFFLINE=y\n# CONFIG_CACHE is not set\n' "$1" >>out/.config
export XDG_CACHE_HOME="$1/cache" HOME="$1" TZ=Asia/Tokyo LC_ALL=C.UTF-8
exec make -j1 O=out
END
# shellcheck disable=SC2086 # words
ok 'the second' $who sh "$other/build" "$other"
for file in "$CHECK_O"/default/images/*; do
	file=${file##*/}
	is "$file: the same bytes" "$(sha256sum <"$other/tree/out/images/$file")" "$(sha256sum <"$CHECK_O/default/images/$file")"
done
is 'the same files' "$(ls "$other/tree/out/images")" "$(ls "$CHECK_O/default/images")"
[ "$tap_failed" != 0 ] || rm -rf "$CHECK_O/same"
done_testing
