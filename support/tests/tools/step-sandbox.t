#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# step: what a script cannot reach, as root and as a user, and machines that do not allow it.
# shellcheck disable=SC2016,SC2086,SC2317 # scripts are full of variables of their own; words of $as
set -u
# shellcheck source=support/tests/tap.sh
. support/tests/tap.sh

unset MAKEFLAGS MAKELEVEL http_proxy HTTP_PROXY all_proxy ALL_PROXY
${CC:-gcc} -O1 -pthread -o "$SCRATCH/httpd" support/tests/helpers/httpd.c || exit 1
${CC:-gcc} -O1 -o "$SCRATCH/without" support/tests/helpers/without.c || exit 1
cd "$SCRATCH" || exit 1
mkdir www
echo hello >www/f
sum=$(sha256sum <www/f | cut -c 1-64)
port=$(./httpd -w $$ www)
# A directory that is neither the package's nor in /tmp: what a machine is full of.
outside=$(mktemp -d /var/tmp/whittle.XXXXXX) || exit 1
trap 'rm -rf "$SCRATCH" "$outside"' EXIT
mkdir -m 777 "$outside/machine"
chmod 755 "$outside"
printf 'file f\nsha256 %s\nurl http://127.0.0.1:%s/f\n' "$sum" "$port" >list
P=b/p

# script STEP: the script, body from standard input.
script() {
	mkdir -p $P/src
	{
		printf '#!/bin/sh\nset -u\nexport PATH="$TOOLS:/usr/bin:/bin"\n'
		[ "$1" = unpack ] || echo 'cd "$BUILD"'
		cat
	} >"$P/$1.sh"
}

# step ARGUMENT...: the runner for package p, by way of $as.
as=
step() {
	$as "$TOOLBIN/step" --name p --dir $P --clock b/.clock --env TOOLS=@"$TOOLBIN" --env TOP=@"$SCRATCH" \
		--env OUTSIDE=@"$outside/machine" "$@"
}

# may: where build can write, in the sandbox of this kernel.
may='build tmp'
case $(uname -r) in
[0-4].* | 5.[0-9].* | 5.1[01].*) may='build tmp machine' ;;
esac

# fresh: the scripts leave what they saw in build/, and what they could write is there.
fresh() {
	rm -rf b "$outside/machine/"*
	script unpack <<-'END'
		mkdir "$SRC"
		echo text >"$SRC/text"
		timeout 5 fetch --retries 0 -d "$SRC/dl" "$TOP/list" >"$SRC/fetched" 2>&1
		ls "$SRC/dl" >"$SRC/dl.list"
		cat /proc/net/dev >"$SRC/dev"
		touch "$FILES/by-unpack" || :
		echo x >"$OUTSIDE/by-unpack" || :
	END
	echo : | script configure
	script build <<-'END'
		id -u >id
		timeout 5 fetch --retries 0 -d dl "$TOP/list" >fetched 2>&1
		cat /proc/net/dev >dev
		cat "$SRC/text" >text
		mkdir www && cp text www/ && port=$("$TOP/httpd" -t 5 -w $$ www) &&
			printf 'file own\nsha256 %s\nurl http://127.0.0.1:%s/text\n' "$(sha256sum <text | cut -c 1-64)" "$port" >list &&
			timeout 5 fetch --retries 0 -d . list
		for dir in "$SRC" "$SYSROOT" "$HOST" "$FILES" "$BUILD" /tmp "$OUTSIDE"; do
			touch "$dir/by-build.$$" && rm "$dir/by-build.$$" && echo "${dir##*/}" >>writable
		done
		:
	END
	script install <<-'END'
		touch "$SRC/by-install"
		touch "$OUTSIDE/by-install"
		touch "$IMAGE/target/f"
	END
}

# all: the four steps, as make calls for them.
all() {
	step --source p=$P "$@" configure build install
}

