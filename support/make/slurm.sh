# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
# shellcheck disable=SC2034,SC2154 # variables of the scripts that source it, and for them
# Rows of a matrix as an array job of Slurm: on nodes that have this tree, O and the cache at the same paths.
#
# takes: me, top, O, table, slots; SBATCH_ARGS; TOOLDIR, MAKE, JOBS, exported
# gives: slurm_rows

# slurm_cancel: end all rows.
slurm_cancel() {
	trap '' INT TERM HUP
	[ -z "$job" ] || scancel "$job" || :
	say "interrupted; the same command continues" >&2
	exit $((128 + $1))
}

# slurm_state NUMBER: how Slurm says that a row ended, by sacct, or where there is no accounting by what it remembers.
slurm_state() {
	{ sacct -n -X -P -j "${job}_$1" -o State 2>/dev/null | grep . ||
		scontrol show job "${job}_$1" 2>/dev/null | sed -n 's/.*JobState=\([A-Z_]*\).*/\1/p' | grep .; } | sed 1q
}

# slurm_rows: do all rows that have no record, and wait for them. What is left without a record says why in row.log.
slurm_rows() {
	for program in sbatch squeue scancel; do
		command -v "$program" >/dev/null || die "SCHEDULER=slurm: there is no $program on this machine"
	done
	list=$O/matrix/slurm.list
	awk -F '\t' '$6 == "" { print $1 }' "$table" | while IFS= read -r dir; do [ -s "$dir/record" ] || echo "$dir"; done >"$list"
	n=$(wc -l <"$list")
	[ "$n" != 0 ] || return 0
	while IFS= read -r dir; do rm -f "$dir/row.log"; done <"$list"
	job=
	trap 'slurm_cancel 2' INT
	trap 'slurm_cancel 15' TERM
	trap 'slurm_cancel 1' HUP
	limit=
	[ "$slots" = 1 ] || limit=%$slots
	# shellcheck disable=SC2086 # words
	job=$(sbatch --parsable --job-name=whittle-matrix --array="1-$n$limit" --chdir="$top" --output=/dev/null --requeue \
		${SBATCH_ARGS-} support/make/slurmrow.sh "$list") || die 'sbatch did not take the job, for the reason above'
	job=${job%%;*}
	say "$n rows are job $job of Slurm" >&2
	while [ -n "$(squeue -h -j "$job" 2>/dev/null)" ]; do sleep 1; done
	trap - INT TERM HUP
	number=0
	while IFS= read -r dir; do
		number=$((number + 1))
		[ -s "$dir/record" ] || slurm_lost "$dir" "$(slurm_state "$number")"
	done <"$list"
}

# slurm_lost DIR STATE: its row left no record.
slurm_lost() {
	say "Slurm says: ${2:-nothing of it}" >>"$1/row.log"
	printf '{"result": "no record: %s", "log": "row.log"}\n' "$(echo "${2:-lost}" | tr -cd 'A-Za-z0-9_ ')" >"$1/record"
}
