#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# What inputs digests of a tree and what is made of it is the same set: for each change of a tree, the digest
# changes just when what is packed, or copied to be built, does.
set -u
# shellcheck source=support/tests/tap.sh
. support/tests/tap.sh
cd "$SCRATCH" || exit 1
umask 022
newline='
'
root=$([ "$(id -u)" = 0 ] && echo y)

# fresh: the tree that changes begin from
fresh() {
	rm -rf tree beside
	mkdir -p tree/dir/sub tree/empty tree/.git tree/dir/.git beside/dir
	echo one >tree/one
	echo two >tree/dir/two
	echo two >tree/dir/twin
	printf '#!/bin/sh\n' >tree/run
	chmod 755 tree/run
	ln tree/one tree/hard
	ln -s dir tree/todir
	ln -s ../../beside/file tree/dir/out
	ln -s ../beside/dir tree/outdir
	ln -s nowhere tree/dangling
	mkfifo tree/fifo
	[ -z "$root" ] || mknod tree/node c 1 3
	echo ref >tree/.git/HEAD
	echo 'gitdir: x' >tree/dir/.git/config
	echo beside >beside/file
	echo beside >beside/dir/file
	echo odd >'tree/ blank '
	chmod 640 'tree/ blank '
}

# What inputs says of it, as it is packed and as it is built.
digested() {
	echo tree >list
	"$TOOLBIN/inputs" digest -o digests.mk --index index --list list || echo failed
	cat digests.mk
}
sources() {
	echo tree >list
	"$TOOLBIN/inputs" digest -o digests.mk --index index --sources list || echo failed
	grep SOURCES digests.mk
}
# What mkinitramfs makes of it: an overlay, a tree in a table, a skeleton.
printf 'tree / %s/tree\n' "$SCRATCH" >table
packed() {
	for how in --overlay --table --skeleton; do
		"$TOOLBIN/mkinitramfs" -o out.cpio -m out.manifest $how "x=$([ $how = --table ] && echo table || echo tree)" --mtime 0 || echo failed
		cat out.cpio out.manifest
	done | sha256sum
}
# What a build sees: names, kinds, modes, which are one, contents also where links lead to.
seen() {
	{
		(cd tree && find . -name .git -prune -o -printf '%p %y %m %l\0' | sort -z)
		(cd tree && find . -name .git -prune -o \( -type b -o -type c \) -exec stat -c "%n %t %T" {} +)
		(cd tree && find . -name .git -prune -o -links +1 ! -type d -printf '%i\n' | sort | uniq -c | awk '$1 > 1 { print $1 }')
		find -L tree -name .git -prune -o -type f -print0 | sort -z | xargs -0 sha256sum
		find -L tree -name .git -prune -o -printf '%p %m\0' | sort -z
	} | sha256sum
}
# What copytree makes of it.
copied() {
	rm -rf copy
	"$TOOLBIN/copytree" tree copy 2>&1 || echo failed
	(cd copy && find . ! -name .copytree -printf '%p %y %m %l\0' | sort -z)
	find -L copy ! -name .copytree -type f -print0 | sort -z | xargs -0 sha256sum
}

# change NAME PACKED BUILT COMMAND...: whether ("y" or "") it has to be seen in what is packed and what is built.
change() {
	name=$1 want=$2 built=$3
	shift 3
	fresh
	digest=$(digested) source=$(sources) pack=$(packed) see=$(seen) copy=$(copied | sha256sum)
	"$@" || echo "# the change failed"
	now=$(packed)
	case $now in *failed*) now=failed ;; esac
	is "$name: packed" "$([ "$now" = "$pack" ] || echo y)" "$want"
	is "$name: digested just so" "$([ "$(digested)" = "$digest" ] || echo y)" "$want"
	is "$name: a build sees it" "$([ "$(seen)" = "$see" ] || echo y)" "$built"
	is "$name: the digest of sources has it" "$([ "$(sources)" = "$source" ] || echo y)" "$built"
	if [ "$(copied | sha256sum)" != "$copy" ]; then
		is "$name: what copytree makes changes, then so does that digest" "$([ "$(sources)" = "$source" ] || echo y)" y
	fi
}

