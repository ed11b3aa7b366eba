#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# make matrix HOSTS=: rows on two machines, which are sshd's of this test, with caches of their own. One goes away.
set -u
# shellcheck source=support/tests/tap.sh
. support/tests/tap.sh
# shellcheck source=support/tests/sshd.sh
. support/tests/sshd.sh

sshd_there || { skip 'hosts' 'there is no sshd: scripts/bootstrap check-scale installs it'; done_testing; }
unset MAKEFLAGS MAKELEVEL LINUX_DIR EXTERNAL O V
out=$SCRATCH/out
kernels='6.12.95 6.1.176'
# The work of a host and its kernel trees are in here.
work() { echo "$SCRATCH/$1"/cache/whittle/rows/*; }
# matrix ARGUMENT...
matrix() { make O="$out" TOOLDIR="${TOOLBIN%/bin}" matrix SSH_CONFIG="$SSH_CONFIG" "$@"; }
# shellcheck disable=SC2154 # h
trap 'for h in one two three four; do host_stop $h; done; chmod -R u+rwX "$SCRATCH"; rm -rf "$SCRATCH"' EXIT

ok 'a configuration' make -s O="$out" TOOLDIR="${TOOLBIN%/bin}" defconfig
ok 'the kernels are in the cache' matrix KERNELS="$kernels" RUN='uname -r'
jq -S '[.rows[] | {(.kernel): .digests}] | add' "$out/matrix/summary.json" >"$SCRATCH/here"
jq -r '.rows[] | "# a row here took \(.ms) ms, its guest \(.total_ms) ms"' "$out/matrix/summary.json"
host_like_here one
host_like_here two

# ---- two hosts ----

ok 'two hosts' matrix HOSTS='one two' KERNELS="$kernels" CONFIGS='default QEMU_CPUS=2' RUN='uname -r'
said 'a row that one did' '^6\.[0-9.]*  *[^ ]*  *[0-9]*  *[0-9]*  *cached  *[0-9]*  one  *ok$'
said 'a row that the other did' '^6\.[0-9.]*  *[^ ]*  *[0-9]*  *[0-9]*  *cached  *[0-9]*  two  *ok$'
is 'the logs are here' "$(cat "$out/matrix/6.1.176+default/run.log")" 6.1.176
jq -S '[.rows[] | {(.kernel): .digests}] | add' "$out/matrix/summary.json" >"$SCRATCH/there"
is 'the bytes are those of this machine' "$(cat "$SCRATCH/there")" "$(cat "$SCRATCH/here")"
is 'each has its own directory' "$(cat "$(work two)/tree/VERSION")" "$(cat VERSION)"
jq -r '.rows[] | "# a row took \(.ms) ms, its guest \(.total_ms) ms"' "$out/matrix/summary.json"

# ---- one of them goes away ----

echo 0.0.1 >"$(work one)/tree/VERSION"
printf 'one 1\ntwo # not more\n' >"$SCRATCH/hosts"
matrix HOSTS="$SCRATCH/hosts" KERNELS="$kernels" CONFIGS='default QEMU_CPUS=2' RUN='echo begun; sleep 3' >"$SCRATCH/said" 2>&1 &
pid=$!
ok 'a row begins on the one' within 120 grep -q ', on one$' "$SCRATCH/said"
ok 'its guest runs' within 120 sh -c "grep -q booting $out/matrix/*/row.log"
host_stop one
status=0
wait "$pid" || status=$?
is 'all is done in the end' "$status" 0
like 'it is told that one has gone' "$(cat "$SCRATCH/said")" '^matrix: one has gone; .* is done elsewhere$'
is 'the other did the rest' "$(grep -c ' two  *ok$' "$SCRATCH/said")" "$((4 - $(grep -c ' one  *ok$' "$SCRATCH/said")))"
like 'another version of Whittle there is told' "$(cat "$SCRATCH/said")" \
	"^matrix: one: Whittle 0\.0\.1 is there, and is replaced by $(cat VERSION)$"

# ---- interrupted ----

matrix HOSTS=two KERNELS=6.12.95 RUN='sleep 600' TIMEOUT=700 >"$SCRATCH/said" 2>&1 &
pid=$!
# guest: whether a guest of a row on the host two runs
guest() {
	for process in /proc/[0-9]*; do
		case $(cat "$process/comm" 2>/dev/null) in
		qemu-system*) ! grep -qsa "$(work two)/rows/" "$process/cmdline" || return 0 ;;
		esac
	done
	return 1
}
ok 'a guest runs there' within 120 guest
kill -TERM "$(ps -o pid= --ppid "$pid" | head -n 1)"
wait "$pid"
like 'it says what continues' "$(cat "$SCRATCH/said")" '^matrix: interrupted; the same command continues$'
stopped() { ! guest; }
ok 'all has ended there' within 30 stopped
# busy NAME: whether anything of what that host does runs
busy() { cat /proc/[0-9]*/cmdline 2>/dev/null | tr '\0' ' ' | grep -q "$SCRATCH/$1[/]cache"; }
idle() { ! busy "$1"; }
ok 'and nothing else' within 30 idle two

# SIGKILL to all that is here.
matrix HOSTS=two KERNELS=6.12.95 RUN='sleep 600' TIMEOUT=700 RESTART=y >"$SCRATCH/said" 2>&1 &
pid=$!
ok 'a guest runs there once more' within 120 guest
# shellcheck disable=SC2046 # numbers
kill -KILL "$pid" $(ps -eo pid,args | sed -n "s,^ *\([0-9]*\) .*\(matrix --summary $out/\|hostrow.sh $out/\).*,\1,p") 2>/dev/null
wait "$pid"
ok 'that ends, too' within 30 idle two

