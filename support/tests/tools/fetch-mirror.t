#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# fetch: mirrors, the Debian pool, being offline, and the copy that --dest leaves.
# shellcheck disable=SC2016
set -eu
. support/tests/tap.sh

${CC:-gcc} -O1 -pthread -o "$SCRATCH/httpd" support/tests/helpers/httpd.c
cd "$SCRATCH"
cat >fetch <<'END'
#!/bin/sh
exec "$TOOLBIN/fetch" --backoff 20 "$@"
END
chmod +x fetch
fetch=$SCRATCH/fetch
unset http_proxy HTTP_PROXY all_proxy ALL_PROXY
mkdir -p www/up www/pool/main/z/zlib bin
for name in a b c+d; do
	head -c 20000 /dev/urandom >"www/up/$name"
done
echo repacked >www/pool/main/z/zlib/zlib_1.3+really.tar
port=$(./httpd -w $$ -l log www)
base=http://127.0.0.1:$port
sum() {
	sha256sum "$1" | cut -c1-64
}
cat >list <<END
file p/a
sha256 $(sum www/up/a)
url $base/up/a
file p/b
sha256 $(sum www/up/b)
url $base/up/b
file q/c+d
sha256 $(sum www/up/c+d)
url $base/404/up/c+d
url $base/up/c+d
END

# the round trip
ok 'fetch, and leave a mirror' "$fetch" -d dl --dest mirror list
said 'says what was put there' '^  MIRROR  *q/c+d$'
ok 'the mirror has the files' sh -c 'cd mirror && cmp p/a ../dl/p/a && cmp p/b ../dl/p/b && cmp q/c+d ../dl/q/c+d'
ok 'as hard links' test mirror/p/a -ef dl/p/a
ok 'and their digests' sh -c 'cd mirror && sha256sum -c --strict SHA256SUMS'
is 'sorted by path' "$(cut -c67- mirror/SHA256SUMS | tr '\n' ' ')" 'p/a p/b q/c+d '
is 'and nothing else' "$(find mirror dl -name '*.*')" ''
stat -c '%n %i %Y' mirror/* mirror/*/* >before
ok 'again' "$fetch" -d dl --dest mirror list
is 'changes nothing' "$(stat -c '%n %i %Y' mirror/* mirror/*/*)" "$(cat before)"
is 'and says nothing' "$(cat .tap.out)" ''
mport=$(./httpd -w $$ -l mlog mirror)
: >log
ok 'offline from the mirror by http' "$fetch" --offline --mirror "http://127.0.0.1:$mport/" -d dl2 list
ok 'gives the same files' diff -r dl dl2
is 'without upstream' "$(cat log)" ''
is 'with + as it is' "$(grep -c '^GET /q/c+d - 200$' mlog)" 1
ok 'offline from the mirror by file' "$fetch" --offline --mirror "file://$SCRATCH/mirror" -d dl3 list
ok 'gives the same files' diff -r dl dl3
ok 'offline with all there' "$fetch" --offline -d dl3 list
fails 1 'offline with nothing' "$fetch" --offline -d dl4 list
said 'says so' 'no url to fetch it from: --offline allows only mirrors'

# the mirror is damaged or partial
echo damage >mirror/p/a.new
mv mirror/p/a.new mirror/p/a
rm mirror/p/b
: >log
ok 'a bad mirror' "$fetch" --mirror file:///nowhere --mirror "http://127.0.0.1:$mport" -d dl5 list
ok 'does not harm' diff -r dl dl5
is 'upstream helps out' "$(sort log)" 'GET /up/a - 200
GET /up/b - 200'
ok 'the mirror is put right' "$fetch" -d dl --dest mirror list
ok 'by its digests' sh -c 'cd mirror && sha256sum -c --strict SHA256SUMS'
ok 'the file in the download directory was not touched' cmp dl/p/a www/up/a