all() {
	change 'nothing' '' '' true
	change 'a date' '' '' touch -d '2001-01-01' tree/one
	change 'a date ahead' '' '' touch -d '+1 hour' tree/one
	change 'the same content in a new file' '' '' sh -c 'cp tree/run x && chmod 755 x && mv x tree/run'
	change 'content' y y sh -c 'echo other >tree/dir/two'
	change 'content of the same length' y y sh -c 'echo owt >tree/dir/two'
	change 'content behind a hard link' y y sh -c 'echo other >tree/hard'
	change 'a name' y y mv tree/one tree/uno
	change 'a place' y y mv tree/run tree/dir
	change 'a file more' y y touch tree/new
	change 'a file less' y y rm tree/run
	change 'an empty directory' y y mkdir tree/dir/sub/new
	change 'one less' y y rmdir tree/empty
	change 'one with a name for a file' y y sh -c 'rmdir tree/empty && touch tree/empty'
	change 'the target of a link' y y ln -sfn dir/sub tree/todir
	change 'of one that leads nowhere' y y ln -sfn elsewhere tree/dangling
	change 'a link for a file' y y ln -sf dir/two tree/run
	change 'a file for a link to it' y y sh -c 'rm tree/todir && cp -r tree/dir tree/todir'
	change 'a copy for a hard link' y y sh -c 'cp tree/one x && mv x tree/hard'
	change 'a hard link for a copy' y y ln -f tree/dir/two tree/dir/twin
	change 'a name outside for a file' '' '' ln tree/run beside/run
	change 'the x bit of the owner' y y chmod u+x tree/dir/two
	change 'and not' y y chmod u-x tree/run
	change 'of others alone' '' y chmod go+x tree/dir/two
	change 'not of others' '' y chmod go-x tree/run
	change 'a w bit' '' y chmod g+w tree/one
	change 'a set-id bit' '' y chmod u+s tree/run
	change 'the mode of a directory' '' y chmod 700 tree/dir
	change 'the x bit of a fifo' y y chmod u+x tree/fifo
	change 'a fifo less' y y rm tree/fifo
	change 'a file for a fifo' y y sh -c 'rm tree/fifo && touch tree/fifo'
	if [ -n "$root" ]; then
		change 'another device' y y sh -c 'rm tree/node && mknod tree/node c 1 5'
		change 'another kind of device' y y sh -c 'rm tree/node && mknod tree/node b 1 3'
		change 'an owner' '' '' chown 12:34 tree/one
	else
		skip 'devices and owners' 'it takes root'
	fi
	change 'content in .git' '' '' sh -c 'echo other >tree/.git/HEAD && echo more >tree/.git/more'
	change '.git deeper' '' '' sh -c 'echo other >tree/dir/.git/config'
	change 'no .git' '' '' rm -r tree/.git tree/dir/.git
	change '.git as a file' '' '' sh -c 'rm -r tree/.git && echo "gitdir: y" >tree/.git'
	change 'a new .git' '' '' mkdir tree/dir/sub/.git
	change 'a name like it' y y touch tree/.gitignore
	change 'content behind a link out of the tree' '' y sh -c 'echo other >beside/file'
	change 'behind one to a directory' '' y sh -c 'echo other >beside/dir/file'
	change 'a file more there' '' y touch beside/dir/new
	change 'what no link leads to' '' '' touch beside/new
	change 'nothing behind a link' '' y rm beside/file
	change 'a name with a line break' y y touch "tree/a${newline}b"
	change 'an odd name' y y mv tree/one "tree/a \$(b)'\"\\c"
	change 'a blank less' y y mv 'tree/ blank ' 'tree/ blank'
}

all

# The device table: what it takes from elsewhere.
fresh
echo odd >"tree/a${newline}b"
cat >table <<END
file /one \${TOP}/tree/one 0644 0 0
file "/two" "\${TOP}/tree/a\\nb" 0644 0 0
tree /dir \${TOP}/tree/dir
include \${TOP}/tree/more
nod /dev/null 0666 0 0 c 1 3
END
# shellcheck disable=SC2016 # mkinitramfs replaces it
echo 'file /run ${TOP}/tree/run 0755 0 0' >tree/more
sed 's/\\n/\n/' >want <<END
$SCRATCH/tree/one
$SCRATCH/tree/a\nb
$SCRATCH/tree/dir
$SCRATCH/tree/more
$SCRATCH/tree/run
END
tables() {
	env TOP="$SCRATCH" "$TOOLBIN/mkinitramfs" --table-reads table >reads || echo failed
	"$TOOLBIN/inputs" digest -o digests.mk --index index --tables reads || echo failed
	cat digests.mk
}
before=$(tables)
is 'what a table reads' "$(tr '\0' '\n' <reads)" "$(cat want)"
for change in 'echo 1 >tree/one' "echo 1 >'tree/a
b'" 'echo 1 >tree/dir/two' 'echo "# comment" >>tree/more' 'echo 1 >>tree/run' 'rm tree/one'; do
	eval "$change"
	now=$(tables)
	is "the table brings something else after: $(echo "$change" | tr '\n' ' ')" "$([ "$now" = "$before" ] || echo y)" y
	before=$now
done
echo 1 >tree/fresh
is 'and nothing else after a change elsewhere' "$(tables)" "$before"
echo 'include table' >>table
is 'a table that includes itself ends' "$(tables)" "$before"
done_testing
