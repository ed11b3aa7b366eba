#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# step: what scripts get, which of them run and from what state, what is left when they fail.
# shellcheck disable=SC2016 # scripts are full of variables of their own
set -u
# shellcheck source=support/tests/tap.sh
. support/tests/tap.sh

unset MAKEFLAGS MAKELEVEL
cd "$SCRATCH" || exit 1
P=b/p

# step ARGUMENT...: the runner for package p, in b/.
step() {
	"$TOOLBIN/step" --name p --title 'p 1.0' --dir $P --clock b/.clock "$@"
}

# script STEP [PACKAGE]: the script, with a header as make writes it, body from standard input.
script() {
	mkdir -p "b/${2:-p}"
	{
		printf '#!/bin/sh\nset -eu\nexport PATH=/usr/bin:/bin\ncd "$BUILD"\n\n'
		cat
	} >"b/${2:-p}/$1.sh"
}

# build ARGUMENT...: its three steps, the usual call.
build() {
	step "$@" --stamp $P/stamp configure build install
}

# ran: the steps of the last ok or fails, on one line.
ran() {
	sed -n 's/^  \([A-Z]*\) .*/\1/p' .tap.out | paste -s -d ' ' -
}

# plain: scripts that leave traces in build/ and image/.
plain() {
	rm -rf $P
	script configure <<-'END'
		echo configured >>trace
	END
	script build <<-'END'
		echo built >>trace
	END
	script install <<-'END'
		mkdir -p "$IMAGE/target/etc" "$IMAGE/sysroot/usr/include"
		cp trace "$IMAGE/target/etc/trace"
		ln -s trace "$IMAGE/target/etc/link"
		echo header >"$IMAGE/sysroot/usr/include/p.h"
	END
}

# inode FILE: changes whenever the file is written anew.
inode() {
	stat -c %i "$1"
}

# ---- command line ----
ok "--help" step --help
said "--help says what it is for" '^Runs DIR/STEP.sh for each STEP'
fails 2 "a step is needed" step
said "and it says so" 'a step are needed'
fails 2 "an unknown option" step --bogus x build
fails 2 "an option without its value" step build --from
fails 2 "a number that is none" step --verbose yes build
said "names it" "--verbose takes a number from -1 to 99, not 'yes'"
fails 2 "half a number" step --lines 10k build
said "names it, too" "--lines takes a number from 0 to [0-9]*, not '10k'"
fails 2 "a size of the store that is too large" step --store-limit 9223372036854775807 build
said "names that as well" "--store-limit takes a number from 0 to 8796093022207, not '9223372036854775807'"
fails 2 "a number that is none, of a survey" "$TOOLBIN/step" --explain list --verbose 1x
said "names the option" "--verbose takes a number from 0 to 99, not '1x'"
fails 2 "a pair without =" step --dep zlib build
said "names it" "dep wants NAME=VALUE, not 'zlib'"
fails 2 "a step that there is not" step compile
said "names it" "unknown step 'compile'"
fails 2 "--from a step that there is not" step --from biuld build

# ---- what runs ----
plain
ok "the first run" build
is "does all steps" "$(ran)" "CONFIGURE BUILD INSTALL"
said "with a line of title and duration" '^  BUILD     p 1.0   *[0-9]*\.[0-9] s$'
is "in build/" "$(cat $P/image/target/etc/trace)" "configured
built"
is "the stamp has a tick of the build's clock" "$(stat -c %Y $P/stamp)" "$(cat b/.clock)"
is "the manifest" "$(cat $P/manifest)" "040755 - target/etc
120777 trace target/etc/link
100644 $(sha256sum <$P/image/target/etc/trace | cut -c 1-64) target/etc/trace
040755 - sysroot/usr
040755 - sysroot/usr/include
100644 $(echo header | sha256sum | cut -c 1-64) sysroot/usr/include/p.h"
is "digest.images is that of nothing" "$(cat $P/digest.images)" "$(sha256sum </dev/null | cut -c 1-64)"
is "digest.target is that of its lines" "$(cat $P/digest.target)" "$(sed -n '/ target/p' $P/manifest | sha256sum | cut -c 1-64)"
ok "nothing is left running" test ! -e $P/running
before=$(stat -c %Y $P/stamp)
ok "a second run" build
is "does nothing" "$(cat .tap.out)" ""
is "but date the stamp anew" "$(stat -c %Y $P/stamp)" $((before + 1))
touch -d 2040-01-01 $P/*.sh
ok "newer scripts with the same text" build
is "do nothing" "$(ran)" ""

target=$(inode $P/digest.target) sysroot=$(inode $P/digest.sysroot)
echo 'echo more >"$IMAGE/target/more"' >>$P/install.sh
ok "a changed install.sh" build --verbose 2
is "is installed again, only" "$(sed -n 's/^  why *//p' .tap.out)" \
	"p: install, because 'echo more >\"\$IMAGE/target/more\"' was not there before"
