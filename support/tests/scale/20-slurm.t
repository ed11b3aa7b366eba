#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# make matrix SCHEDULER=slurm: rows by munge, slurmctld and slurmd of this test's own.
set -u
# shellcheck source=support/tests/tap.sh
. support/tests/tap.sh
# shellcheck source=support/tests/slurm.sh
. support/tests/slurm.sh

lacks=$(slurm_lacks)
[ -z "$lacks" ] || { skip 'Slurm' "$lacks"; done_testing; }
unset MAKEFLAGS MAKELEVEL LINUX_DIR EXTERNAL O V
out=$SCRATCH/out
kernels='6.12.95 6.1.176'
matrix() { make O="$out" TOOLDIR="${TOOLBIN%/bin}" matrix "$@"; }
trap 'slurm_stop; chmod -R u+rwX "$SCRATCH"; rm -rf "$SCRATCH"' EXIT

slurm_start
ok 'a configuration' make -s O="$out" TOOLDIR="${TOOLBIN%/bin}" defconfig
ok 'rows' matrix SCHEDULER=slurm KERNELS="$kernels" RUN='uname -r'
said 'they are one job' '^matrix: 2 rows are job [0-9]* of Slurm$'
said 'the one' '^6\.12\.95  *[0-9]*  *[0-9]*  *[a-z0-9]*  *[0-9]*  ok$'
said 'the other' '^6\.1\.176  *[0-9]*  *[0-9]*  *[a-z0-9]*  *[0-9]*  ok$'
like 'a row tells its time' "$(jq '.rows[0].ms' "$out/matrix/summary.json")" '^[0-9][0-9][0-9]*$'
jq -S '[.rows[] | {(.kernel): .digests}] | add' "$out/matrix/summary.json" >"$SCRATCH/there"
ok 'the same here' matrix KERNELS="$kernels" RUN='uname -r'
is 'the bytes are the same' "$(jq -S '[.rows[] | {(.kernel): .digests}] | add' "$out/matrix/summary.json")" "$(cat "$SCRATCH/there")"

# guest: whether one of these rows runs
guest() { cat /proc/[0-9]*/cmdline 2>/dev/null | tr '\0' '\n' | grep -q "^file:$out/matrix/\|^$out/matrix/.*/vmlinux$"; }
no_guest() { ! guest; }
jobs_left() { squeue -h | grep -q .; }

# ---- the controller is away for a while ----

matrix SCHEDULER=slurm KERNELS=6.12.95 RUN='sleep 12' >"$SCRATCH/said" 2>&1 &
pid=$!
ok 'a guest runs' within 60 guest
slurm_away
ok 'the controller is away: that is told' within 60 grep -q '^matrix: squeue does not tell how job [0-9]* is; waiting for it: .*[Uu]nable to contact' "$SCRATCH/said"
is 'once' "$(grep -c 'squeue does not tell' "$SCRATCH/said")" 1
slurm_back
status=0
wait "$pid" || status=$?
is 'it is back: the row ends well' "$status" 0
like 'with its result' "$(cat "$SCRATCH/said")" '^6\.12\.95 .* ok$'

# ---- interrupted ----

matrix SCHEDULER=slurm KERNELS="$kernels" RUN='sleep 600' TIMEOUT=700 SBATCH_ARGS=--no-requeue >"$SCRATCH/said" 2>&1 &
pid=$!
ok 'a guest runs again' within 60 guest
kill -TERM "$(ps -o pid= --ppid "$pid" | head -n 1)"
wait "$pid"
like 'a signal: what continues is said' "$(cat "$SCRATCH/said")" '^matrix: interrupted; the same command continues$'
fails 1 'no job is left' jobs_left
ok 'and no guest' within 5 no_guest

# ---- killed ----

matrix SCHEDULER=slurm KERNELS=6.12.95 RUN='sleep 600' TIMEOUT=700 SBATCH_ARGS=--no-requeue >"$SCRATCH/said" 2>&1 &
pid=$!
ok 'a guest runs once more' within 60 guest
old=$(cat "$out/matrix/slurm.list.job")
goal=$(ps -o pid= --ppid "$pid" | head -n 1)
# shellcheck disable=SC2046,SC2086 # numbers
kill -KILL $pid $goal $(ps -o pid= --ppid $goal)
wait "$pid"
ok 'it does not keep its lock' within 5 flock -n "$out/matrix/lock" true
ok 'another matrix' matrix SCHEDULER=slurm KERNELS=6.12.95 RUN=true RESTART=y
like 'the old job was cancelled' "$(scontrol show job "$old" | grep -o 'JobState=[A-Z]*')" '=CANCELLED$'
done_testing
