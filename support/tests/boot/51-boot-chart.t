#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# make boot-chart with a real guest: all of a boot is in it, the image keeps its bytes, two boots are compared, and the log
# of a console will do. It needs a build of the default board, in CHECK_O/default.
set -u
# shellcheck source=support/tests/board.sh
. support/tests/board.sh

images=$CHECK_O/default/images
if [ ! -f "$images/vmlinux" ]; then
	skip 'boot-chart' "there is no build in $CHECK_O/default"
	done_testing
fi
chart=$SCRATCH/chart
before=$(cat "$images"/* | sha256sum)

ok 'a boot' board default -s boot-chart CHART="$chart.svg"
like 'all of it is there' "$(sed -n 1p "$SCRATCH/.tap.out")" \
	'^linux [0-9.]*: init after [0-9.]* ms, ready after [0-9.]* ms; [0-9]* initcalls, [0-9]* probes\{0,1\}, [1-9][0-9]* scripts\{0,1\}$'
is 'ten are the slowest' "$(sed -n '/slowest$/,/^$/p' "$SCRATCH/.tap.out" | grep -c '^ *[0-9]')" 10
is 'the slowest first' "$(sed -n '/slowest$/,/^$/p' "$SCRATCH/.tap.out" | awk '/^ *[0-9]/ { print $1 }' | sort -nr | paste -s -d ' ' -)" \
	"$(sed -n '/slowest$/,/^$/p' "$SCRATCH/.tap.out" | awk '/^ *[0-9]/ { print $1 }' | paste -s -d ' ' -)"
for phase in 'kernel start' early core subsys device late 'before init' init scripts console; do
	said "phase $phase" "^ *[0-9.]* *[0-9.]*  $phase\$"
done
ok 'each initcall has returned' sh -c "! grep -q '\"did not return\"\\|\"lost\"' '$chart.json'"
ok 'as many as the log has' test "$(grep -c '"kind":.*"initcall"' "$chart.json")" = "$(grep -c '\] calling  ' "$chart.log")"
ok 'they have levels and objects' test "$(grep -c '"object":' "$chart.json")" -gt 100
ok 'a script of init' grep -q '"/etc/init.d/S' "$chart.json"
if command -v xmllint >/dev/null; then
	ok 'the chart is XML' xmllint --noout "$chart.svg"
else
	skip 'the chart is XML' 'there is no xmllint'
fi
is 'the images are as they were' "$(cat "$images"/* | sha256sum)" "$before"

ok 'a boot without one of them' board default -s boot-chart CHART="$chart.b.svg" APPEND=initcall_blacklist=inet6_init
ok 'two boots' board default -s boot-chart A="$chart.json" B="$chart.b.json"
like 'what is gone' "$(sed -n '/gone, ms/,$p' "$SCRATCH/.tap.out")" 'initcall inet6_init$'

ok 'the log of a console' board default -s qemu-run RUN=true APPEND='initcall_debug ignore_loglevel printk.time=1' LOG="$SCRATCH/boot.log"
ok 'is good for a chart' board default -s boot-chart LOG="$SCRATCH/boot.log" CHART="$chart.c.svg"
said 'up to init' '^linux [0-9.]*: init after [0-9.]* ms; [0-9]* initcalls'
done_testing