is "build/ is as it was" "$(cat $P/build/trace)" "configured
built"
ok "the target's digest is written" test "$(inode $P/digest.target)" != "$target"
is "the sysroot's is left alone" "$(inode $P/digest.sysroot)" "$sysroot"
sed -i '$d' $P/install.sh
ok "and back" build
ok "what is not brought any more is gone" test ! -e $P/image/target/more
echo '# changed' >>$P/build.sh
ok "a changed build.sh" build
is "is built from an empty directory" "$(ran) $(paste -s -d ' ' $P/build/trace)" "CONFIGURE BUILD INSTALL configured built"
ok "--from build" build --from build
is "goes on in the directory there is" "$(ran) $(paste -s -d ' ' $P/build/trace)" "BUILD INSTALL configured built built"

# A configure of its own leaves nothing that follows taken for done.
echo 'echo option >>trace' >>$P/configure.sh
ok "configure alone" step configure
is "does just that" "$(ran)" "CONFIGURE"
ok "the next run" build
is "takes nothing that followed for done" "$(ran)" "CONFIGURE BUILD INSTALL"
is "from what was configured" "$(paste -s -d ' ' $P/image/target/etc/trace)" "configured option built"

# A run that was asked for and fails is not forgotten, though no script changed.
echo 'test ! -e "$FAIL"' >>$P/build.sh
ok "built" build --env FAIL=@fail
touch fail
fails 1 "a rebuild that fails" build --env FAIL=@fail --from build
ok "leaves no stamp" test ! -e $P/stamp
rm fail

# ---- --keep-edited ----
plain
sed -i 's/^\(cd .*\)$/\1\n\n# sources 1/' $P/build.sh
ok "--keep-edited" build --keep-edited
sed -i 's/^# sources .*/# sources 2/' $P/build.sh
ok "edited sources" build --keep-edited
is "are built in the directory there is" "$(ran) $(paste -s -d ' ' $P/build/trace)" "BUILD INSTALL configured built built"
echo false >>$P/build.sh
fails 1 "another build script" build --keep-edited
is "means an empty directory" "$(ran) $(paste -s -d ' ' $P/build/trace)" "CONFIGURE configured built"
sed -i 's/^# sources .*/# sources 3/' $P/build.sh
fails 1 "edited sources after a build that failed" build --keep-edited
is "are built where that stopped" "$(ran)$(paste -s -d ' ' $P/build/trace)" "configured built built"
sed -i '$d' $P/build.sh
ok "the build script as it was" build --keep-edited
is "means an empty directory, too" "$(ran) $(paste -s -d ' ' $P/build/trace)" "CONFIGURE BUILD INSTALL configured built"
echo '# option' >>$P/configure.sh
ok "a changed configuration" build --keep-edited
is "as well" "$(ran) $(paste -s -d ' ' $P/build/trace)" "CONFIGURE BUILD INSTALL configured built"

# ---- --keep-build ----
plain
ok "--keep-build" build --keep-build
echo '# option' >>$P/configure.sh
ok "a changed configuration" build --keep-build
is "is built in the directory there is" "$(ran) $(paste -s -d ' ' $P/build/trace)" \
	"CONFIGURE BUILD INSTALL configured built configured built"
