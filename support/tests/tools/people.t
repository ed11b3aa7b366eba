#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# doctor, bisect, matrix: what they say when they cannot begin; and bisect with a make that only
# pretends.
# shellcheck disable=SC2016 # text for other shells stands in single quotes
set -u
# shellcheck source=support/tests/tap.sh
. support/tests/tap.sh

unset MAKEFLAGS MAKELEVEL LINUX_DIR GOOD BAD RUN KERNELS
export O="$SCRATCH/out"
mkdir -p "$O"

for script in doctor bisect matrix; do
	ok "$script --help" "scripts/$script" --help
	said "$script --help gives the usage" '^usage: '
done

ok 'doctor' scripts/doctor -o "$SCRATCH/none/yet" -c "$SCRATCH/cache"
said 'doctor: programs' '^  ok  *programs and headers'
said 'doctor: disk' '^  ok  *disk: [0-9]* MiB free for the build'
unlike 'doctor: nothing is in the way here' "$(cat "$SCRATCH/.tap.out")" PROBLEM
fails 2 'doctor with an unknown option' scripts/doctor --cure
mkdir "$SCRATCH/bin"
printf '#!/bin/sh\necho "Filesystem 1024-blocks Used Available Capacity Mounted"; echo "x 9 9 2048 9%% /"\n' >"$SCRATCH/bin/df"
chmod 755 "$SCRATCH/bin/df"
fails 1 'doctor without space' env PATH="$SCRATCH/bin:$PATH" scripts/doctor -o "$SCRATCH/none/yet" -c "$SCRATCH/cache"
said 'doctor: how much is wanted' '^  PROBLEM  disk: 2 MiB free for the build .*, 4000 are needed'
said 'doctor: and what to do' '^  *-> choose another directory with O=DIR'

# A guest, with a script in runqemu's place that knows some accelerators and ways to share.
images=$SCRATCH/made/images
mkdir -p "$images"
: >"$images/vmlinux"
cat >"$SCRATCH/bin/runqemu" <<'END'
#!/bin/sh
[ -z "${SAW-}" ] || { printf '%s|' "$@" && echo; } >>"$SAW"
case " $GOOD " in *" $2 "*) ;; *) echo 'first'; echo 'runqemu: it went wrong' >&2; exit 125 ;; esac
case "$*" in *--share*) [ -n "$WAY" ] || { echo 'runqemu: no way' >&2; exit 125; }; echo "$WAY" ;; esac
END
chmod 755 "$SCRATCH/bin/runqemu"
ln -s "$TOOLBIN/kmerge" "$SCRATCH/bin/kmerge"
rm "$SCRATCH/bin/df"
# doctor GOOD WAY: with a runqemu for which those accelerators work and directories go that way
doctor() {
	GOOD=$1 WAY=$2 scripts/doctor -o "$SCRATCH/made" -t "$SCRATCH/bin" -c "$SCRATCH/cache"
}
ok 'doctor with a guest that runs' doctor 'kvm tcg' virtiofs
said 'doctor: it does' '^  ok  *a guest runs (\(kvm\|tcg\))'
said 'doctor: a directory' '^  ok  *shared directories: a guest has one by virtiofs'
ok 'doctor without KVM' doctor tcg 9p
said 'doctor: it runs all the same' '^  ok  *a guest runs (tcg)'
said 'doctor: by 9p' 'a guest has one by 9p'
said 'doctor: what would be quicker' '-> install virtiofsd'
fails 1 'doctor without a guest' doctor '' 9p
said 'doctor: why' '^  PROBLEM  a guest does not run: runqemu: it went wrong'
# It is the guest that the configuration has.
cat >"$SCRATCH/made/.config" <<'END'
CONFIG_QEMU_MEMORY=512
CONFIG_QEMU_CPUS=2
CONFIG_QEMU_ACCEL="tcg"
CONFIG_QEMU_MACHINE="q35"
CONFIG_QEMU_APPEND="a=\"b c\" d"
CONFIG_QEMU_ARGS="-device *"
END
export SAW="$SCRATCH/saw"
ok 'doctor with a configuration' doctor 'kvm tcg' 9p
is 'doctor: what qemu-run would pass' "$(head -n 1 "$SAW")" "--accel|tcg|--arch|x86_64|--images|$images|--guest-init|--memory|512|--cpus|2|\
--machine|q35|--append|a=\"b c\" d|--qemu-arg|-device|--qemu-arg|*|--|true|"
said 'doctor: its accelerator' '^  ok  *a guest runs (tcg)'
unset SAW
if [ -w /dev/kvm ]; then
	echo 'CONFIG_QEMU_ACCEL="kvm"' >"$SCRATCH/made/.config"
	fails 1 'doctor: KVM alone is wanted, and does not work' doctor tcg 9p
	said 'doctor: that is in the way' '^  PROBLEM  KVM: .* does not run under it; the configuration requires'
	ok 'doctor: it does work' doctor kvm 9p
