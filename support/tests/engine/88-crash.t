#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# make's side of guests that crashed: when they are kept, and what there is to open.
set -u
# shellcheck source=support/tests/engine.sh
. support/tests/engine.sh

simple one
choose one
ok 'a build to begin with' whittle
unset CRASH CRASH_MAX MAKE_TERMOUT MAKE_TERMERR
run() { whittle -n qemu-run RUN=x "$@"; }
unlike 'without a terminal nothing is kept' "$(run 2>&1)" ' --crash'
like 'CRASH=keep' "$(run CRASH=keep)" " --crash $OUT/crash "
like 'with a limit' "$(run CRASH=keep CRASH_MAX=512M)" " --crash $OUT/crash --crash-max '512M' "
export CRASH=keep CRASH_MAX=1G
like 'both from the environment' "$(run)" " --crash $OUT/crash --crash-max '1G' "
unlike 'and off again' "$(run CRASH=n)" ' --crash'
unset CRASH CRASH_MAX
if command -v script >/dev/null; then
	cat >"$SCRATCH/terminal" <<END
make -n -j1 O="$OUT" EXTERNAL="$EXT" TOOLDIR="${TOOLBIN%/bin}" qemu-run RUN=x
END
	like 'at a terminal a guest is kept' "$(script -qec "sh '$SCRATCH/terminal'" /dev/null </dev/null)" " --crash $OUT/crash "
else
	skip 'at a terminal a guest is kept' 'there is no script'
fi
fails 2 'CRASH=yes' run CRASH=yes
said 'is told what it takes' 'CRASH=yes: keep or n is expected'
fails 2 'WITH=lldb' whittle crash WITH=lldb
said 'is told what it takes' 'WITH=lldb: gdb, crash or drgn is expected'
fails 2 'WITH without a crash' whittle all WITH=gdb
said 'is idle' "WITH= is for crash: 'make crash WITH=...'"
fails 2 'no crash' whittle crash-list
said 'is told, and how to get one' "there is no crash in $OUT/crash: a guest that panics or hangs is kept there with --crash (CRASH=keep of make)"
fails 2 'a gdb that is not there' whittle crash GDB=no-such-gdb
said 'is told' 'there is no no-such-gdb on this machine: scripts/bootstrap debug installs gdb'

# What is kept: files that are no core, for a debugger that only shows what it is given.
mkdir -p "$OUT/crash/20260101-000000-one" "$OUT/crash/20260102-000000-two"
echo x >"$OUT/crash/20260101-000000-one/vmcore.zst"
echo x >"$OUT/crash/20260102-000000-two/vmcore.zst"
cat >"$SCRATCH/gdb" <<'END'
#!/bin/sh
echo "gdb: $*"
END
chmod 755 "$SCRATCH/gdb"
ok 'the list' whittle crash-list
is 'has both' "$(grep -c '^2026' "$SCRATCH/.tap.out")" 2
fails 2 'the last one' whittle crash GDB="$SCRATCH/gdb"
said 'is chosen, and what it lacks told' "two/vmlinux: No such file or directory: VMLINUX=FILE of make names the kernel with symbols"
cp "$(command -v ls)" "$SCRATCH/vmlinux"
fails 2 'another one' whittle crash FILE=one VMLINUX="$SCRATCH/vmlinux" GDB="$SCRATCH/gdb"
said 'by a part of its name' 'one/vmcore.zst: it is no ELF core'
fails 2 'one that is not there' whittle crash FILE=three GDB="$SCRATCH/gdb"
said 'is told' "with three in its name: 'make crash-list' lists them"
is 'nothing is left of the unpacked memory' "$(find "$OUT/run" -name 'core.*')" ''
# Two at once: one debugger reads its commands when the other one is long there.
cp -a "${TOOLBIN%/bin}" "$SCRATCH/tools"
cat >"$SCRATCH/tools/bin/cores" <<'END'
#!/bin/sh
case $1 in
last) echo "crash-$3" ;;
open) echo "file of $*" ;;
esac
END
cat >"$SCRATCH/gdb" <<'END'
#!/bin/sh
: >"$SCRATCH/began-$2"
[ "$2" = late ] || exit 0
until [ -e "$SCRATCH/go" ]; do sleep 0.1; done
while [ $# -gt 0 ]; do
	[ "$1" != -x ] || cat "$2"
	shift
done
END
chmod 755 "$SCRATCH/tools/bin/cores" "$SCRATCH/gdb"
export SCRATCH
opened() { make O="$OUT" EXTERNAL="$EXT" TOOLDIR="$SCRATCH/tools" crash FILE="$1" GDB="$SCRATCH/gdb -n $1"; }
opened late >"$SCRATCH/late" 2>&1 &
late=$!
ok 'a debugger begins' within 60 test -e "$SCRATCH/began-late"
ok 'and another one' opened soon
: >"$SCRATCH/go"
wait "$late"
is 'the first one has its own crash' "$(sed -n 's/^file of open \([^ ]*\) .*/\1/p' "$SCRATCH/late")" crash-late
is 'no commands are left' "$(find "$OUT/run" -name 'core.*')" ''
ok 'make clean' whittle clean
ok 'removes what is kept' test ! -e "$OUT/crash"

done_testing
