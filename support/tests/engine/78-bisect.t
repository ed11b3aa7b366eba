#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# make bisect with all of the engine but the guest: kernels of one file, that do not compile for
# the one reason or the other. What bisect does by itself is in tools/people.t.
# shellcheck disable=SC2016 # text for other shells stands in single quotes
set -u
. support/tests/engine.sh

tree=$SCRATCH/linux
# shellcheck source=support/tests/history.sh
. "$TOP/support/tests/history.sh"
kernels <<'MAKEFILE'
tinyconfig allnoconfig olddefconfig:
> @! grep unconfigurable kernel
> @echo CONFIG_PVH=y >$(O)/$(or $(KCONFIG_CONFIG),.config)
vmlinux:
> @! grep full kernel || { echo 'as: No space left on device'; exit 1; }
> @! grep broken kernel
> @cp kernel $(O)/vmlinux
> @cp name $(O)/System.map
MAKEFILE
commit start works
commit harmless works
commit does-not-configure unconfigurable
commit does-not-compile broken # the middle
commit compiles-again works
commit the-bug fails
commit later fails
commit end fails
# In place of the guest, what the kernel says.
cat >"$SCRATCH/make" <<'MAKE'
#!/bin/sh
for arg; do
	case $arg in O=*) o=${arg#*=} ;; JSON=*) json=${arg#*=} ;; esac
done
for goal; do :; done
[ "$goal" = qemu-run ] || exec make "$@"
[ ! -e "$SCRATCH/slow" ] || { : >"$SCRATCH/waits"; exec sleep 1000; }
! grep -q works "$o/images/vmlinux" || exit 0
echo '{ "cause": "command failed" }' >"$json"
exit 1
MAKE
chmod 755 "$SCRATCH/make"
choose
sed -i '/PACKAGE_LINUX/d' "$OUT/.config"
echo 'CONFIG_LINUX_BASE_TINYCONFIG=y' >>"$OUT/.config"

bisect() {
	whittle MAKE="$SCRATCH/make" LINUX_DIR="$tree" GOOD=start BAD=end RUN=true bisect
}
# Another worktree of the user, on a disk that is not mounted now.
at worktree add -q --detach "$SCRATCH/disk" start
mv "$SCRATCH/disk" "$SCRATCH/elsewhere"
ok 'make bisect' bisect
said 'the commit' "first bad commit is $(at rev-parse the-bug)"
said 'one that does not compile' 'bisect: [0-9a-f]* does-not-compile$'
said 'is skipped' 'bisect: skipped, it cannot be built'
mv "$SCRATCH/elsewhere" "$SCRATCH/disk"
ok 'git has not forgotten the other worktree' git -C "$SCRATCH/disk" rev-parse -q --verify HEAD

# One that cannot be built because of this machine.
at checkout -q -b full
commit no-space full
fails 2 'no space' whittle MAKE="$SCRATCH/make" LINUX_DIR="$tree" GOOD=end BAD=no-space RUN=true bisect
said 'no space: GOOD comes first' 'GOOD=end (.*) is bad: command failed'
fails 2 'no space: BAD' whittle MAKE="$SCRATCH/make" LINUX_DIR="$tree" GOOD=start BAD=no-space RUN=true bisect
said 'no space: it is this machine' 'this machine lacks something'
said 'no space: what then' 'BAD=no-space could not be tested; correct this, and the same command continues'
rm -rf "$OUT/bisect"

# A signal to make alone ends all of it.
touch "$SCRATCH/slow"
make O="$OUT" EXTERNAL="$EXT" TOOLDIR="${TOOLBIN%/bin}" MAKE="$SCRATCH/make" LINUX_DIR="$tree" GOOD=start BAD=end RUN=true bisect >"$SCRATCH/said" 2>&1 &
pid=$!
within 20 test -e "$SCRATCH/waits"
kill -TERM "$pid"
wait "$pid" 2>/dev/null
like 'SIGTERM to make: bisect says what then' "$(cat "$SCRATCH/said")" 'interrupted; the same command continues'
ok 'SIGTERM to make: nothing is left' flock -n "$OUT/bisect/lock" true

at checkout -q end
echo "CONFIG_ROOTFS_DEVICE_TABLE=\"$SCRATCH/table\"" >>"$OUT/.config"
echo 'nonsense' >"$SCRATCH/table"
fails 2 'a table that is wrong' bisect
said 'no kernel is built for it' 'the root filesystem cannot be built, with any kernel'
unlike 'GOOD is not begun' "$(cat "$SCRATCH/.tap.out")" 'GOOD='
done_testing