else
	skip 'doctor: KVM alone is wanted' 'there is no /dev/kvm for us'
fi

# A compiler that is there, and makes programs of this machine.
printf '%s\n' 'CONFIG_ARCH="s390x"' 'CONFIG_TOOLCHAIN_CC="gcc"' >"$SCRATCH/made/.config"
fails 1 'doctor: the compiler is for another architecture' doctor tcg 9p
said 'doctor: which one, and what to do' '^  PROBLEM  the C compiler gcc makes programs for .*, but the board.s architecture is s390x: choose a compiler'

# Directories are those of the configuration.
mkdir "$SCRATCH/full" "$SCRATCH/roomy"
cat >"$SCRATCH/bin/df" <<'END'
#!/bin/sh
case $2 in */full) free=2048 ;; *) free=99999999 ;; esac
echo "Filesystem 1024-blocks Used Available Capacity Mounted"; echo "x 9 9 $free 9% /"
END
chmod 755 "$SCRATCH/bin/df"
# space LINE...: doctor with such a configuration, and a default cache without space
space() {
	printf '%s\n' "$@" >"$SCRATCH/made/.config"
	env PATH="$SCRATCH/bin:$PATH" XDG_CACHE_HOME="$SCRATCH/full" GOOD=tcg WAY=9p scripts/doctor -o "$SCRATCH/made" -t "$SCRATCH/bin"
}
fails 1 'doctor: the default cache is full' space 'CONFIG_CACHE_DIR=""' 'CONFIG_DL_DIR=""'
said 'doctor: which' "^  PROBLEM  disk: 2 MiB free for downloads and built packages ($SCRATCH/full)"
ok 'doctor: another one' space "CONFIG_CACHE_DIR=\"$SCRATCH/roomy\""
said 'doctor: is what is looked at' "^  ok  *disk: .* for downloads and built packages ($SCRATCH/roomy)"
fails 1 'doctor: downloads elsewhere' space "CONFIG_CACHE_DIR=\"$SCRATCH/roomy\"" "CONFIG_DL_DIR=\"$SCRATCH/full/dl\""
said 'doctor: where it is full' "^  PROBLEM  disk: 2 MiB free for downloads ($SCRATCH/full)"
said 'doctor: and where not' "^  ok  *disk: .* for built packages ($SCRATCH/roomy)"
fails 1 'doctor: downloads alone elsewhere' space "CONFIG_DL_DIR=\"$SCRATCH/roomy\""
ok 'doctor: nothing else is kept' space "CONFIG_DL_DIR=\"$SCRATCH/roomy\"" '# CONFIG_CACHE is not set'
rm "$SCRATCH/bin/df" "$SCRATCH/made/.config"