echo '# another' >>$P/configure.sh
ok "configure alone" step --keep-build configure
ok "the next run" build --keep-build
is "does just what follows" "$(ran) $(paste -s -d ' ' $P/build/trace)" \
	"BUILD INSTALL configured built configured built configured built"
echo '# command' >>$P/build.sh
ok "a changed build" build --keep-build
is "builds, there too" "$(ran) $(tail -n 2 $P/build/trace | paste -s -d ' ' -)" "BUILD INSTALL built built"
for file in configure build install; do sed -i 's|^export|export LANG=C |' $P/$file.sh; done
ok "a changed header" build --keep-build
is "means an empty directory" "$(ran) $(paste -s -d ' ' $P/build/trace)" "CONFIGURE BUILD INSTALL configured built"
echo false >>$P/build.sh
fails 1 "a failed step" build --keep-build
sed -i '$d' $P/build.sh
ok "is done again" build --keep-build
is "where it stopped" "$(ran) $(paste -s -d ' ' $P/build/trace)" "BUILD INSTALL configured built built built"
echo unpack >$P/running
ok "after a killed run" build --keep-build
is "the directory is empty again" "$(paste -s -d ' ' $P/build/trace)" "configured built"
mkdir b/src
echo 'mkdir "$SRC"' >b/src/unpack.sh
ok "sources of another script" build --keep-build --source src=b/src
is "mean an empty directory" "$(ran) $(paste -s -d ' ' $P/build/trace)" "UNPACK CONFIGURE BUILD INSTALL configured built"
echo 'kill -9 $$' >>$P/build.sh
fails 137 "a script that is killed" build --keep-build
sed -i '$d' $P/build.sh
ok "is not gone on with" build --keep-build
is "but from an empty directory" "$(paste -s -d ' ' $P/build/trace)" "configured built"

# ---- --keep-build, and dates that lie ----
plain
mkdir tree
echo 1 >tree/file
ok "from a directory" build --keep-build --src tree
echo 2 >tree/file
echo "# another digest" >>$P/build.sh
ok "a file is edited" build --keep-build --src tree
is "the build goes on" "$(ran) $(paste -s -d ' ' $P/build/trace)" "BUILD INSTALL configured built built"
echo 3 >tree/file
touch -d 2001-01-01 tree/file
echo "# a third digest" >>$P/build.sh
ok "a file is replaced by an older one" build --keep-build --src tree --verbose 2
said "it says so" "because a source file was replaced by one with an older date"
is "the directory was empty" "$(ran) $(paste -s -d ' ' $P/build/trace)" "CONFIGURE BUILD INSTALL configured built"
touch -d "+1 hour" $P/done/build
echo "# option" >>$P/configure.sh
ok "the clock went back" build --keep-build --src tree --verbose 2
said "it says so" "because the clock went back since the last build"
is "the directory was empty" "$(ran) $(paste -s -d ' ' $P/build/trace)" "CONFIGURE BUILD INSTALL configured built"
echo "# option" >>$P/configure.sh
ok "and later" build --keep-build --src tree
is "the build goes on" "$(ran) $(paste -s -d ' ' $P/build/trace)" "CONFIGURE BUILD INSTALL configured built configured built"

# What inputs saw is not looked at again.
echo tree >list
saw() { "$TOOLBIN/inputs" digest -o digests.mk --index digests.index --sources list --seen seen; }
with_seen() {
	echo "# one more digest" >>"$P/build.sh"
	build --keep-build --src tree --seen seen.0 --verbose 2
}
ok "inputs looks at it" saw
is "and says where it says so" "$(sed -n 's/^SEEN_//p' digests.mk)" "tree := seen.0"
touch -d 2001-01-01 tree/file
ok "a file is replaced after it was looked at" with_seen
is "the build goes on: that is the next one's" "$(ran)" "BUILD INSTALL"
ok "it is looked at" saw
ok "the next build" with_seen
said "says so" "because a source file was replaced by one with an older date"
ok "once more" saw
ok "without a change" with_seen
is "it goes on" "$(ran)" "BUILD INSTALL"
echo out >elsewhere
touch -d 2001-01-01 elsewhere
ln -s ../elsewhere tree/link
ok "a link out of the tree" saw
ok "to an older file" with_seen
said "is seen" "because a source file was replaced by one with an older date"
sed -i '$d' seen.0
touch -d 2001-01-01 tree/file
ok "if what was seen is cut off" with_seen
said "it is looked at again" "because a source file was replaced by one with an older date"
rm tree/link seen.0