# While a host is made ready, which has nothing yet.
host_start four
matrix HOSTS=four KERNELS=6.12.95 RUN=true >"$SCRATCH/said" 2>&1 &
pid=$!
# shellcheck disable=SC2009 # of this host alone
compiles() { ps -eo args | grep -q "^[^ ]*cc1 .*$SCRATCH/four/cache"; }
ok 'its tools are compiled' within 120 compiles
kill -TERM "$(ps -o pid= --ppid "$pid" | head -n 1)"
wait "$pid"
ok 'all that has ended' within 6 idle four
host_stop four

# ---- two output directories of one tree ----

other=$SCRATCH/other
ok 'another output directory' make -s O="$other" TOOLDIR="${TOOLBIN%/bin}" defconfig
matrix HOSTS=two KERNELS=6.12.95 RUN='sleep 10; echo first' RESTART=y >"$SCRATCH/said" 2>&1 &
pid=$!
ok 'the one has a guest' within 120 guest
ok 'the other does the same row at the same time' make O="$other" TOOLDIR="${TOOLBIN%/bin}" matrix SSH_CONFIG="$SSH_CONFIG" \
	HOSTS=two KERNELS=6.12.95 RUN='echo second'
is 'with its command' "$(cat "$other/matrix/6.12.95/run.log")" second
status=0
wait "$pid" || status=$?
is 'the one goes on' "$status $(cat "$out/matrix/6.12.95/run.log")" '0 first'
is 'they use one connection' "$(ps -o pid= --ppid "$(cat "$SCRATCH/two/pid")" | wc -l)" 1

# ---- a kernel's tree ----

tree=$SCRATCH/tree
mkdir "$tree"
git -C "$tree" init -q
echo first >"$tree/file"
git -C "$tree" add file
git -C "$tree" -c user.name=x -c user.email=x@x commit -qm first
echo second >"$tree/file"
echo new >"$tree/new"
printf '#!/bin/sh\nexit 1\n' >"$tree/.git/hooks/pre-push"
chmod 755 "$tree/.git/hooks/pre-push"
fails 2 'a tree with uncommitted changes' matrix HOSTS=two KERNELS="$tree" RUN=true
said 'they are told' "^matrix: $tree has uncommitted changes, which are sent as a diff$"
said 'a row that failed there has its log here' "^$tree  .* two  *not built: $out/matrix/tree-[0-9a-f]*/build.log$"
there=$(echo "$(work two)"/kernels/tree-*)
is 'the commit is there' "$(git -C "$there" rev-parse HEAD)" "$(git -C "$tree" rev-parse HEAD)"
is 'with the changes' "$(cat "$there/file" "$there/new")" "$(cat "$tree/file" "$tree/new")"
is 'which are not committed there either' "$(git -C "$there" status --porcelain)" "$(git -C "$tree" status --porcelain)"
is 'the tree here is as it was' "$(git -C "$tree" status --porcelain | paste -s -d , -)" ' M file,?? new'
touch "$there/.git/index.lock" "$there/.git/refs/whittle/head.lock"
fails 2 'after a machine that stopped in the middle of that' matrix HOSTS=two KERNELS="$tree" RUN=true
said 'the host is made ready' "^$tree  .* two  *not built: "
fails 2 'they are refused' matrix HOSTS=two KERNELS="$tree" RUN=true UNCOMMITTED=refuse
said 'with the remedy' "^matrix: $tree has uncommitted changes: commit them, or UNCOMMITTED=send"

# A commit that does not arrive, as on a full disk: the one before it is not taken for it.
git -C "$tree" -c user.name=x -c user.email=x@x commit -qam second
printf '#!/bin/sh\necho no space >&2\nexit 1\n' >"$there/.git/hooks/pre-receive"
chmod 755 "$there/.git/hooks/pre-receive"
fails 2 'a commit that does not arrive' matrix HOSTS=two KERNELS="$tree" RUN=true
said 'is told' 'no space'
said 'with its host' '^matrix: HOSTS: two: it cannot be made ready, for the reason above'
rm "$there/.git/hooks/pre-receive"

# ---- errors ----

fails 2 'a host that is not there' matrix HOSTS='two nobody.invalid' KERNELS=6.12.95 RUN=true
said 'is told' '^matrix: HOSTS: cannot connect to nobody.invalid: .*[Cc]ould not resolve hostname'
said 'no row was begun' '^matrix: nothing was begun'
fails 2 'one that is away' matrix HOSTS=one KERNELS=6.12.95 RUN=true
said 'is told, too' '^matrix: HOSTS: cannot connect to one: .*[Rr]efused'
HOST_KEYS=/dev/null
host_like_here three
fails 2 'without a key' matrix HOSTS=three KERNELS=6.12.95 RUN=true
said 'the reason is told' '^matrix: HOSTS: cannot connect to three: .*Permission denied'
said 'and how to try it' "try 'ssh -o BatchMode=yes three true'"
for bad in 'a;b' '-x' 'one:0' 'one:x' .. 'one two one'; do
	fails 2 "HOSTS=$bad" matrix HOSTS="$bad" KERNELS=6.12.95 RUN=true
	said 'is told' '^matrix: HOSTS: '
done
long=$SCRATCH/a-directory-for-temporary-files-that-has-a-long-name
mkdir "$long"
ok 'sockets whose names would be too long' env TMPDIR="$long" make O="$out" TOOLDIR="${TOOLBIN%/bin}" matrix SSH_CONFIG="$SSH_CONFIG" \
	HOSTS=two KERNELS=6.12.95 RUN=true
fails 2 'files of this machine' matrix HOSTS=two KERNELS=6.12.95 RUN=true SHARE=/tmp
said 'are refused' '^matrix: SHARE names files of this machine'
done_testing