# Other programs, and machines with little memory.
# fake NAME: a program that the doctor finds, from standard input
fake() {
	{ echo '#!/bin/sh' && cat; } >"$SCRATCH/bin/$1"
	chmod 755 "$SCRATCH/bin/$1"
}
# here: doctor before there is a kernel, with what is in bin/
here() {
	env PATH="$SCRATCH/bin:$PATH" scripts/doctor -o "$SCRATCH/none/yet" -c "$SCRATCH/cache"
}
echo 'case "$*" in *-batch*python*) echo 42 ;; esac' | fake gdb
echo : | fake tmux
ok 'doctor with gdb and tmux' here
said 'doctor: gdb' '^  ok  *gdb, with Python'
said 'doctor: tmux' '^  ok  *tmux: '
echo 'echo "Python scripting is not supported in this copy of GDB." >&2' | fake gdb
ok 'doctor with a gdb without Python' here
said 'doctor: it says so' '^  note  *this gdb has no Python'
said 'doctor: what to install' '-> install the full gdb'
rm "$SCRATCH/bin/gdb" "$SCRATCH/bin/tmux"
# awk_says COMMAND: awk runs that where it is asked for the memory
real=$(command -v awk)
awk_says() { echo "case \"\$*\" in */proc/meminfo) $1 ;; *) exec '$real' \"\$@\" ;; esac" | fake awk; }
awk_says 'echo 1999'
fails 1 'doctor without memory' here
said 'doctor: how much is wanted' '^  PROBLEM  memory: 1999 MiB; .* needs 2000'
said 'doctor: and what to do' '-> add swap, or disable debug information'
awk_says 'echo 2000'
ok 'doctor with enough' here
said 'doctor: it is' '^  ok  *memory: 2000 MiB'
rm "$SCRATCH/bin/awk"
# All programs of this machine but some.
mkdir "$SCRATCH/few"
for dir in $(echo "$PATH" | tr : ' '); do ln -s "$dir"/* "$SCRATCH/few" 2>/dev/null; done
rm -f "$SCRATCH/few/gdb" "$SCRATCH/few/tmux"
few() { env PATH="$SCRATCH/few" scripts/doctor -o "$SCRATCH/none/yet" -c "$SCRATCH/cache"; }
ok 'doctor without gdb and tmux' few
said 'doctor: no gdb' "^  note  *no gdb: 'make debug' does not work"
said 'doctor: who has it' '-> scripts/bootstrap O=.*/yet debug installs it'
said 'doctor: no tmux' "^  note  *no tmux: 'make debug' needs two terminals"
rm "$SCRATCH/few/flex"
fails 1 'doctor without what a build takes' few
said 'doctor: it says so' '^  PROBLEM  programs or headers are missing'

