#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# A build that is ended at any moment leaves nothing that a later one takes for finished.
set -u
. support/tests/engine.sh

# A package whose steps stop half-way until the file go is there.
pkg slow <<END
define SLOW_BUILD
echo half >out
echo started >"$SCRATCH/started"
while [ ! -e "$SCRATCH/go" ]; do sleep 0.1; done
echo whole >>out
endef
define SLOW_INSTALL
install -D -m 644 out "\$(IMAGE)/target/slow"
endef
END
choose slow

# start: run make in a session of its own, wait for the step to be half-way.
start() {
	rm -f "$SCRATCH/started"
	setsid make O="$OUT" EXTERNAL="$EXT" TOOLDIR="${TOOLBIN%/bin}" >"$SCRATCH/log" 2>&1 &
	pid=$!
	n=0
	while [ ! -e "$SCRATCH/started" ] && [ $n -lt 200 ]; do
		sleep 0.1
		n=$((n + 1))
	done
}

for sig in INT TERM KILL ALONE; do
	rm -f "$SCRATCH/go"
	start
	ok "SIG$sig: the step had begun" test -e "$SCRATCH/started"
	# all of make's process group, as the terminal or a person would; of the script's own
	# group, the runner takes care
	if [ $sig = ALONE ]; then
		kill -TERM "$pid" # make by itself: it ends what it started
	else
		kill -$sig "-$pid"
	fi
	wait "$pid" 2>/dev/null
	fails 1 "SIG$sig: there is no image" test -e "$OUT/images/initramfs.cpio.gz"
	fails 1 "SIG$sig: the step is not done" test -e "$OUT/build/slow/done/build"
	ok "SIG$sig: no process is left in the package's directory" flock -w 5 "$OUT/build/slow/lock" true
	touch "$SCRATCH/go"
	ok "SIG$sig: the next make goes on" whittle
	is "SIG$sig: and ends right" "$(unpacked slow)" "half
whole"
	ok "clean" whittle clean
done
done_testing
