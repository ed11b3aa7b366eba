#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# From a random configuration of small packages by random moves to others: after each move, what
# make gives is compared byte for byte with a clean build of the same state elsewhere, and the
# steps that ran with those that had to, by a model of its own (support/tests/helpers/walk).
# Between the moves builds are killed and find the disk full.
#
#   60-walk.t                        the usual walks
#   60-walk.t SEED MOVES [OPTION]... one walk, its moves shown; with --keep DIR the outputs
#                                    are copied there when they are wrong
set -u
# shellcheck source=support/tests/tap.sh
. support/tests/tap.sh
command -v git >/dev/null || { skip 'all of it' 'no git here'; done_testing; }

unset MAKEFLAGS MAKELEVEL EXTERNAL SOURCE_DATE_EPOCH O V
# Seed, moves, options. With a cache, the steps that run are only bounded from above.
walks='1 140
2 140
3 120 --cache'
chosen=$*
[ -z "$chosen" ] || walks=$chosen
processors=$(nproc)

"${CC:-gcc}" -O1 -std=c11 -D_GNU_SOURCE -Isupport/lib -o "$SCRATCH/walk" support/tests/helpers/walk/*.c \
	"${TOOLBIN%/bin}/lib.a" -lcrypto || exit 1

# A file system of its own, which can be filled, takes a mount namespace of its own.
mkdir "$SCRATCH/mnt"
namespace=
for try in 'unshare -m' 'unshare -Urm'; do
	if $try mount -t tmpfs walk "$SCRATCH/mnt" 2>/dev/null; then
		namespace=$try
		break
	fi
done

# walk SEED MOVES [OPTION]...: one walk; its output is in SEED.log, its status in SEED.status.
walk() {
	mkdir "$SCRATCH/$1"
	status=0
	# shellcheck disable=SC2086 # words
	$namespace "$SCRATCH/walk" --tools "${TOOLBIN%/bin}" --dir "$SCRATCH/$1" ${namespace:+--tmpfs} \
		--seed "$1" --moves "$2" $3 >"$SCRATCH/$1.log" 2>&1 || status=$?
	echo "$status" >"$SCRATCH/$1.status"
}

# As many at once as there are processors: each waits for the one that many places before it.
set --
while read -r seed moves options; do
	if [ $# -ge "$processors" ]; then
		wait "$1"
		shift
	fi
	walk "$seed" "$moves" "$options" &
	set -- "$@" $!
done <<END
$walks
END
wait

while read -r seed moves options; do
	is "seed $seed${options:+ $options}: after each of $moves moves it is as if built from nothing, and nothing is redone in vain" \
		"$(cat "$SCRATCH/$seed.status")" 0
	if [ "$(cat "$SCRATCH/$seed.status")" != 0 ]; then
		tail -n 60 "$SCRATCH/$seed.log" | sed 's/^/# /'
		echo "# the same again: TOOLBIN=$TOOLBIN support/tests/engine/60-walk.t $seed $moves $options"
	else
		tail -n 1 "$SCRATCH/$seed.log" | sed 's/^/# /'
	fi
done <<END
$walks
END

cat "$SCRATCH"/*.log >"$SCRATCH/all"
if [ -n "$chosen" ]; then
	sed 's/^/# /' "$SCRATCH/all"
else
	like 'images came from a cache' "$(cat "$SCRATCH/all")" ' [1-9][0-9]* images from a cache'
	like 'builds were cut short' "$(cat "$SCRATCH/all")" ' [1-9][0-9]* were killed'
	if [ -n "$namespace" ]; then
		like 'builds had no space' "$(cat "$SCRATCH/all")" ' [1-9][0-9]* had no space'
	else
		skip 'builds without space' 'no mount namespace of its own to be had here'
	fi
fi
done_testing