# A file that was edited while the last build compiled it: what was made then counts as old.
cat >$P/build.sh <<'END'
#!/bin/sh
set -eu
export PATH=/usr/bin:/bin
cd "$BUILD"

printf 'out: %s/file\n\tcp $< $@\n\tcat out >>all\n' "$SRC" >makefile
make
END
echo 4 >tree/file
ok "a build that goes by dates" build --keep-build --src tree
echo 5 >tree/file
touch -r $P/begun tree/file
echo "# a fifth digest" >>$P/build.sh
ok "a file was edited while it ran" build --keep-build --src tree
is "it is made again, in the directory as it is" "$(ran) $(paste -s -d ' ' $P/build/all)" "BUILD INSTALL 4 5"

# ---- unpack ----
plain
script unpack <<'END'
mkdir "$SRC"
echo source >"$SRC/file"
cp "$FILES/patch" "$SRC/patched"
END
sed -i '/^cd/d' $P/unpack.sh
echo one >fix.patch
echo "# patch $(sha256sum <fix.patch | cut -c 1-64)" >>$P/unpack.sh
ok "unpack" step --source p=$P --source-file patch=fix.patch unpack
is "into src/, with its files" "$(cat $P/src/file $P/src/patched)" "source
one"
ok "unpack again" step --source p=$P --source-file patch=fix.patch unpack
is "has nothing to do" "$(ran)" ""
ok "built" build --source p=$P --source-file patch=fix.patch
echo false >>$P/unpack.sh
echo junk >$P/src/junk
fails 1 "unpack that fails" build --source p=$P --source-file patch=fix.patch
ok "leaves no record" test ! -e $P/done/unpack
sed -i '$d' $P/unpack.sh
ok "a build" build --source p=$P --source-file patch=fix.patch
is "with the script that it was had nothing to do" "$(ran)" ""
echo '#' >>$P/unpack.sh
ok "a build with another" build --source p=$P --source-file patch=fix.patch
is "unpacks and begins anew" "$(ran)" "UNPACK CONFIGURE BUILD INSTALL"
ok "begins with no src/" test ! -e $P/src/junk
echo '##' >>$P/unpack.sh
echo two >fix.patch
fails 1 "a file that is not what a script was written for" build --source p=$P --source-file patch=fix.patch
said "is named" 'fix.patch changed while make was at work'

# ---- what a script gets ----
plain
script build <<'END'
env >environment
{ cat; echo "stdin has ended"; } >stdin
for fd in 3 4 5 6 7 8; do [ ! -e "/proc/$$/fd/$fd" ] || echo "$fd"; done >open
echo "to the log"
echo "to standard error" >&2
echo "to the person" >&9
echo half-way | grep -o half >&9
END
mkdir -p top
ok "a script" env LD_PRELOAD= CC=evil HOME=/evil MAKEFLAGS='k -j3 --jobserver-auth=3,4 V=1 -- X=2' \
	"$TOOLBIN/step" --name p --dir $P --clock b/.clock --env TOP=@top --env WORD='two words' \
	configure build install
is "has an environment of its own" "$(sed '/^_=/d; /^OLDPWD=/d; /^SHLVL=/d' $P/build/environment | LC_ALL=C sort)" \
	"BUILD=$SCRATCH/$P/build
