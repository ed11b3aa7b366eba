# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
# shellcheck disable=SC2154 # variables of the scripts that source it
# What is known of the commits of a bisection, for scripts/bisect: git has it, as the marks of 'git bisect' in $tree.
#
# takes: me, dir; trial.sh and commits.sh; good, bad
# gives: marks, tidy, end_is; of several commits at once (wide.sh): left, is_left, in_order, known, judge, in_turn
#
# In $dir are
#   ends             which of GOOD and BAD are known to be good, and bad
#   verdicts         COMMIT good|bad|skip: all that is known, also what does not matter to git any more
#   left             the commits that may be the first bad one, with their parents
#   in-turn          there once only skipped commits are left (in_turn)

# marks: the number of marks, without GOOD and BAD.
marks() { tree bisect log 2>/dev/null | grep -c '^git bisect \(good\|bad\|skip\)' || :; }
# tidy: forget all of it.
tidy() {
	forget
	rm -f "$dir/asked" "$dir/ends" "$dir/status" "$dir/verdicts" "$dir/in-turn"
}

# end_is VERDICT NAME REV COMMIT: status, of its test, has to have this verdict. Takes why and logs, its result and the
# directory of its logs. If the command gives the same result for both ends, git bisect would still name some commit.
end_is() {
	case $status:$1 in
	0:good | 1:bad)
		echo "$1" >>"$dir/ends"
		return
		;;
	0:*) found='is good: the command succeeds, nothing panics or hangs' ;;
	1:*) found="is bad: $why (the whole log: $logs/run.log)" ;;
	125:*) found="cannot be built (the whole log: $logs/build.log)" ;;
	*) die "$2=$3 could not be tested; correct this, and the same command continues" ;;
	esac
	tidy
	die "$2=$3 ($4) $found. Check RUN, or choose another $2."
}

# left: the commits that may be the first bad one, with their parents.
left() {
	# shellcheck disable=SC2046 # names of commits
	tree rev-list --topo-order --parents $(tree rev-parse --bisect) >"$dir/left"
}
is_left() { grep -q "^$1" "$dir/left"; }
# in_order: git has not seen yet that all merge bases of good and bad are good.
in_order() { [ ! -e "$(tree rev-parse --git-path BISECT_ANCESTORS_OK)" ]; }
# known: whether git knows the end.
known() { tree bisect log | grep -q '^# \(first bad commit\|only skipped commits left\)'; }

# judge COMMIT: take its record, and mark it.
judge() {
	logs=$dir/commits/$1
	why=$(field result "$logs/record") verdict=bad status=1
	case $why in
	ok) verdict=good status=0 ;;
	'not built') verdict=skip status=125 ;;
	esac
	if [ -z "$(field command "$logs/record")" ] || { [ $verdict = bad ] && ! guest_ran "$why"; } ||
		{ [ $verdict = skip ] && [ "$(field kernel_failed "$logs/record")" != true ]; }; then
		status=255
	fi
	name=$(tree log -1 --format='%h %s' "$1" | shown)
	case $status in
	0) say "$name: good" ;;
	1) say "$name: bad: $why" ;;
	125) say "$name: skipped, it cannot be built (the whole log: $logs/build.log)" ;;
	*)
		tail_of "$logs/row.log" >&2
		say "$name: $why, but not because of this commit: the guest could not be started, another package failed, or the machine lacks something (logs: $logs)" >&2
		rm "$logs/record"
		;;
	esac
	case $1 in
	"$good") end_is good GOOD "$GOOD" "$good" ;;
	"$bad") end_is bad BAD "$BAD" "$bad" ;;
	*)
		[ $status != 255 ] || exit 1
		mark "$1" "$verdict"
		;;
	esac
	: >"$logs/judged"
}

# mark COMMIT VERDICT: tell git, if it still matters.
mark() {
	echo "$1 $2" >>"$dir/verdicts"
	left
	[ ! -e "$dir/in-turn" ] || return 0
	in_order || is_left "$1" || return 0
	# else git would have all merge bases tested again, since it asked for another one
	tree update-ref BISECT_EXPECTED_REV "$1"
	tree bisect "$2" "$1" >"$dir/marked" 2>&1 || known || { shown <"$dir/marked" >&2 && exit 1; }
	left
	known || say "commits that may be the first bad one: $(wc -l <"$dir/left")"
}

# implied COMMIT: the verdict of a commit that was not tested, if others imply it.
implied() {
	while read -r other verdict; do
		case $verdict in
		good) older=$1 newer=$other ;;
		bad) older=$other newer=$1 ;;
		*) continue ;;
		esac
		! tree merge-base --is-ancestor "$older" "$newer" || {
			echo "$verdict"
			return
		}
	done <"$dir/verdicts"
}
# in_turn: go the way that git bisect goes with one commit at a time, as far as verdicts are known or implied, and print those
# commits on it that were not tested. Where only skipped commits are left, the answer depends on which were tested.
in_turn() {
	tree bisect start --no-checkout "$bad" "$good" >"$dir/marked" 2>&1
	until known; do
		next=$(tree rev-parse BISECT_HEAD)
		verdict=$(sed -n "s/^$next //p" "$dir/verdicts" | tail -n 1)
		if [ -z "$verdict" ]; then
			echo "$next"
			verdict=$(implied "$next")
			[ -n "$verdict" ] || return 0
		fi
		tree bisect "$verdict" "$next" >"$dir/marked" 2>&1 || known || return 0
	done
}
