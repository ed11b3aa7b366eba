#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# doctor, bisect, matrix: what they say when they cannot begin.
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
said 'doctor: disk' '^  ok  *disk: [0-9]* MiB free for what is built'
unlike 'doctor: nothing is in the way here' "$(cat "$SCRATCH/.tap.out")" PROBLEM
fails 2 'doctor with an unknown option' scripts/doctor --cure
mkdir "$SCRATCH/bin"
printf '#!/bin/sh\necho "Filesystem 1024-blocks Used Available Capacity Mounted"; echo "x 9 9 2048 9%% /"\n' >"$SCRATCH/bin/df"
chmod 755 "$SCRATCH/bin/df"
fails 1 'doctor without space' env PATH="$SCRATCH/bin:$PATH" scripts/doctor -o "$SCRATCH/none/yet" -c "$SCRATCH/cache"
said 'doctor: how much is wanted' '^  PROBLEM  disk: 2 MiB free for what is built .*, 4000 are wanted'
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
is 'doctor: what qemu-run would pass' "$(head -n 1 "$SAW")" "--accel|tcg|--images|$images|--guest-init|--memory|512|--cpus|2|\
--machine|q35|--append|a=\"b c\" d|--qemu-arg|-device|--qemu-arg|*|--|true|"
said 'doctor: its accelerator' '^  ok  *a guest runs (tcg)'
unset SAW
if [ -w /dev/kvm ]; then
	echo 'CONFIG_QEMU_ACCEL="kvm"' >"$SCRATCH/made/.config"
	fails 1 'doctor: KVM alone is wanted, and does not work' doctor tcg 9p
	said 'doctor: that is in the way' '^  PROBLEM  KVM: .* does not run under it; the configuration wants'
	ok 'doctor: it does work' doctor kvm 9p
else
	skip 'doctor: KVM alone is wanted' 'there is no /dev/kvm for us'
fi

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
said 'doctor: how much is wanted' '^  PROBLEM  memory: 1999 MiB; .* takes 2000'
said 'doctor: and what to do' '-> add swap, or leave debug information out'
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
said 'doctor: who has it' '-> scripts/bootstrap debug installs it'
said 'doctor: no tmux' "^  note  *no tmux: 'make debug' needs two terminals"
rm "$SCRATCH/few/flex"
fails 1 'doctor without what a build takes' few
said 'doctor: it says so' '^  PROBLEM  programs or headers are missing'

fails 1 'doctor without directories' doctor 'kvm tcg' ''
said 'doctor: why not' '^  PROBLEM  shared directories: SHARE= does not work: runqemu: no way'

fails 2 'bisect without a question' scripts/bisect
said 'bisect: what it wants' '^usage: make bisect'
export LINUX_DIR="$SCRATCH/tree" GOOD=a BAD=b RUN=true
mkdir "$SCRATCH/tree"
fails 1 'bisect of what is no repository' env GIT_CEILING_DIRECTORIES="$SCRATCH" scripts/bisect
said 'bisect: it says so' "bisect: $SCRATCH/tree is not a git repository"
git -C "$SCRATCH/tree" init -q
git -C "$SCRATCH/tree" -c user.name=me -c user.email=me@example.org commit -q --allow-empty -m first
fails 1 'bisect of a commit that is not there' scripts/bisect
said 'bisect: which' "bisect: there is no commit 'a' in"
unset LINUX_DIR GOOD BAD

fails 2 'matrix without kernels' scripts/matrix
said 'matrix: what it wants' '^usage: make matrix'
export KERNELS='9.9.9'
fails 1 'matrix without a configuration' scripts/matrix
said 'matrix: it says so' 'configure first'
: >"$O/.config"
fails 2 'matrix of an unknown version' scripts/matrix
said 'matrix: which there are' "'9.9.9' is neither a directory nor one of: 6.12.95 6.1.176 6.18.45"
done_testing