FILES=$SCRATCH/$P/files
GIT_CEILING_DIRECTORIES=$SCRATCH/$P:$SCRATCH/$P
HOST=$SCRATCH/$P/host
IMAGE=$SCRATCH/$P/image
JOBS=3
MAKEFLAGS= -j3 --jobserver-auth=3,4
PATH=/usr/bin:/bin
PWD=$SCRATCH/$P/build
SRC=$SCRATCH/$P/src
SYSROOT=$SCRATCH/$P/sysroot
TOP=$SCRATCH/top
WORD=two words"
is "its input is empty" "$(cat $P/build/stdin)" "stdin has ended"
is "its output is in the log" "$(cat $P/build.log)" "to the log
to standard error"
is "the person has the lines, and what was said on descriptor 9" "$(sed 's/  *p  *[0-9.]* s$//' .tap.out)" \
	"  CONFIGURE
to the person
half
  BUILD
  INSTALL"
ok "no jobs" env MAKEFLAGS= "$TOOLBIN/step" --name p --dir $P --clock b/.clock --sandbox off --from build \
	configure build install 3<&- 4<&- 5<&- 6<&- 7<&- 8<&-
is "no descriptor of the runner is left open" "$(cat $P/build/open)" ""
is "is one job" "$(sed -n '/^JOBS=\|^MAKEFLAGS=/p' $P/build/environment | LC_ALL=C sort)" "JOBS=1
MAKEFLAGS="
ok "--verbose 1" build --verbose 1 --from build
said "shows output" '^to the log$'
said "and commands" '^+ echo to the log$'
ok "it is in the log all the same" grep -q '^to the log$' $P/build.log

# Whatever descriptors the caller has open.
bad=
for last in 3 4 5 6 7 8 9; do
	n=3
	open=
	while [ "$n" -le "$last" ]; do
		open="$open $n</dev/null"
		n=$((n + 1))
	done
	(eval "exec $open" && build --from build) >out 2>&1
	grep -q '^to the person$' out || bad="$bad $last:9"
	grep -q '^to the log$' out && bad="$bad $last:out"
	grep -q '^to the log$' $P/build.log || bad="$bad $last:log"
done
is "its descriptors are right whatever the caller has open" "$bad" ""