# Another architecture.
mkdir -p "$SCRATCH/foreign/images" "$SCRATCH/ext/arch"
: >"$SCRATCH/foreign/images/Image"
ln -s true "$SCRATCH/few/qemu-one"
ln -s "$(command -v flex)" "$SCRATCH/few/flex"
cat >"$SCRATCH/ext/arch/one.arch" <<'END'
arch.title = One
arch.cross = one-
arch.host = one
arch.image = arch/one/boot/Image
arch.qemu = qemu-one
arch.machines = big small
machine.big.bus = pci
machine.small.bus = ccw
packages.apt = gcc-one qemu-all
END
echo "$SCRATCH/ext" >"$SCRATCH/foreign/.external"
# foreign LINE...: doctor with such a configuration
foreign() {
	{ echo 'CONFIG_ARCH="one"' && printf '%s\n' "$@"; } >"$SCRATCH/foreign/.config"
	env PATH="$SCRATCH/few" GOOD=tcg WAY=9p scripts/doctor -o "$SCRATCH/foreign" -t "$SCRATCH/bin" -c "$SCRATCH/cache"
}
fails 1 'doctor for another architecture, without its compiler' foreign '# no more'
said 'doctor: which that is' '^  PROBLEM  programs or headers are missing: .*one-gcc'
is 'doctor: how to get it, once' "$(grep -c 'one-gcc\|bootstrap.*qemu-run' "$SCRATCH/.tap.out")" 2
said 'doctor: there is no KVM for it' '^  note  *this machine (.*) has no KVM for One: guests run by emulation'
said 'doctor: its kernel is found, and runs' '^  ok  *a guest runs (tcg)'
said 'doctor: a directory' '^  ok  *shared directories: a guest has one by 9p'
ok 'doctor with a compiler of its own' foreign 'CONFIG_TOOLCHAIN_CC="true"'
said 'doctor: that is looked for' '^  ok  *compiler: true, for One$'
ln -s true "$SCRATCH/few/one-gcc"
ok 'doctor with its compiler' foreign 'CONFIG_TOOLCHAIN_CC=""'
said 'doctor: it is there' '^  ok  *compiler: one-gcc, for One$'
fails 1 'doctor: KVM alone is wanted, for another architecture' foreign 'CONFIG_QEMU_ACCEL="kvm"'
said 'doctor: that cannot be' '^  PROBLEM  this machine .* has no KVM for One: .* requires KVM'
cp "$SCRATCH/ext/arch/one.arch" "$SCRATCH/one.arch"
echo "arch.kvm = $(uname -m)" >>"$SCRATCH/ext/arch/one.arch"
foreign '# no more' >"$SCRATCH/told" 2>&1
unlike 'doctor: a description may say that KVM of this machine will do' "$(cat "$SCRATCH/told")" 'has no KVM for One'
rm "$SCRATCH/foreign/images/Image" "$SCRATCH/few/qemu-one"
# qemu NAME...: QEMU has these devices
qemu() {
	{ echo '#!/bin/sh' && for name; do echo "echo 'name \"$name\", bus x'"; done; } >"$SCRATCH/few/qemu-one"
	chmod +x "$SCRATCH/few/qemu-one"
}
qemu virtio-9p-device virtio-9p-ccw
ok 'doctor: before there is a kernel' foreign '# no more'
said 'doctor: 9p on the bus of a machine' '^  ok  *shared directories: this QEMU has virtio-9p'
qemu virtio-9p-device
fails 1 'doctor: 9p on none of them' foreign '# no more'
said 'doctor: who has it' 'install one that has it (Debian: qemu-all)$'
qemu virtio-9p-pci
rm -f "$SCRATCH/few/gdb-multiarch"
ln -s true "$SCRATCH/few/gdb-multiarch"
ok 'doctor: the debugger of other architectures' foreign '# no more'
said 'doctor: is looked at' '^  note  *this gdb has no Python'
echo 'CONFIG_ARCH="none"' >"$SCRATCH/foreign/.config"
fails 1 'doctor: an architecture that nobody described' scripts/doctor -o "$SCRATCH/foreign" -t "$SCRATCH/bin"
said 'doctor: is told' '^doctor: .*/foreign/.config names no board and architecture'

fails 1 'doctor without directories' doctor 'kvm tcg' ''
said 'doctor: why not' '^  PROBLEM  shared directories: SHARE= does not work: runqemu: no way'

fails 2 'bisect without a question' scripts/bisect
is 'bisect: what it wants' "$(cat "$SCRATCH/.tap.out")" "$(printf 'bisect: %s= is missing\n' LINUX_DIR GOOD BAD RUN)
bisect: see 'make help', or 'scripts/bisect --help'"
fails 2 'bisect without half of it' env LINUX_DIR=tree GOOD=a scripts/bisect
said 'bisect: what is missing' '^bisect: BAD= is missing'
said 'bisect: and what else' '^bisect: RUN= is missing'
unlike 'bisect: what is there is not' "$(cat "$SCRATCH/.tap.out")" 'GOOD= is missing'
export LINUX_DIR="$SCRATCH/tree" GOOD=a BAD=b RUN=true
mkdir "$SCRATCH/tree"
fails 1 'bisect of what is no repository' env GIT_CEILING_DIRECTORIES="$SCRATCH" scripts/bisect
said 'bisect: it says so' "bisect: $SCRATCH/tree is not a git repository"
git -C "$SCRATCH/tree" init -q
git -C "$SCRATCH/tree" -c user.name=me -c user.email=me@example.org commit -q --allow-empty -m first
if [ "$(id -u)" = 0 ]; then
	chown -R 65534 "$SCRATCH/tree"
	fails 1 'bisect of what git refuses for its owner' env GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1 scripts/bisect
	said 'bisect: in words of git' '^    fatal: .*dubious ownership'
	said 'bisect: and of its own' "^bisect: git does not work in $SCRATCH/tree, for the reason above"
	chown -R 0 "$SCRATCH/tree"
