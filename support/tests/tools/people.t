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