# ---- failures ----
plain
script build <<'END'
n=1
while [ $n -le 40 ]; do echo "line $n"; n=$((n + 1)); done
printf 'a \000 byte, \033[31mred\302\233, and no end of line'
exit 3
END
fails 3 "a script that fails" build
is 'its record' "$(cat $P/failure)" '{ "step": "build", "exit": 3, "cause": "script" }'
is "its last 25 lines, its log, the step" "$(sed 1d .tap.out)" "$(seq -f 'line %g' 17 40)
a \x00 byte, \x1b[31mred\xc2\x9b, and no end of line
  (the whole log: $P/build.log)
step: p: build failed (exit 3)"
is "the log itself has all bytes" "$(tail -n 1 $P/build.log | od -An -c | tr -d ' \n')" \
	'a\0byte,033[31mred302233,andnoendofline'
ok "what came before is not done" test ! -e $P/done/configure
ok "it is not running" test ! -e $P/running
fails 3 "a second run" build
echo 'echo fine' | script build
ok 'mended' build
ok 'there is no record then' test ! -e $P/failure
# cause WANT LINE STATUS: what the record says of a script that prints LINE and ends so
cause() {
	printf "echo '%s'\nexit %s\n" "$2" "$3" | script build
	fails "$3" "$2, exit $3" build
	is "is the fault of: $1" "$(jq -r .cause $P/failure)" "$1"
}
cause machine 'as: x.o: No space left on device' 1
cause script 'No space left on device was expected' 1
cause script 'it says: No space left on device, twice' 1
cause machine 'cc1: out of it: Cannot allocate memory' 2
cause machine 'sh: flex: not found' 127
cause killed 'gcc: fatal error: Killed signal terminated program cc1' 1
cause killed 'make[2]: *** [x.o] Killed' 2
cause killed 'nothing' 143
cause script 'fatal: not a git repository' 128
cause script 'no signal' 255
echo 'exit 3' | script build
fails 3 'once more' build
is "begins anew" "$(ran)" "CONFIGURE"
for status in 129 139 255; do
	echo "echo the reason; exit $status" | script build
	fails "$status" "exit $status" build
	said "its log is shown" '^the reason$'
	said "and named" "^step: p: build failed (exit $status)\$"
done
rm $P/build.sh
fails 1 "a script that is missing" build
said "is named" "^step: p: cannot read $P/build.sh: No such file"
plain
echo 'touch "$IMAGE/target/a
b"' >>$P/install.sh
fails 1 "a file name with a line break" build
said "is refused" 'line break in it cannot be packed'
ok "and nothing is done" test ! -e $P/done/install
plain
fails 1 "a file that is missing" build --file x=nowhere
said "is named" 'cannot read nowhere: No such file'

# ---- dependencies ----
# library NAME TEXT: a package that gives a header of its name, and lib/common with TEXT.
library() {
	script configure "$1" <<-'END'
	END
	cp "b/$1/configure.sh" "b/$1/build.sh"
	script install "$1" <<-END
		mkdir -p "\$IMAGE/sysroot/include" "\$IMAGE/host/bin"
		echo $1 >"\$IMAGE/sysroot/include/$1.h"
		echo "$2" >"\$IMAGE/sysroot/include/common.h"
		echo tool >"\$IMAGE/host/bin/$1"
	END
	name=$1
	shift 2
	"$TOOLBIN/step" --name "$name" --dir "b/$name" --clock b/.clock "$@" configure build install
}
plain
echo 'ls "$SYSROOT/include" "$HOST/bin" >list' >>$P/configure.sh
ok "a library" library low same
ok "one that uses it" library high same --dep low=b/low
ok "a package that uses that" build --dep high=b/high
is "sees both, whole" "$(paste -s -d ' ' $P/build/list)" "$SCRATCH/$P/host/bin: high low  $SCRATCH/$P/sysroot/include: common.h high.h low.h"
ok "the same again" library low same
ok "changes nothing" build --dep high=b/high
is "at all" "$(ran)" ""
echo 'echo x >"$IMAGE/target/x"' >>b/low/install.sh
ok "what it does not use" library low same
ok "changes nothing" build --dep high=b/high
is "at all" "$(ran)" ""
ok "what it uses, far down" library low other
fails 1 "may conflict" build --dep high=b/high --verbose 2
said "why" 'why *p: configure, because low changed'
said "both are named" 'cannot compose sysroot of its dependencies: high and low both bring include/common.h, and they differ'
ok "no half sysroot is taken for done" test ! -e $P/done/configure
ok "made to agree" library high other --dep low=b/low
ok "all is well" build --dep high=b/high
is "and done again" "$(ran)" "CONFIGURE BUILD INSTALL"
cp -r b c
sed -i s/other/third/ c/low/install.sh c/high/install.sh
for name in low high; do
	ok "$name in a copy" "$TOOLBIN/step" --name $name --dir c/$name --clock c/.clock configure build install
done
printf 'low\n' >c/high/deps
ok "a package in a copy" "$TOOLBIN/step" --name p --dir c/p --clock c/.clock --dep high=c/high configure build install
is "uses the copy's" "$(cat c/p/sysroot/include/common.h)" third
plain
ok "one whose image counts late" build --keep-build --late-dep low=b/low
is "is no dependency of configure" "$(ls $P/sysroot; grep -c "^dep" $P/done/configure $P/done/build)" "$P/done/configure:0
$P/done/build:1"
ok "made to differ" library low fifth
ok "it is taken anew" build --keep-build --late-dep low=b/low --verbose 2
said "why" "why *p: build, because low changed"
is "from build on, where configure ended" "$(ran)" "BUILD INSTALL"
rm b/low/digest.sysroot
fails 1 "a digest that is missing" build --dep high=b/high
said "is named, and the way out" "cannot read b/low/digest.sysroot: No such file.*'make low-dirclean'"
done_testing