else
	skip 'bisect of what git refuses for its owner' 'it takes root'
fi
fails 1 'bisect of a commit that is not there' scripts/bisect
said 'bisect: which' "bisect: there is no commit 'a' in"
# A history of kernels that are a word each, and in make's place a script that knows the words.
tree=$SCRATCH/tree
# shellcheck source=support/tests/history.sh
. "$TOP/support/tests/history.sh"
commit start works
commit harmless-1 works
commit harmless-2 works
commit harmless-3 works
commit does-not-compile broken # the middle of the eight from here to the-end
commit compiles-again works
commit the-bug fails
commit harmless-4 fails
commit the-end panics
commit later-1 works
commit later-2 works
cat >"$SCRATCH/bin/make" <<'END'
#!/bin/sh
for arg; do
	case $arg in LINUX_DIR=*) tree=${arg#*=} ;; JSON=*) json=${arg#*=} ;; O=*) O=${arg#*=} ;; esac
done
for goal; do :; done
kernel=$(cat "$tree/kernel" 2>/dev/null)
name=$(cat "$tree/name" 2>/dev/null)
echo "$goal${name:+ $name}" >>"$FAKE/trace"
mkdir -p "$O/build/linux"
case $goal in
rootfs)
	[ ! -e "$FAKE/no-rootfs" ] || { echo 'mkinitramfs: overlay' >&2; exit 2; }
	;;
images)
	[ "$(cat "$FAKE/slow" 2>/dev/null)" != "$name" ] || { echo $$ >"$FAKE/waits"; exec sleep 1000; }
	# failed PACKAGE STEP CAUSE: the record of the step runner
	failed() { mkdir -p "$O/build/$1" && echo "{ \"step\": \"$2\", \"exit\": 2, \"cause\": \"$3\" }" >"$O/build/$1/failure"; }
	case $(cat "$FAKE/trouble-with" 2>/dev/null) in
	"$name "*) kernel=$(cut -d ' ' -f 2 "$FAKE/trouble-with") ;;
	esac
	case $kernel in
	broken) failed linux build script ;;
	full) failed linux build machine ;;
	killed) failed linux build killed ;;
	unpack) failed linux unpack script ;;
	overlay) failed rootfs install script ;;
	both) failed linux build script; failed rootfs install script ;;
	fetch) echo 'fetch: cannot fetch' >&2; exit 2 ;;
	*) exit 0 ;;
	esac
	exit 2
	;;
qemu-run)
	case $kernel in works) exit 0 ;; fails) cause='command failed' ;; panics) cause=panic ;; esac
	echo "{ \"cause\": \"$cause\" }" >"$json"
	exit 1
	;;
esac
END
chmod 755 "$SCRATCH/bin/make"
export FAKE="$SCRATCH/fake" MAKE="$SCRATCH/bin/make" GUEST_VARIABLES="RUN TIMEOUT SHARE"
# afresh: no bisect was ever asked for
afresh() {
	rm -rf "$FAKE" "$O/bisect"
	: >"$O/.config"
	mkdir "$FAKE"
}
# tested: the kernels that were built, in order
tested() { sed -n 's/^images //p' "$FAKE/trace" | paste -s -d ' '; }