# confined WHO: nothing got out.
confined() {
	is "$1: unpack has no network" "$(cat $P/src/dl.list)" ""
	is "$1: nor has build" "$(ls $P/build/dl)" ""
	unlike "$1: there is a loopback interface alone" "$(sed 1,2d $P/build/dev $P/src/dev)" '^ *\([^l ]\|l[^o]\).*:'
	is "$1: which works" "$(cat $P/build/own)" text
	is "$1: unpack writes to the sources" "$(cat $P/src/text)" text
	is "$1: build reads them" "$(cat $P/build/text)" text
	is "$1: and writes where it may" "$(paste -s -d ' ' $P/build/writable)" "$may"
	like "$1: the log tells of the others" "$(cat $P/build.log)" "/$P/src/by-build.*Read-only file system"
	like "$1: so it is for install" "$(cat $P/install.log)" "/$P/src/by-install.*Read-only file system"
	like "$1: patches are read-only for unpack" "$(cat $P/unpack.log)" 'patches/by-unpack.*Read-only file system'
	[ "$may" != 'build tmp' ] || is "$1: nothing was written outside" "$(ls "$outside/machine")" ''
}

# open WHO: all is as if there were no sandbox.
open() {
	is "$1: there is a network" "$(cat $P/src/dl.list $P/build/dl/f)" "f
hello"
	is "$1: sources can be written to" "$(paste -s -d ' ' $P/build/writable)" "src sysroot host files build tmp machine"
}

# allows COMMAND...: a process under it can have what the sandbox needs.
allows() {
	"$@" unshare -n true 2>/dev/null || "$@" unshare -Un true 2>/dev/null
}

# ---- as whoever we are ----
fresh
if allows env; then
	ok 'a package' all
	confined 'we ourselves'
	is 'we ourselves: who we are' "$(cat $P/build/id)" "$(id -u)"
	is 'nothing is said' "$(grep -v '^  [A-Z]* *p ' .tap.out)" ''
	fails 1 'nothing is mounted here' grep -q "$SCRATCH" /proc/self/mountinfo
	fresh
	ok 'with the network and one more directory' all --network --writable "$outside/machine"
	is 'build has the network' "$(cat $P/build/dl/f 2>/dev/null)" hello
	is 'unpack has none' "$(cat $P/src/dl.list)" ''
	is 'build writes there, too' "$(paste -s -d ' ' $P/build/writable)" 'build tmp machine'
	is 'and to nothing else' "$(find "$P/src" -name 'by-*')" ''
	fails 2 'an option without its value' step --source p=$P configure --writable

	mkdir -p tree
	echo text >tree/text
	ok "a person's own tree" step --src tree --from configure configure build install
	like 'is not written to' "$(cat $P/build.log)" 'tree/by-build.*Read-only file system'
	is 'at all' "$(ls tree)" text
	mkdir -p tree/out
	cp -r $P tree/out/p
	P=tree/out/p
	ok 'a build inside that tree' step --src tree --from configure configure build install
	like 'cannot write to the tree' "$(cat $P/build.log)" 'tree/by-build.*Read-only file system'
	is 'but to itself' "$(paste -s -d ' ' $P/build/writable)" "$may"
	P=b/p

	# ---- a kernel that cannot make a machine read-only ----
	was=$may may='build tmp machine'
	for number in 428 429 442; do
		fresh
		as="./without $number"
		ok "no system call $number" all
		confined "no system call $number"
		is "no system call $number: nothing is said" "$(grep -v '^  [A-Z]* *p ' .tap.out)" ''
	done
	P=tree/out/p
	ok 'a build inside the tree of its sources, there' step --src tree --from configure configure build install
	is 'writes to itself' "$(paste -s -d ' ' $P/build/writable)" "$may"
	P=b/p as='' may=$was

	# ---- what a person is told ----
	fresh
	echo 'install -D text /usr/lib/hello/text' | script install
	if [ "$may" = 'build tmp' ]; then
		fails 1 'an install that goes to the machine' all
		said 'is told where it went and what to do' '^step: p: install writes to /usr/lib/hello of this machine: does its makefile know DESTDIR? P_INSTALL can say what to copy to \$IMAGE'
		unlike 'and nothing of sources' "$(cat .tap.out)" 'may not write to'
		fails 1 'nothing is there' test -e /usr/lib/hello
		echo 'touch "$SRC/a" "$SYSROOT/b" "$OUTSIDE/c" "$OUTSIDE/d"' | script build
		fails 1 'a build that writes everywhere' all
		said 'is told of its sources' '^step: p: build may not write to \$SRC, \$SYSROOT'
		said 'and of the machine' "^step: p: build writes to $outside/machine/c of this machine: it may write to \\\$BUILD and to /tmp"
		is 'once each' "$(grep -c '^step: p: build \(may\|writes\) ' .tap.out)" 2
		echo 'cd /usr && touch a' | script build
		fails 1 'a name without a place' all
		said 'is told of the sources' '^step: p: build may not write to \$SRC, \$SYSROOT'
	else
		skip 'a machine that is read-only' 'needs Linux 5.12'
	fi