# other files in the mirror
cat >list2 <<END
file p/new
sha256 $(sum www/up/a)
url $base/up/a
END
rm mirror/p/b
ok 'another list for the same mirror' "$fetch" -d dl --dest mirror list2
is 'keeps what else is there' "$(cut -c67- mirror/SHA256SUMS | tr '\n' ' ')" 'p/a p/new q/c+d '
echo damage >dl/p/new
ok 'a damaged download does not get into the mirror' "$fetch" -d dl --dest mirror2 list2
ok 'but is fetched again first' cmp mirror2/p/new www/up/a
sed 's/up/404/' list2 >list3
rm dl/p/new
fails 1 'a file that cannot be had' "$fetch" -d dl --dest mirror3 list3
said 'leaves the mirror as it is' 'mirror3 was left as it is'
ok 'that is, unmade' test ! -e mirror3
: >plain
fails 1 'a mirror that cannot be written' "$fetch" -d dl --dest plain list
said 'is told' 'cannot put p/a into the mirror plain: Not a directory'
if mount_dir=$(mktemp -d /dev/shm/fetch.XXXXXX 2>/dev/null) &&
	[ "$(stat -c %d "$mount_dir")" != "$(stat -c %d .)" ]; then
	ok 'a mirror on another file system' "$fetch" -d dl --dest "$mount_dir" list
	ok 'is a copy' diff "$mount_dir/p/a" www/up/a
	is 'without litter' "$(find "$mount_dir" -mindepth 1 -name '*.*')" ''
	rm -r "$mount_dir"
else
	skip 'a mirror on another file system' 'no second file system in /dev/shm'
fi

# a download directory of symbolic links
mkdir -p away linked/p linked/q
cp www/up/a away/a
cp www/up/b away/b
ln -s "$SCRATCH/away/a" linked/p/a
ln -s ../../away/b linked/p/b
ln -s "$SCRATCH/away/c+d" linked/q/c+d
ok 'a download directory of symbolic links' "$fetch" -d linked --dest plainly list
is 'gives a mirror of files' "$(cd plainly && find . ! -type d -printf '%p %y\n' | sort)" './SHA256SUMS f
./p/a f
./p/b f
./q/c+d f'
rm -r away
ok 'that stands alone' sh -c 'cd plainly && sha256sum -c --strict SHA256SUMS'
ok 'a download directory with links to nowhere' "$fetch" -d linked --dest plainly2 list
ok 'is fetched again' sh -c 'cd plainly2 && sha256sum -c --strict SHA256SUMS'

# whole NAME DIR: DIR is a mirror as it should be
whole() {
	ok "$1: the files are right" sh -c 'cd "$0" && cmp p/a ../www/up/a && cmp p/b ../www/up/b && cmp q/c+d ../www/up/c+d' "$2"
	ok "$1: and so are the digests" sh -c 'cd "$0" && sha256sum -c --strict SHA256SUMS' "$2"
	is "$1: all are files" "$(find "$2/p" "$2/q" ! -type d ! -type f)" ''
	is "$1: without litter" "$(find "$2" -name '*.tmp*' -o -name '*.lock')" ''
}

# a mirror that has other things in the places of the files
rm -rf odd
mkdir -p odd/p odd/q
ln -s "$SCRATCH/www/up/a" odd/p/a
ln -s nowhere odd/p/b
head -c 100 www/up/c+d >odd/q/c+d
ok 'a mirror with links and a partial file' "$fetch" -d dl --dest odd list
whole 'a mirror with links and a partial file' odd
ok 'what the link led to stays' cmp www/up/a dl/p/a
for kind in mkfifo mkdir; do
	rm odd/p/b
	$kind odd/p/b
	fails 1 "$kind in the way of a file" timeout 20 "$fetch" -d dl --dest odd list
	said "$kind: is told" 'cannot put p/b into the mirror odd: it exists but is not a regular file: remove it'
	rmdir odd/p/b 2>/dev/null || rm odd/p/b
	: >odd/p/b