afresh
export GOOD=HEAD~10 BAD=HEAD~2
echo mine >"$O/mine"
ok 'bisect, of revisions relative to the checkout' scripts/bisect
said 'bisect: what it does' 'bisect: building it'
said 'bisect: and then' 'bisect: booting it'
is 'bisect: it builds elsewhere, and leaves what was built here' "$(ls "$O")" 'bisect
mine'
said 'bisect: the commit' "^bisect: the first bad commit is $(at rev-parse the-bug)\$"
said 'bisect: its name' '^    the-bug$'
said 'bisect: a commit that does not compile is skipped' 'bisect: skipped, it cannot be built'
like 'bisect: it was tried, after GOOD and BAD' "$(tested)" '^start the-end does-not-compile'
said 'bisect: what panics is bad' 'bisect: bad: panic'
is 'bisect: what is the same for all kernels comes first' "$(sed -n 1p "$FAKE/trace")" rootfs
is 'bisect: the worktree is gone' "$(at worktree list | wc -l) $(ls "$O/bisect/tree" 2>/dev/null)" '1 '
like 'bisect: the log' "$(cat "$O/bisect/log")" '^git bisect skip'

# As of a hook, or of an alias in a linked worktree: the environment names another repository.
other=$SCRATCH/other
git init -q "$other"
git -C "$other" -c user.name=me -c user.email=me@example.org commit -q --allow-empty -m mine
echo mine >"$other/mine"
git -C "$other" add mine
otherwise() { git -C "$other" symbolic-ref HEAD && git -C "$other" status --porcelain && git -C "$other" for-each-ref && sha256sum <"$other/.git/index" && ls "$other"; }
before=$(otherwise)
afresh
ok 'bisect, with the environment of a hook' env GIT_DIR="$other/.git" GIT_WORK_TREE="$other" GIT_INDEX_FILE="$other/.git/index" \
	GIT_OBJECT_DIRECTORY="$other/.git/objects" GIT_COMMON_DIR="$other/.git" GIT_PREFIX=sub/ scripts/bisect
said 'bisect: the commit is the same' "^bisect: the first bad commit is $(at rev-parse the-bug)\$"
is 'bisect: what the environment names is as it was' "$(otherwise)" "$before"
export GOOD=start BAD=the-end

afresh
fails 1 'bisect of a newer GOOD' env GOOD=the-end BAD=start scripts/bisect
said 'bisect: it says so' 'GOOD=the-end is not older than BAD=start'
fails 1 'bisect from what is bad' env GOOD=the-bug scripts/bisect
said 'bisect: which, and how' "bisect: GOOD=the-bug ($(at rev-parse the-bug)) is bad: command failed .*run\.log"
said 'bisect: what to do' 'choose another GOOD'
fails 1 'bisect to what is good' env BAD=compiles-again scripts/bisect
said 'bisect: which' "bisect: BAD=compiles-again ($(at rev-parse compiles-again)) is good"
fails 1 'bisect from what does not compile' env GOOD=does-not-compile scripts/bisect
said 'bisect: which' "bisect: GOOD=does-not-compile (.*) cannot be built"
is 'bisect: no commit is named' "$(grep -c 'first bad' "$SCRATCH/.tap.out")" 0

touch "$FAKE/no-rootfs"
fails 1 'bisect without a root filesystem' scripts/bisect
said 'bisect: it says so' 'the root filesystem cannot be built, with any kernel'

# What is not the kernel's own fault ends it, and it goes on.
for trouble in full killed unpack overlay both fetch; do
	afresh
	echo "does-not-compile $trouble" >"$FAKE/trouble-with"
	fails 1 "bisect, $trouble" scripts/bisect
	said "$trouble: it says so" 'the build failed, but not because of this commit: another package failed, or this machine lacks something'
	said "$trouble: what to do" 'the same command continues'
	is "$trouble: nothing more is tried" "$(tested)" 'start the-end does-not-compile'
	unlike "$trouble: it is no mark" "$(cat "$O/bisect/log")" '^git bisect \(skip\|bad\|good\)'
done
rm "$FAKE/trouble-with" "$FAKE/trace"
ok 'mended, the same goes on' scripts/bisect
said 'going on: the commit' "first bad commit is $(at rev-parse the-bug)"
said 'going on: GOOD has its verdict' 'bisect: GOOD=start was tested before: good'
like 'going on: and BAD' "$(tested)" '^does-not-compile'

