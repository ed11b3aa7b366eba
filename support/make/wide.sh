# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
# shellcheck disable=SC2034,SC2154 # variables of the scripts that source it, and for them
# A bisection that tests several commits at once, here, by Slurm or on other machines, for scripts/bisect. The tool matrix runs
# them; each time one has ended, it asks wide_steer for those that are to run now. The tool bisector chooses them.
#
# takes: me, top, menu (rows.sh), trial.sh, commits.sh and verdicts.sh; good, bad; LINUX_DIR;
#        SLOTS, HOSTS, SSH_CONFIG, SCHEDULER, SBATCH_ARGS
# gives: wide_begin, wide_run, wide_steer
#
# In $dir are
#   commits/COMMIT   its record and logs (row.sh); judged, if git has its verdict
#   lanes/HOST/N     where commits are tested: their tree, and all that a row has (rows.sh). HOST is here+ for this machine,
#                    and for Slurm
#   hosts            what hosts.sh keeps
#   table            the commits that are tested now

# What a hook or an alias has in the environment names another repository.
# shellcheck disable=SC2046 # names
unset $(git rev-parse --local-env-vars 2>/dev/null)

# lane DIR: make it ready.
lane() {
	mkdir -p "$1/tree"
	prepare "$1/tree" "$own" '' '' "$1"
	echo LOCAL_UNCHECKED=y >>"$1/row"
}

# bring_history HOST THERE: the commits from good to bad, with their tags.
bring_history() {
	real=$(readlink -f "$LINUX_DIR")
	to=$2/kernels/$(tree_name "$real")
	repository_there "$1" "$to" || return
	# shellcheck disable=SC2046 # names of tags
	GIT_SSH_COMMAND=$HOST_SSH git -C "$real" push -q --no-verify --force "$1:$to" "$good:refs/whittle/good" "$bad:refs/whittle/bad" \
		$(git -C "$real" for-each-ref --merged="$bad" --no-merged="$good" --format='%(refname):%(refname)' refs/tags) || return
	echo "$to" >"$HOSTS_DIR/$1/repository"
	lanes_there=$2/lanes/$(tree_name "$dir")
	there "$1" "mkdir -p $lanes_there" </dev/null || return
	map "$1" "$LANES" "$lanes_there"
}

# wide_begin: make ready where commits are tested, and set the options of the tool matrix for that.
wide_begin() {
	cd "$top" || exit
	config=$O/.config
	# shellcheck source=support/make/rows.sh
	. support/make/rows.sh
	own=$(board_configured) || die "$O/.config is for a board that is not there"
	LANES=$dir/lanes
	mkdir -p "$LANES" "$dir/commits"
	export LANES HOSTS SLOTS SCHEDULER SBATCH_ARGS
	if [ -n "${HOSTS-}" ]; then
		# shellcheck source=support/make/hosts.sh
		. support/make/hosts.sh
		HOSTS_DIR=$dir/hosts host_brings=bring_history
		hosts_begin
		wide_options=$host_options
		list=$HOSTS_DIR/list
	elif [ -n "${SCHEDULER-}" ]; then
		# shellcheck source=support/make/slurm.sh
		. support/make/slurm.sh
		slurm_there
		: "${SLOTS:=1}"
		wide_options="--slots $SLOTS"
		list=$dir/list
		echo "here+ $SLOTS" >"$list"
	else
		wide_options=$(slots_options "$SLOTS")
		JOBS=$(slots_jobs "$SLOTS")
		export JOBS
		list=$dir/list
		echo "here+ $SLOTS" >"$list"
	fi
	while read -r host slots _; do
		mkdir -p "$LANES/$host"
		for n in $(seq "$slots"); do lane "$LANES/$host/$n"; done
	done <"$list"
}

# wide_run: test commits until git knows the first bad one, or that it cannot be known.
wide_run() {
	[ "$(marks)" != 0 ] || tree bisect start --no-checkout "$bad" "$good" >/dev/null ||
		die "git bisect does not start with GOOD=$GOOD and BAD=$BAD"
	: >"$dir/table"
	tree bisect log | sed -n 's/^git bisect \(good\|bad\|skip\) \([0-9a-f]*\)$/\2 \1/p' >>"$dir/verdicts"
	# shellcheck disable=SC2086 # words
	"$TOOLDIR/bin/matrix" --name "$me" --steer "exec scripts/bisect --steer $good $bad \$1" $wide_options "$dir/table" \
		sh support/make/trialrow.sh
}

# ends: those of GOOD and BAD that are not known yet.
ends() {
	grep -qsx good "$dir/ends" || echo "$good"
	grep -qsx bad "$dir/ends" || echo "$bad"
}
# running: the other commits that are tested, and still matter.
running() {
	cut -f 1 "$dir/table" | sed 's,.*/,,' | while read -r commit; do
		[ -e "$dir/commits/$commit/judged" ] || [ "$commit" = "$good" ] || [ "$commit" = "$bad" ] ||
			! is_left "$commit" || echo "$commit"
	done
}
# chosen N: so many commits to test beside those that run. Until git has seen that the merge bases are good, it chooses.
chosen() {
	if in_order; then
		tree rev-parse -q --verify BISECT_HEAD || tree rev-parse HEAD
		return
	fi
	# shellcheck disable=SC2046 # options
	[ "$1" -le 0 ] || "$TOOLDIR/bin/bisector" --count "$1" $(running | sed 's/^/--running /') \
		$(tree for-each-ref --format='%(refname)' 'refs/bisect/skip-*' | sed 's,.*/skip-,--skipped ,') <"$dir/left" || :
}

# wide_steer LANES: mark the commits whose tests have ended, and write the table of those to test now.
wide_steer() {
	for record in "$dir"/commits/*/record; do
		logs=${record%/record}
		[ ! -s "$record" ] || [ -e "$logs/judged" ] || judge "${logs##*/}"
	done
	left
	if [ -z "$(ends)" ] && [ ! -e "$dir/in-turn" ] && tree bisect log | grep -q '^# only skipped'; then
		: >"$dir/in-turn"
		say 'only skipped commits are left; what one at a time would have tested decides which are named'
	fi
	{
		ends
		if [ -e "$dir/in-turn" ]; then
			in_turn
		elif ! known; then
			running
			chosen $(($1 - $({ ends && running; } | wc -l)))
		fi
	} | while read -r commit; do
		printf '%s\t\t%s\t\t\t\n' "$dir/commits/$commit" "$(tree log -1 --format='%h %s' "$commit" | tr '\t' ' ' | shown)"
	done >"$dir/table.new"
	mv "$dir/table.new" "$dir/table"
}
