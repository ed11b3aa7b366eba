#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# make bisect: several commits at once on two machines, which are sshd's of this test, and by Slurm. One goes away. Kernels are
# of one file, and in place of the guest is what it says.
# shellcheck disable=SC2016 # text for other shells stands in single quotes
set -u
cache=${XDG_CACHE_HOME:-$HOME/.cache}/whittle
. support/tests/engine.sh
# shellcheck source=support/tests/sshd.sh
. support/tests/sshd.sh
# shellcheck source=support/tests/slurm.sh
. support/tests/slurm.sh
tree=$SCRATCH/linux
# shellcheck source=support/tests/history.sh
. "$TOP/support/tests/history.sh"

sshd_there || { skip 'bisect' 'there is no sshd: scripts/bootstrap check-scale installs it'; done_testing; }
kernels <<'MAKEFILE'
tinyconfig allnoconfig olddefconfig:
> @echo CONFIG_PVH=y >$(O)/$(or $(KCONFIG_CONFIG),.config)
vmlinux:
> @! grep broken kernel
> @cp kernel $(O)/vmlinux
> @cp name $(O)/System.map
MAKEFILE
commit start works
for n in 1 2 3 4 5 6 7; do commit "good-$n" works; done
commit does-not-compile broken # the middle
commit good-8 works
commit the-bug fails
for n in 1 2 3 4 5 6; do commit "bad-$n" fails; done
# The hosts have this make. A guest waits while there is $SCRATCH/hold.
mkdir "$SCRATCH/bin"
cat >"$SCRATCH/bin/make" <<MAKE
#!/bin/sh
for arg; do
	case \$arg in O=*) o=\${arg#*=} ;; JSON=*) json=\${arg#*=} ;; esac
done
for goal; do :; done
[ "\$goal" = qemu-run ] || exec $(command -v make) "\$@"
if [ -e "$SCRATCH/hold" ]; then
	echo \$\$ >>"$SCRATCH/held"
	while [ -e "$SCRATCH/hold" ]; do sleep 0.1; done
fi
echo '{ "cause": "ok" }' >"\$json"
! grep -q works "\$o/images/vmlinux" || exit 0
echo '{ "cause": "panic" }' >"\$json"
exit 1
MAKE
chmod 755 "$SCRATCH/bin/make"
choose
sed -i '/PACKAGE_LINUX/d' "$OUT/.config"
echo 'CONFIG_LINUX_BASE_TINYCONFIG=y' >>"$OUT/.config"
for host in one two; do
	mkdir -p "$SCRATCH/$host/cache"
	# tools that are built already
	[ ! -d "$cache/tools" ] || { mkdir "$SCRATCH/$host/cache/whittle" && cp -R "$cache/tools" "$SCRATCH/$host/cache/whittle/tools"; }
	HOST_ENV=PATH=$SCRATCH/bin:$PATH host_start "$host"
done
# shellcheck disable=SC2154 # h
trap 'slurm_stop; for h in one two; do host_stop $h; done; chmod -R u+rwX "$SCRATCH"; rm -rf "$SCRATCH"' EXIT
bisect() { whittle LINUX_DIR="$tree" GOOD=start BAD=bad-6 RUN=true SSH_CONFIG="$SSH_CONFIG" bisect "$@"; }

ok 'three at once on two hosts' bisect HOSTS='one:2 two'
said 'the commit' "^bisect: the first bad commit is $(at rev-parse the-bug)$"
said 'the one did some' '^bisect: [0-9a-f]* .*, on one$'
said 'the other did some' '^bisect: [0-9a-f]* .*, on two$'
said 'one that does not compile is skipped' '^bisect: [0-9a-f]* does-not-compile: skipped, it cannot be built (the whole log: .*build\.log)$'
like 'its log is here' "$(cat "$OUT/bisect/commits/$(at rev-parse does-not-compile)/build.log")" broken
is 'nothing of it is left in the repository' "$(at worktree list | wc -l)" 1

# ---- one goes away ----

: >"$SCRATCH/hold"
bisect HOSTS='one:2 two:2' RESTART=y >"$SCRATCH/said" 2>&1 &
pid=$!
held() { [ "$(wc -l <"$SCRATCH/held")" -ge "$1" ]; }
ok 'four run' within 300 held 4
host_stop one
ok 'it is told' within 60 grep -q '^bisect: one has gone; .* is done elsewhere$' "$SCRATCH/said"
rm "$SCRATCH/hold"
status=0
wait "$pid" || status=$?
is 'it goes on' "$status" 0
like 'to the end' "$(cat "$SCRATCH/said")" "^bisect: the first bad commit is $(at rev-parse the-bug)$"

# ---- interrupted ----

rm "$SCRATCH/held"
: >"$SCRATCH/hold"
bisect HOSTS=two:2 RESTART=y >"$SCRATCH/said" 2>&1 &
pid=$!
ok 'two run' within 100 held 2
kill -TERM "$(ps -o pid= --ppid "$pid" | head -n 1)"
wait "$pid"
like 'it says what continues' "$(cat "$SCRATCH/said")" '^bisect: interrupted; the same command, without RESTART=y, continues$'
stopped() {
	while read -r process; do
		! kill -0 "$process" 2>/dev/null || return 1
	done <"$SCRATCH/held"
}
ok 'all has ended there' within 30 stopped
rm "$SCRATCH/hold"
ok 'the same command' bisect HOSTS=two:2
said 'finds it' "^bisect: the first bad commit is $(at rev-parse the-bug)$"

# ---- by Slurm ----

rm "$SCRATCH/held"
lacks=$(slurm_lacks)
if [ -z "$lacks" ]; then
	slurm_start
	slurm() { bisect MAKE="$SCRATCH/bin/make" SCHEDULER=slurm SLOTS=3 "$@"; }
	ok 'three at once by Slurm' slurm RESTART=y
	said 'the commit' "^bisect: the first bad commit is $(at rev-parse the-bug)$"
	said 'one that does not compile is skipped' '^bisect: [0-9a-f]* does-not-compile: skipped, it cannot be built (the whole log: .*build\.log)$'
	is 'each was a job' "$(grep -lx 'a job of Slurm' "$OUT"/bisect/commits/*/row.log | wc -l)" "$(find "$OUT/bisect/commits" -mindepth 1 -maxdepth 1 | wc -l)"
	: >"$SCRATCH/hold"
	slurm RESTART=y >"$SCRATCH/said" 2>&1 &
	pid=$!
	ok 'two jobs run' within 100 held 2
	kill -TERM "$(ps -o pid= --ppid "$pid" | head -n 1)"
	wait "$pid"
	like 'a signal: what continues is said' "$(cat "$SCRATCH/said")" '^bisect: interrupted; the same command, without RESTART=y, continues$'
	is 'no job is left' "$(squeue -h)" ''
	ok 'and nothing of one' within 10 stopped
	: >"$SCRATCH/held"
	slurm >"$SCRATCH/said" 2>&1 &
	pid=$!
	ok 'two jobs run again' within 100 held 2
	scancel "$(squeue -h -o %A | head -n 1)"
	wait "$pid"
	like 'a job that somebody cancels stops it' "$(cat "$SCRATCH/said")" '^bisect: [0-9a-f]* .*: no record: CANCELLED, but not because of this commit'
	is 'the other one is ended' "$(squeue -h)" ''
	rm "$SCRATCH/hold"
	ok 'the same command' slurm
	said 'finds it' "^bisect: the first bad commit is $(at rev-parse the-bug)$"
	slurm_stop
else
	skip 'by Slurm' "$lacks"
fi
done_testing
