# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
# TAP for shell tests: source this file, call the checks, end with done_testing.
#
# It makes a scratch directory, $SCRATCH, and removes it when the test ends.
# TOOLBIN, the directory of the host tools, is made absolute.

TOOLBIN=${TOOLBIN:-output/tools/bin}
TOOLBIN=$(cd "$TOOLBIN" && pwd) || { echo "Bail out! no tools in $TOOLBIN: run 'make tools' first"; exit 1; }
# As of a hook or an alias that runs tests: the environment names a repository that no test means.
# shellcheck disable=SC2046 # names
unset $(git rev-parse --local-env-vars 2>/dev/null)
TOP=$(pwd)
SCRATCH=$(mktemp -d)
trap 'chmod -R u+rwX "$SCRATCH" 2>/dev/null; rm -rf "$SCRATCH"' EXIT
trap 'exit 130' INT TERM
export TOOLBIN TOP SCRATCH
tap_count=0
tap_failed=0

# plan N: say beforehand how many checks follow (optional).
plan() {
	echo "1..$1"
	tap_planned=$1
}

tap_result() { # STATUS NAME
	tap_count=$((tap_count + 1))
	if [ "$1" = 0 ]; then
		echo "ok $tap_count - $2"
	else
		echo "not ok $tap_count - $2"
		tap_failed=$((tap_failed + 1))
	fi
}

tap_note() { # LABEL TEXT: as comment lines
	printf '%s\n' "$2" | sed "s/^/#   $1: /"
}

# ok NAME COMMAND...: the command succeeds; its output is shown when it does not.
ok() {
	tap_name=$1
	shift
	if "$@" >"$SCRATCH/.tap.out" 2>&1; then
		tap_result 0 "$tap_name"
	else
		tap_status=$?
		tap_result 1 "$tap_name"
		tap_note "exit $tap_status" "$*"
		tap_note output "$(tail -n 20 "$SCRATCH/.tap.out")"
	fi
}

# fails CODE NAME COMMAND...: it exits with just CODE; its output is left in $SCRATCH/.tap.out.
fails() {
	tap_want=$1
	tap_name=$2
	shift 2
	tap_status=0
	"$@" >"$SCRATCH/.tap.out" 2>&1 || tap_status=$?
	if [ "$tap_status" = "$tap_want" ]; then
		tap_result 0 "$tap_name"
	else
		tap_result 1 "$tap_name"
		tap_note expected "exit $tap_want"
		tap_note got "exit $tap_status from: $*"
		tap_note output "$(tail -n 20 "$SCRATCH/.tap.out")"
	fi
}

# said NAME PATTERN: the output of the last ok or fails matches the basic regular expression.
said() {
	like "$1" "$(cat "$SCRATCH/.tap.out")" "$2"
}

# is NAME GOT WANT: two strings are equal.
is() {
	if [ "$2" = "$3" ]; then
		tap_result 0 "$1"
	else
		tap_result 1 "$1"
		tap_note expected "$3"
		tap_note got "$2"
	fi
}

# like NAME TEXT PATTERN: a line of TEXT matches the basic regular expression.
like() {
	if printf '%s\n' "$2" | grep -q -e "$3"; then
		tap_result 0 "$1"
	else
		tap_result 1 "$1"
		tap_note 'expected to match' "$3"
		tap_note got "$2"
	fi
}

# unlike NAME TEXT PATTERN: no line of TEXT matches.
unlike() {
	if printf '%s\n' "$2" | grep -q -e "$3"; then
		tap_result 1 "$1"
		tap_note 'expected no match' "$3"
		tap_note got "$2"
	else
		tap_result 0 "$1"
	fi
}

# skip NAME WHY: a check that cannot be made here; shown loudly by prove.
skip() {
	tap_count=$((tap_count + 1))
	echo "ok $tap_count - $1 # SKIP $2"
	echo "# SKIPPED: $1: $2" >&2
}

# within SECONDS COMMAND...: wait until it succeeds, for that long at the most.
within() {
	within_end=$(($(date +%s) + $1))
	shift
	until "$@" 2>/dev/null; do
		[ "$(date +%s)" -lt "$within_end" ] || return 1
		sleep 0.05
	done
}

# done_testing: print the plan if there was none; exit 1 if a check failed.
done_testing() {
	[ -n "${tap_planned-}" ] || echo "1..$tap_count"
	[ "$tap_failed" = 0 ] || exit 1
	exit 0
}
