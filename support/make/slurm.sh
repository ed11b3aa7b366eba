# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
# shellcheck disable=SC2154 # variables of the scripts that source it
# Rows as an array job of Slurm: on nodes that have this tree, O and the cache at the same paths. scripts/matrix has all rows
# of a matrix done so, slurmtrial.sh a commit of a bisection.
#
# takes: me, top; O, table, slots (slurm_rows); SBATCH_ARGS; TOOLDIR, MAKE, JOBS, exported
# gives: slurm_there, slurm_job, slurm_rows, slurm_lost

# slurm_there: its programs are; or exit.
slurm_there() {
	for program in sbatch squeue scancel; do
		command -v "$program" >/dev/null || die "SCHEDULER=slurm: there is no $program on this machine"
	done
}

# slurm_queued JOB: it has not ended. Where that cannot be asked, as while the controller starts again, it may not have.
slurm_queued() {
	if queue=$(squeue -h -j "$1" 2>&1); then
		[ -n "$queue" ]
	else
		case $queue in *'Invalid job id'*) return 1 ;; esac
		[ "${slurm_silent-}" = "$1" ] || say "squeue does not tell how job $1 is; waiting for it: $(echo "$queue" | tail -n 1 | shown)" >&2
		slurm_silent=$1
	fi
}

# slurm_cancel SIGNAL: end the job, as far as there is one, and exit.
slurm_cancel() {
	trap '' INT TERM HUP
	wait "$submit" || :
	job=$(slurm_number)
	if [ -n "$job" ]; then
		scancel "$job" || :
		for _ in $(seq 20); do slurm_queued "$job" && sleep 1; done
	fi
	[ "$me" != matrix ] || say "interrupted; the same command continues" >&2
	exit $((128 + $1))
}
slurm_number() { [ ! -s "$list.job" ] || sed "s/;.*//" "$list.job"; }

# slurm_job LIST [OPTION]...: do the rows whose directories are in LIST, and wait for them. A signal ends them. Sets job.
slurm_job() {
	list=$1
	shift
	# one of a command that was killed
	job=$(slurm_number)
	[ -z "$job" ] || scancel --name="whittle-$me" "$job" 2>/dev/null || :
	: >"$list.job"
	# In a session of its own: else a signal could end sbatch just when the controller has the job.
	# shellcheck disable=SC2086 # words
	setsid sbatch --parsable --job-name="whittle-$me" --chdir="$top" --output=/dev/null --requeue "$@" \
		${SBATCH_ARGS-} support/make/slurmrow.sh "$list" >"$list.job" &
	submit=$!
	trap 'slurm_cancel 2' INT
	trap 'slurm_cancel 15' TERM
	trap 'slurm_cancel 1' HUP
	wait "$submit" || die 'sbatch did not take the job, for the reason above'
	job=$(slurm_number)
	[ "$me" != matrix ] || say "$(wc -l <"$list") rows are job $job of Slurm" >&2
	while slurm_queued "$job"; do sleep 1; done
	trap - INT TERM HUP
	rm "$list.job"
}

# slurm_state NUMBER: how Slurm says that a row ended, by sacct, or where there is no accounting by what it remembers.
slurm_state() {
	{ sacct -n -X -P -j "${job}_$1" -o State 2>/dev/null | grep . ||
		scontrol show job "${job}_$1" 2>/dev/null | sed -n 's/.*JobState=\([A-Z_]*\).*/\1/p' | grep .; } | sed 1q
}

# slurm_lost DIR NUMBER: its row left no record.
slurm_lost() {
	state=$(slurm_state "$2")
	say "Slurm says: ${state:-nothing of it}" >>"$1/row.log"
	printf '{"result": "no record: %s", "log": "row.log"}\n' "$(echo "${state:-lost}" | tr -cd 'A-Za-z0-9_ ')" >"$1/record"
}

# slurm_rows: do all rows of the table that have no record. What is left without one says why in row.log.
slurm_rows() {
	slurm_there
	list=$O/matrix/slurm.list
	awk -F '\t' '$6 == "" { print $1 }' "$table" | while IFS= read -r dir; do [ -s "$dir/record" ] || echo "$dir"; done >"$list"
	n=$(wc -l <"$list")
	[ "$n" != 0 ] || return 0
	while IFS= read -r dir; do rm -f "$dir/row.log"; done <"$list"
	limit=
	[ "$slots" = 1 ] || limit=%$slots
	slurm_job "$list" --array="1-$n$limit"
	number=0
	while IFS= read -r dir; do
		number=$((number + 1))
		[ -s "$dir/record" ] || slurm_lost "$dir" "$number"
	done <"$list"
}