done
rm odd/SHA256SUMS
mkfifo odd/SHA256SUMS
fails 1 'a fifo for SHA256SUMS' timeout 20 "$fetch" -d dl --dest odd list
said 'is told' 'cannot write odd/SHA256SUMS: it, or its lock, exists but is not a regular file'
rm odd/SHA256SUMS
ok 'without it' "$fetch" -d dl --dest odd list
whole 'without it' odd
ok 'the mirror is the download directory' "$fetch" -d dl --dest dl list
whole 'the mirror is the download directory' dl
rm dl/SHA256SUMS
ok 'the mirror is inside it' "$fetch" -d dl --dest dl/sub/mirror list
ok 'the mirror is whole' sh -c 'cd dl/sub/mirror && sha256sum -c --strict SHA256SUMS'
rm -r dl/sub
fails 2 'a mirror without a name' "$fetch" -d dl --dest '' list
said 'is told' 'the name of the directory is empty'

# mounted OPTIONS COMMAND...: run it with a tmpfs on small/, in a mount namespace of its own
cat >mounted <<'END'
mount -t tmpfs -o "$1" none small || exit 99
shift
"$@"
END
mkdir small
private=
for how in -m -rm; do
	unshare $how sh mounted size=1m true 2>/dev/null && private=$how && break
done
if [ "$private" ]; then
	cat >full <<'END'
"$@"
status=$?
find small ! -type d | sort
cd small && sha256sum -c --strict SHA256SUMS || exit 98
exit $status
END
	fails 1 'a full disk' unshare "$private" sh mounted size=48k sh full "$fetch" -d dl --dest small list
	said 'is told' 'cannot put .* into the mirror small: No space left on device'
	is 'what is there is whole, and in SHA256SUMS' "$(grep '^small\|^[pq]/' .tap.out)" 'small/SHA256SUMS
small/p/a
small/p/b
p/a: OK
p/b: OK'
	fails 1 'a disk that is read only' unshare "$private" sh mounted ro "$fetch" -d dl --dest small list
	said 'is told' 'cannot put p/a into the mirror small: Read-only file system'
else
	skip 'a full disk, a read-only disk' 'cannot mount a small tmpfs here'
fi

# the pool
cat >plist <<END
file zlib/zlib.tar
sha256 $(sum www/up/a)
sha256 $(sum www/pool/main/z/zlib/zlib_1.3+really.tar)
url $base/404/zlib.tar
pool z/zlib/zlib_1.3+really.tar
END
: >log
ok 'the pool, when all else fails' "$fetch" -d dl6 --pool "$base//" plist
is 'comes last, with + and single slashes' "$(cat log)" 'GET /404/zlib.tar - 404
GET /pool/main/z/zlib/zlib_1.3+really.tar - 200'
cat >bin/apt-get <<END
#!/bin/sh
echo "\$@" >>'$SCRATCH/apt.log'
echo 'mirror+file:/etc/apt/mirrors'
echo '$base/security/'
echo '$base/'
echo 'http://127.0.0.1:1/other/'
END
chmod +x bin/apt-get
sed 's,^file zlib,file again,' plist | cat plist - >plist1
ok 'the pool that apt is set up with, for two files' env PATH="$SCRATCH/bin:$PATH" "$fetch" -d dl7 plist1
is 'apt is asked once, so' "$(cat apt.log)" "indextargets --format \$(REPO_URI)"
ok 'gives the file' cmp dl7/zlib/zlib.tar dl6/zlib/zlib.tar
ok 'all there already' env PATH="$SCRATCH/bin:$PATH" "$fetch" -d dl7 plist1
sed "s,url.*,url $base/up/a," plist >plist2
ok 'upstream has it' env PATH="$SCRATCH/bin:$PATH" "$fetch" -d dl8 plist2
is 'so apt is not asked again' "$(wc -l <apt.log)" 1
rm bin/apt-get
for tool in sh env; do
	ln -s "$(command -v $tool)" bin/
done
fails 1 'without apt' env PATH="$SCRATCH/bin" "$fetch" -d dl9 plist
unlike 'the pool is passed over silently' "$(cat .tap.out)" 'apt\|pool'
fails 1 'offline' "$fetch" -d dl9 --offline --pool "$base" plist
said 'there is no pool' 'no url to fetch it from'
done_testing
