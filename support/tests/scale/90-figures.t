#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# What rows on other machines cost, measured here with two hosts and a cluster of Slurm on 127.0.0.1, and whether the model
# of many machines (model.sh) agrees with it. FIGURES=FILE: keep what was measured, as model.sh reads it.
set -u
# shellcheck source=support/tests/tap.sh
. support/tests/tap.sh
# shellcheck source=support/tests/sshd.sh
. support/tests/sshd.sh
# shellcheck source=support/tests/slurm.sh
. support/tests/slurm.sh

sshd_there || { skip 'hosts' 'there is no sshd: scripts/bootstrap check-scale installs it'; done_testing; }
unset MAKEFLAGS MAKELEVEL LINUX_DIR EXTERNAL O V
out=$SCRATCH/out
matrix() { make O="$out" TOOLDIR="${TOOLBIN%/bin}" matrix SSH_CONFIG="$SSH_CONFIG" KERNELS=6.12.95 "$@" >"$SCRATCH/said" 2>&1; }
# shellcheck disable=SC2154 # h
trap 'slurm_stop; for h in one two; do host_stop $h; done; chmod -R u+rwX "$SCRATCH"; rm -rf "$SCRATCH"' EXIT
# clock COMMAND...: set ms, how long it takes; it has to succeed.
clock() {
	clock_start=$(date +%s%N)
	"$@" || { tail -n 20 "$SCRATCH/said" | sed 's/^/# /'; echo "Bail out! failed: $*"; exit 1; }
	ms=$((($(date +%s%N) - clock_start) / 1000000))
}
median() { sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }
# row_ms: of the one row of the last matrix
row_ms() { jq '.rows[0].ms' "$out/matrix/summary.json"; }

ok 'a configuration' make -s O="$out" TOOLDIR="${TOOLBIN%/bin}" defconfig
ok 'the kernel is in the cache' matrix RUN=true
host_like_here one
host_like_here two
ok 'the hosts are made ready' matrix HOSTS='one two' CONFIGS='default QEMU_CPUS=2' RUN=true

# ---- one row ----

: >"$SCRATCH/home"
: >"$SCRATCH/away"
for _ in 1 2 3 4 5; do
	matrix RUN=true && row_ms >>"$SCRATCH/home"
	matrix HOSTS=one RUN=true && row_ms >>"$SCRATCH/away"
done
is 'all of these rows were done' "$(cat "$SCRATCH/home" "$SCRATCH/away" | wc -l)" 10
home=$(median <"$SCRATCH/home")
away=$(median <"$SCRATCH/away")
echo "# a row here takes $home ms, through ssh $away ms (medians of 5)"
ok 'ssh adds 2 s at most' test $((away - home)) -le 2000

# ---- one row by Slurm: all of the command, as Slurm has no time of a row alone ----

# slurm_more FILE: write there what a row by Slurm takes more than here, and what it takes here, and set more.
slurm_more() {
	for _ in 1 2 3 4 5; do
		clock matrix RUN=true
		here=$ms
		clock matrix SCHEDULER=slurm RUN=true
		echo "$((ms - here)) $here"
	done >"$1"
	more=$(median <"$1")
	echo "# a matrix of one row takes $(cut -d ' ' -f 2 "$1" | median) ms here, through Slurm $more ms more (medians of 5)"
}
lacks=$(slurm_lacks)
if [ -z "$lacks" ]; then
	slurm_start
	slurm_more "$SCRATCH/slurm"
	echo '# the same where Slurm does not let a job wait for others to come (batch_sched_delay=0; its default is 3 s):'
	echo 'SchedulerParameters=batch_sched_delay=0' >>"$SLURM_CONF"
	ok 'Slurm takes the parameter' scontrol reconfigure
	slurm_more "$SCRATCH/slurm"
	slurm_stop
	ok 'Slurm adds 2 s at most, beside its own wait' test "$more" -le 2000
else
	skip 'Slurm' "$lacks"
fi

# ---- eight rows ----

seconds=10
for i in 1 2 3 4 5 6 7 8; do
	mkdir -p "$SCRATCH/tests"
	echo "sleep $seconds # $i" >"$SCRATCH/tests/t$i"
done
RUNS=$(echo "$SCRATCH"/tests/t*)
clock matrix RUNS="$RUNS"
eight=$ms
# What this process waited for: ssh and rsync here, not what the hosts do.
spent() { times >"$SCRATCH/spent" && awk 'NR == 2 { gsub(/[ms]/, " "); print $1 * 60 + $2 + $3 * 60 + $4 }' "$SCRATCH/spent" >"$1"; }
spent "$SCRATCH/before"
clock matrix HOSTS='one two' RUNS="$RUNS"
two=$ms
spent "$SCRATCH/after"
ratio=$(awk -v a="$two" -v b="$eight" 'BEGIN { printf "%.3f", a / (b / 2) }')
echo "# eight rows of $seconds s here: $eight ms; on two hosts: $two ms; of half of that: $ratio"
ok 'eight rows on two hosts take 1.1 of half the time at most' awk -v r="$ratio" 'BEGIN { exit !(r <= 1.1) }'

# ---- the model ----

cat >"$SCRATCH/times" <<END
rows 8
built 0
row_s $(awk -v ms="$eight" 'BEGIN { print ms / 8000 }')
build_s 0
remote_s $(awk -v a="$away" -v h="$home" 'BEGIN { print (a > h ? a - h : 0) / 1000 }')
dispatch_s $(paste "$SCRATCH/before" "$SCRATCH/after" | awk '{ print ($2 - $1) / 8 }')
dispatchers $(nproc)
row_bytes 0
kernels 1
cache_bps 125000000
machines 1,2
END
sed 's/^/# /' "$SCRATCH/times"
"$TOP/support/tests/scale/model.sh" "$SCRATCH/times" | sed 's/^/# /'
model=$("$TOP/support/tests/scale/model.sh" "$SCRATCH/times" machines=2 | awk 'NR == 2 { print $2 * 60000 }')
echo "# the model says $model ms for two hosts"
ok 'the model is within a tenth of what was measured' \
	awk -v m="$model" -v t="$two" 'BEGIN { exit !(m > t * 0.9 && m < t * 1.1) }'
[ -z "${FIGURES:-}" ] || cp "$SCRATCH/times" "$FIGURES"

# ---- what the model has to say ----

printf 'rows 1000\nbuilt 0\nrow_s 10\nbuild_s 100\nremote_s 1\ndispatch_s 0\ndispatchers 1\nrow_bytes 0\nkernels 1\ncache_bps 1\nmachines 1,10\n' >"$SCRATCH/times"
model() { "$TOP/support/tests/scale/model.sh" "$SCRATCH/times" "$@"; }
is 'ten machines without any servers take a tenth' "$(model remote_s=0 | awk 'NR > 1 { print $2 }' | paste -s -d ' ' -)" '166.7 16.7'
like 'a slow dispatcher is the bound' "$(model dispatch_s=5 machines=100)" 'handing out$'
like 'a slow cache is the bound' "$(model row_bytes=10 kernels=1000 machines=100)" 'the cache$'
like 'one long row is the bound' "$(model built=1000 build_s=100000 machines=100)" 'the longest row$'
grep -v ^build_s "$SCRATCH/times" >"$SCRATCH/less"
fails 1 'a time that is missing' "$TOP/support/tests/scale/model.sh" "$SCRATCH/less"
said 'is named' 'there is no build_s'
done_testing
