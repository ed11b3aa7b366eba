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
jq -S '[.rows[] | {(.kernel): .digests}] | add' "$out/matrix/summary.json" >"$SCRATCH/there"
ok 'the same here' matrix KERNELS="$kernels" RUN='uname -r'
is 'the bytes are the same' "$(jq -S '[.rows[] | {(.kernel): .digests}] | add' "$out/matrix/summary.json")" "$(cat "$SCRATCH/there")"

matrix SCHEDULER=slurm KERNELS="$kernels" RUN='sleep 600' TIMEOUT=700 SBATCH_ARGS=--no-requeue >"$SCRATCH/said" 2>&1 &
pid=$!
# shellcheck disable=SC2016 # of the other shell
ok 'rows that run' within 60 sh -c 'squeue -h -t R | grep -q .'
kill -TERM "$(ps -o pid= --ppid "$pid" | head -n 1)"
wait "$pid"
# shellcheck disable=SC2016 # of the other shell
ok 'a signal ends the job' within 60 sh -c 'test -z "$(squeue -h)"'
done_testing
