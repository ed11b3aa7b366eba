#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# make matrix SCHEDULER=slurm: rows by munge, slurmctld and slurmd of this test's own.
set -u
# shellcheck source=support/tests/tap.sh
. support/tests/tap.sh

PATH=$PATH:/usr/sbin
for program in munged slurmctld slurmd sbatch; do
	command -v "$program" >/dev/null || { skip 'Slurm' "there is no $program: scripts/bootstrap check-scale installs it" && done_testing; }
done
[ "$(id -u)" = 0 ] || { skip 'Slurm' 'only root can start its own' && done_testing; }
unset MAKEFLAGS MAKELEVEL LINUX_DIR EXTERNAL O V
out=$SCRATCH/out
kernels='6.12.95 6.1.176'
matrix() { make O="$out" TOOLDIR="${TOOLBIN%/bin}" matrix "$@"; }

# munged takes no directory that others can write to, and wants its socket where others can see it.
mkdir -m 755 "$SCRATCH/munge" "$SCRATCH/state" "$SCRATCH/spool"
chmod 755 "$SCRATCH"
dd if=/dev/urandom of="$SCRATCH/munge/key" bs=128 count=1 2>/dev/null
chmod 400 "$SCRATCH/munge/key"
port=$((21000 + $$ % 10000))
export SLURM_CONF="$SCRATCH/slurm.conf"
cat >"$SLURM_CONF" <<END
ClusterName=test
SlurmctldHost=$(uname -n)(127.0.0.1)
SlurmUser=root
SlurmctldPort=$port
SlurmdPort=$((port + 1))
AuthType=auth/munge
AuthInfo=socket=$SCRATCH/munge/socket
CryptoType=crypto/munge
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SchedulerType=sched/builtin
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
StateSaveLocation=$SCRATCH/state
SlurmdSpoolDir=$SCRATCH/spool
SlurmctldPidFile=$SCRATCH/slurmctld.pid
SlurmdPidFile=$SCRATCH/slurmd.pid
SlurmctldLogFile=$SCRATCH/slurmctld.log
SlurmdLogFile=$SCRATCH/slurmd.log
MpiDefault=none
ReturnToService=2
NodeName=$(uname -n) NodeAddr=127.0.0.1 CPUs=$(nproc) State=UNKNOWN
PartitionName=all Nodes=ALL Default=YES MaxTime=INFINITE State=UP
END
munged -F --key-file="$SCRATCH/munge/key" --socket="$SCRATCH/munge/socket" --pid-file="$SCRATCH/munge/pid" \
	--log-file="$SCRATCH/munge/log" --seed-file="$SCRATCH/munge/seed" --force >/dev/null 2>&1 &
daemons=$!
ended() {
	scancel --name=whittle-matrix 2>/dev/null
	# shellcheck disable=SC2086 # numbers
	kill $daemons 2>/dev/null
	wait
	chmod -R u+rwX "$SCRATCH"
	rm -rf "$SCRATCH"
}
trap ended EXIT
ok 'munge' within 20 test -S "$SCRATCH/munge/socket"
slurmctld -D >/dev/null 2>&1 &
daemons="$! $daemons"
slurmd -D >/dev/null 2>&1 &
daemons="$! $daemons"
# shellcheck disable=SC2016 # of the other shell
ok 'a node is idle' within 60 sh -c 'test "$(sinfo -h -o %T)" = idle'
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