else
	ok 'a package, on a machine that allows no sandbox' all
	skip 'the sandbox' 'this machine allows no namespaces'
fi

# ---- off ----
fresh
ok 'without' all --sandbox off
open off
fails 2 'neither auto nor off' step --sandbox maybe build
said 'is refused' "sandbox is auto or off, not 'maybe'"

# ---- as a user ----
cat >user <<'END'
#!/bin/sh
exec setpriv --reuid 65534 --regid 65534 --clear-groups "$@"
END
chmod 755 user .
if [ "$(id -u)" != 0 ]; then
	: # we are one
elif allows ./user && ./user test -x "$TOOLBIN/step"; then
	fresh
	chown -R 65534:65534 b
	as=./user
	ok 'a user' all
	confined 'a user'
	is 'a user: who it is' "$(cat $P/build/id)" 65534
	is 'a user: files are its own' "$(stat -c %u:%g $P/build/text)" 65534:65534
	as=
else
	skip 'a user' 'needs setpriv, user namespaces, and tools that user 65534 can run'
fi

# ---- machines that do not allow it ----
# barred SWITCH...: run what follows -- where these limits of namespaces are 0, as user $as.
cat >barred <<'END'
#!/bin/sh
exec unshare -U --map-current-user --keep-caps sh -c '
while [ "$1" != -- ]; do
	echo 0 >/proc/sys/user/$1 || exit 99
	shift
done
shift
exec "$@"' sh "$@"
END
# Capabilities are of no use to somebody else than root: the runner makes a user namespace.
chmod 755 barred
if [ "$(id -u)" = 0 ]; then
	drop='./user ./barred'
else
	drop=./barred
fi
if $drop max_user_namespaces -- "$TOOLBIN/step" --help >/dev/null 2>&1; then
	fresh
	[ "$(id -u)" != 0 ] || chown -R 65534:65534 b
	as="$drop max_user_namespaces --"
	ok 'no user namespaces' all
	said 'it is said' '^step: steps can reach the network and write to their sources here: cannot make a user namespace: .*: /proc/sys/user/max_user_namespaces is 0; see docs/step.md$'
	is 'once' "$(grep -c '^step:' .tap.out)" 1
	open 'no user namespaces'
	ok 'another time' all
	unlike 'it is not said again' "$(cat .tap.out)" '^step:'
	as="$drop max_net_namespaces --"
	ok 'no network namespaces' step --from configure configure build install
	said 'that is another reason' '^step: steps can reach the network here: cannot make a network namespace: .*max_net_namespaces is 0'
	is 'there is a network then' "$(cat $P/build/dl/f)" hello
	is 'sources are read-only' "$(paste -s -d ' ' $P/build/writable)" "$may"
	as="$drop max_mnt_namespaces --"
	ok 'no mount namespaces' step --from configure configure build install
	said 'that is said' '^step: steps can write to their sources here: cannot make a mount namespace: No space'
	is 'there is no network' "$(ls $P/build/dl)" ''
	like 'sources can be written to' "$(paste -s -d ' ' $P/build/writable)" '^src sysroot host files'
	is 'what was said is kept' "$(wc -l <b/.sandbox)" 3
	as="$drop max_user_namespaces --"
	fresh
	[ "$(id -u)" != 0 ] || chown -R 65534:65534 b
	ok 'one that does not want it' all --sandbox off
	unlike 'is not told' "$(cat .tap.out)" '^step:'
	as=
else
	skip 'machines that do not allow it' 'needs unshare --keep-caps, and user namespaces'
fi

# A container's root has no power over namespaces.
cat >container <<'END'
#!/bin/sh
exec setpriv --bounding-set -all --inh-caps -all "$@"
END
chmod 755 container
if [ "$(id -u)" = 0 ] && ./container true 2>/dev/null; then
	fresh
	as=./container
	ok "a container's root" all
	is 'it is said' "$(grep '^step:' .tap.out)" \
		'step: steps can reach the network here: cannot make a network namespace: Operation not permitted, as in many containers; see docs/step.md
step: steps can write to their sources here: cannot make a mount namespace: Operation not permitted, as in many containers; see docs/step.md'
	open "a container's root"
	as=
else
	skip "a container's root" 'needs root and setpriv'
fi
done_testing