# A signal to the script alone.
afresh
echo compiles-again >"$FAKE/slow"
for sig in 15-TERM 1-HUP; do
	ok "SIG${sig#*-}: it runs" begin bisect
	fails 1 "SIG${sig#*-}: no other beside it" scripts/bisect
	said "SIG${sig#*-}: that says why" "another bisection is running in $O/bisect (process $pid, "
	kill "-${sig#*-}" "$pid"
	status=0
	wait "$pid" || status=$?
	is "SIG${sig#*-}: its exit status" "$status" $((128 + ${sig%-*}))
	like "SIG${sig#*-}: what it says" "$(cat "$SCRATCH/said")" 'interrupted; the same command continues'
	# all that it started has the lock
	ok "SIG${sig#*-}: nothing is left" flock -n "$O/bisect/lock" true
done
like 'the second time it went on' "$(cat "$SCRATCH/said")" 'bisect: continuing after [1-9]'

# Another question is another bisect.
fails 1 'an unfinished one, and another time limit' env TIMEOUT=5 scripts/bisect
said 'another time limit: as it was' '^    then: TIMEOUT $'
said 'another time limit: as it is' '^    now:  TIMEOUT 5$'
said 'another time limit: what to do' 'to start again, add RESTART=y'
fails 1 'another command' env RUN='true
false' scripts/bisect
said 'another command: its second line' '^    now:  false$'
fails 1 'another directory' env SHARE=/tmp scripts/bisect
fails 1 'another GOOD' env GOOD=harmless-1 scripts/bisect
for file in .config bisect/out/build/linux/configure.sh bisect/out/build/rootfs/image/host/initramfs.cpio; do
	mkdir -p "$O/$(dirname "$file")"
	echo edited >"$O/$file"
	fails 1 "edited: $file" scripts/bisect
	rm "$O/$file"
done
: >"$O/.config"
rm "$FAKE/slow" "$FAKE/trace"
ok 'the same question' scripts/bisect
said 'the same question: the commit' "first bad commit is $(at rev-parse the-bug)"
like 'the same question: what is tested' "$(tested)" '^compiles-again'

# Its directory was removed meanwhile.
afresh
echo compiles-again >"$FAKE/slow"
ok 'one that is given up' begin bisect
kill -TERM "$pid"
wait "$pid"
afresh
ok 'started over' env TIMEOUT=5 scripts/bisect
like 'started over: from GOOD on' "$(tested)" '^start the-end '
echo compiles-again >"$FAKE/slow"
ok 'one that SIGKILL ends' begin bisect
kill -KILL "$pid"
wait "$pid" 2>/dev/null
rm "$FAKE/slow" "$FAKE/trace"
ok 'SIGKILL: the same command goes on' scripts/bisect
said 'SIGKILL: without GOOD and BAD' 'GOOD=start was tested before'
afresh
echo compiles-again >"$FAKE/slow"
ok 'one that is not to go on' begin bisect
kill -TERM "$pid"
wait "$pid"
rm "$FAKE/slow" "$FAKE/trace"
ok 'RESTART=y: another question' env RESTART=y TIMEOUT=5 scripts/bisect
like 'RESTART=y: it begins anew' "$(tested)" '^start the-end '
is 'the tree is where it was' "$(at rev-parse HEAD) $(at status --porcelain)" "$(at rev-parse later-2) "
unset MAKE
unset LINUX_DIR GOOD BAD

fails 2 'matrix without kernels' scripts/matrix
said 'matrix: what is missing' '^matrix: KERNELS= is missing'
unlike 'matrix: not its usage' "$(cat "$SCRATCH/.tap.out")" '^usage:'
export KERNELS='9.9.9'
rm "$O/.config"
fails 1 'matrix without a configuration' scripts/matrix
said 'matrix: it says so' 'configure first'
: >"$O/.config"
fails 2 'matrix of an unknown version' scripts/matrix
said 'matrix: which there are' "'9.9.9' is neither a directory nor one of: 6.12.95 6.1.176 6.18.45"
done_testing
