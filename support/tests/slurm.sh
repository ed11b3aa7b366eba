# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
# A cluster of one node for tests: munged, slurmctld and slurmd of the test's own on 127.0.0.1. Source it after tap.sh.
#
# gives: slurm_lacks, slurm_start, slurm_stop, slurm_away, slurm_back; SLURM_CONF

# shellcheck source=support/tests/port.sh
. support/tests/port.sh

PATH=$PATH:/usr/sbin
export SLURM_CONF="$SCRATCH/slurm.conf"
slurm_daemons=

# slurm_lacks: why no cluster can be started here; nothing if it can.
slurm_lacks() {
	for program in munged slurmctld slurmd sbatch; do
		command -v "$program" >/dev/null || { echo "there is no $program: scripts/bootstrap check-scale installs it" && return; }
	done
	[ "$(id -u)" = 0 ] || echo 'only root can start its own'
}

# slurm_daemon COMMAND...: start it.
slurm_daemon() {
	"$@" >/dev/null 2>&1 &
	slurm_daemons="$! $slurm_daemons"
}

# slurm_start: a node that is idle, with all processors; checks.
slurm_start() {
	# munged takes no directory that others can write to, and wants its socket where others can see it.
	mkdir -m 755 "$SCRATCH/munge" "$SCRATCH/state" "$SCRATCH/spool"
	chmod 755 "$SCRATCH"
	dd if=/dev/urandom of="$SCRATCH/munge/key" bs=128 count=1 2>/dev/null
	chmod 400 "$SCRATCH/munge/key"
	free_port
	slurm_port=$port
	free_port
	cat >"$SLURM_CONF" <<-END
		ClusterName=test
		SlurmctldHost=$(uname -n)(127.0.0.1)
		SlurmUser=root
		SlurmctldPort=$slurm_port
		SlurmdPort=$port
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
	slurm_daemon munged -F --key-file="$SCRATCH/munge/key" --socket="$SCRATCH/munge/socket" --pid-file="$SCRATCH/munge/pid" \
		--log-file="$SCRATCH/munge/log" --seed-file="$SCRATCH/munge/seed" --force
	ok 'munge' within 20 test -S "$SCRATCH/munge/socket"
	slurm_daemon slurmctld -D
	slurm_daemon slurmd -D
	# shellcheck disable=SC2016 # of the other shell
	ok 'a node is idle' within 60 sh -c 'test "$(sinfo -h -o %T)" = idle'
}

# slurm_away, slurm_back: the controller ends, and is there again.
slurm_away() {
	slurm_controller=$(cat "$SCRATCH/slurmctld.pid")
	kill "$slurm_controller"
	wait "$slurm_controller"
}
slurm_back() {
	slurm_daemon slurmctld -D
	within 60 sinfo -h >/dev/null
}

# slurm_stop: end all jobs and the cluster.
slurm_stop() {
	[ -n "$slurm_daemons" ] || return 0
	scancel --user="$(id -un)" 2>/dev/null
	# shellcheck disable=SC2016 # of the other shell
	within 10 sh -c 'test -z "$(squeue -h)"'
	# shellcheck disable=SC2086 # numbers
	kill $slurm_daemons 2>/dev/null
	# shellcheck disable=SC2086 # numbers
	wait $slurm_daemons
	slurm_daemons=
}
