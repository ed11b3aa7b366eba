#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# A run that is packed, and the script that boots it again, with scripts in QEMU's place.
# shellcheck disable=SC2016 # text for other shells stands in single quotes
set -u
# shellcheck source=support/tests/tap.sh
. support/tests/tap.sh

# shellcheck source=support/tests/fakeqemu.sh
. support/tests/fakeqemu.sh
chmod 644 bzImage
head -c 3000 /dev/urandom >initramfs
script=$TOP/support/make/repro.sh
pack() { "$TOOLBIN/repro" -o a.tar.zst --script "$script" --base . "$@" last; }
# shellcheck disable=SC2317 # called by fails
remember() { with "$1" --remember last --remember-with extra.txt=extra -- 'exit 3'; }
unpacked() {
	rm -rf x
	mkdir x
	tar -xf a.tar.zst -C x
}

fake run <<'EOF'
printf '{"QMP": {"version": {"qemu": {"micro": 1, "minor": 2, "major": 7}, "package": "Test"}}}\r\n' >&3
echo 'the console' >&4
echo "${mark}ready" >&5
echo out >&5
echo err >&6
echo "${mark}end" >&6
echo "${mark}status 3" >&5
exec sleep 60
EOF
echo more >extra

fails 1 'no run yet' pack
said 'is told' "there is no run in last to pack: 'make qemu-run' leaves one"
ok 'nothing is left of it' test ! -e a.tar.zst
fails 3 'a run' remember run
ok 'is packed' pack --add whittle.config=extra --set tree=LINUX_DIR --note 'one thing is missing' --epoch 1000000000
cp a.tar.zst b.tar.zst
ok 'again' pack --add whittle.config=extra --set tree=LINUX_DIR --note 'one thing is missing' --epoch 1000000000
ok 'with the same bytes' cmp a.tar.zst b.tar.zst
is 'nothing else is left' "$(ls -d a.tar.zst.* 2>/dev/null)" ''
is 'owners, times' "$(TZ=UTC0 tar --numeric-owner -tvf a.tar.zst 2>&1 | awk '{ print $2, $4, $5 }' | sort -u)" '0/0 2001-09-09 01:46'
unpacked
is 'what is in it' "$(cd x/repro && echo *)" \
	'README SHA256SUMS console.log images.sha256 initramfs kernel output.log record.json repro run.sh whittle.config'
ok 'the kernel' cmp bzImage x/repro/kernel
is 'the initramfs is behind the command' "$(tail -c 3000 x/repro/initramfs | cmp - initramfs && grep -ac 'exit 3' x/repro/initramfs)" 1
is 'the texts' "$(cat x/repro/console.log x/repro/output.log | sort | paste -s -d ' ' -)" 'err out the console'
is 'no path of this machine' "$(grep -rlF "$SCRATCH" x)" ''
like 'the record' "$(cat x/repro/record.json)" '"image":.*"kernel"'
like 'README has the note' "$(cat x/repro/README)" '^one thing is missing$'
like 'and the version' "$(cat x/repro/README)" '^QEMU was: 7.2.1 (Test)$'
is 'digests of what was built' "$(cd "$SCRATCH" && sha256sum -c x/repro/images.sha256 2>&1 | paste -s -d ' ' -)" 'bzImage: OK initramfs: OK'

# The script, with nothing but a few programs.
mkdir bin
for program in sh sha256sum grep sed mkdir rm cat wc sleep date tail tr kill git make env cp; do
	ln -s "$(command -v $program)" bin/ 2>/dev/null
done
again() { env PATH="$SCRATCH/bin" "$SCRATCH/x/repro/repro" "$@"; }
# stand NAME <text: QEMU's place for it.
stand() {
	{
		printf '%s\n' '#!/bin/sh' 'case $1 in --version) echo "QEMU emulator version 7.2.1 (Test)"; exit ;; esac' \
			'. ./run.sh' 'mark=$(printf "\036")$mark'
		cat
	} >bin/qemu
	chmod 755 bin/qemu
}
QEMU=$SCRATCH/bin/qemu
export QEMU
fails 125 'no QEMU' env -u QEMU PATH="$SCRATCH/bin" x/repro/repro
said 'is told what to install' 'there is no .*/run in PATH: install QEMU (on Debian, \|there is no ./run in PATH'
stand <<'EOF'
echo "$*" >args
echo booted >again/console
printf '%sready\nfirst\nout' "$mark" >again/out
printf '%sstatus 3\n' "$mark" >>again/out
echo err >again/err
echo "${mark}end" >>again/err
exec sleep 60
EOF
fails 3 'the run again' again run -s
is 'its output' "$(again 2>/dev/null)" 'first
out'
again >/dev/null 2>.tap.out
said 'its errors' '^err$'
said 'how it ended' '^repro: status 3, as in the run$'
again run -s >/dev/null 2>&1
like 'more arguments' "$(cat x/repro/args)" ' -s$'
unlike 'no descriptor of runqemu' "$(cat x/repro/args)" 'fd='
stand <<'EOF'
echo 'Kernel panic - not syncing: by test' >again/console
EOF
fails 122 'a panic' again
said 'is told' '^repro: guest panicked: by test$'
said 'and what the run had' '^repro: status 122; the run had 3: command failed$'
stand <<'EOF'
echo 'Kernel panic - not syncing: No working init found.' >again/console
EOF
fails 123 'no init' again
stand <<'EOF'
echo "${mark}ready" >again/out
EOF
fails 121 'a guest that ends' again
stand <<'EOF'
echo 'no such machine' >&2
exit 1
EOF
fails 125 'QEMU fails' again
said 'says why' '^no such machine$'
stand <<'EOF'
echo '[    1.0] BUG: unable to handle page fault' >again/console
echo "${mark}ready" >again/out
echo "${mark}status 0" >>again/out
echo "${mark}end" >again/err
exec sleep 60
EOF
fails 120 'kernel trouble' again
said 'is told' 'its kernel reported: .*BUG: unable'
stand <<'EOF'
echo "${mark}ready" >again/out
while [ ! -e over ]; do echo 'watchdog: BUG: soft lockup - CPU#0 stuck for 22s!' >>again/console; sleep 0.5; done
EOF
fails 124 'a kernel that is locked up' timeout -s KILL 30 env TIMEOUT=3 PATH="$SCRATCH/bin" x/repro/repro
said 'is given up' 'no sign of life for 3 seconds'
stand <<'EOF'
echo $$ >process
exec sleep 60
EOF
fails 123 'silence' env TIMEOUT=1 PATH="$SCRATCH/bin" x/repro/repro
ok 'QEMU is gone' test ! -d "/proc/$(cat x/repro/process)"
echo x >>x/repro/kernel
fails 125 'a damaged file' again
said 'is named' '^kernel: FAILED'
fails 2 'nonsense' again frobnicate

# Build it again, with a makefile in Whittle's place.
unpacked
mkdir -p whittle/support/make
: >whittle/support/make/given.mk
printf 'all:\n\tcp %s/bzImage %s/initramfs $(O)/\n\techo tree $(LINUX_DIR); :\n' "$SCRATCH" "$SCRATCH" >whittle/Makefile
ok 'build it again' again rebuild "$SCRATCH/whittle"
said 'it is the same' '^same     bzImage$'
echo y >>initramfs
fails 1 'another build' again rebuild "$SCRATCH/whittle"
said 'differs' '^differs  initramfs$'
fails 125 'no Whittle' again rebuild "$SCRATCH/bin"
said 'is told' 'is no Whittle tree'
git init -q tree
# as people have it, for what they read themselves
git -C tree config diff.noprefix true
git -C tree config diff.context 0
seq 9 >tree/many
echo one >tree/file
git -C tree add many
git -C tree add file
git -C tree -c user.name=t -c user.email=t@t commit -qm t
mkdir kept work
echo script >kept/kernel.build
echo two >>tree/file
echo 'new ' >tree/new
sed -i 's/5/five/' tree/many
ok 'a kernel tree' sh "$TOP/support/make/repro-tree.sh" kept kept/kernel.build tree work
is 'its commit' "$(cat work/kernel.commit)" "$(git -C tree rev-parse HEAD)"
like 'its changes' "$(cat work/kernel.diff)" '^+two$'
is 'it is as it was' "$(git -C tree status --porcelain | paste -s -d , -)" ' M file, M many,?? new'
cp -R tree bare && rm bare/.git/index && mkdir without
ok 'a tree without an index' sh "$TOP/support/make/repro-tree.sh" kept kept/kernel.build bare without
ok 'has the same changes' cmp work/kernel.diff without/kernel.diff
ok 'and still none' test ! -e bare/.git/index
echo other >now
like 'edited since' "$(sh "$TOP/support/make/repro-tree.sh" kept now tree work)" 'are others than at the run'
cp work/kernel.* x/repro/
(cd x/repro && sha256sum kernel.* >>SHA256SUMS)
fails 125 'a tree that is not given' again rebuild "$SCRATCH/whittle"
said 'is asked for' 'add LINUX_DIR=DIR'
git config -f own apply.whitespace fix
GIT_CONFIG_GLOBAL=$SCRATCH/own again rebuild "$SCRATCH/whittle" LINUX_DIR="$SCRATCH/tree" >.tap.out 2>&1
said 'a clone is built' "^tree $SCRATCH/x/repro/tree$"
is 'with the changes' "$(cat x/repro/tree/file x/repro/tree/new x/repro/tree/many | paste -s -d ' ' -)" 'one two new  1 2 3 4 five 6 7 8 9'
sed -i 's/^-5$/-50/' x/repro/kernel.diff
(cd x/repro && sed -i '/ kernel\.diff$/d' SHA256SUMS && sha256sum kernel.diff >>SHA256SUMS)
fails 125 'changes that do not apply' again rebuild "$SCRATCH/whittle" LINUX_DIR="$SCRATCH/tree"
said 'are told' "kernel.diff cannot be applied to the commit .*: is it the archive's own?"

# What cannot be packed.
fails 1 'a file that changed since' pack
said 'is named' '/initramfs is not what the run booted any more: run it again'
is 'nothing is left' "$(ls -d a.tar.zst.* 2>/dev/null)" ''
fails 3 'another run' remember run
cp -p initramfs old
head -c 3000 /dev/urandom | dd of=initramfs conv=notrunc 2>/dev/null
touch -r old initramfs
fails 1 'other content, with the same size and date' pack
said 'is noticed, too' '/initramfs is not what the run booted any more: run it again'
mv initramfs gone
fails 1 'a file that vanished' pack
said 'is named' 'cannot read .*/initramfs: No such file'
mv gone initramfs
fails 3 'another run' remember run
(
	ulimit -f 1
	trap '' XFSZ
	pack --base .
) >.tap.out 2>&1
is 'a full disk' "$?" 1
said 'is told' 'cannot \(write\|make\) '
is 'nothing is left' "$(ls -d a.tar.zst.* 2>/dev/null)" ''
rm -f a.tar.zst
echo '{' >last/run.json
fails 1 'a damaged record' pack
said 'is told' 'or it is damaged: run it again'
truncate -s 1M disk
fails 3 'a run with a disk' with run --remember last --disk disk -- true
ok 'is packed' pack
like 'the disk is named' "$("$TOOLBIN/unpack" --unverified a.tar.zst y >/dev/null 2>&1; cat y/README y/repro/README 2>/dev/null)" "disk1: $SCRATCH/disk$"
unpacked
fails 125 'without the disk' again
said 'it does not boot' 'put a file disk1 beside the script'
# Nothing that the guest boots is read for it at the run: that would take minutes here.
truncate -s 200G image
start=$(date +%s)
"$runqemu" --accel tcg --kernel bzImage --qemu ./run --guest-init --boot image --remember last -- 'exit 3' >/dev/null 2>&1 </dev/null
ok 'a run with a large image is kept' grep -q '"image"' last/run.json
ok 'and takes no longer for it' test $(($(date +%s) - start)) -lt 60
fails 125 'a run that cannot start' with nowhere --remember last -- true
fails 1 'leaves none' pack
fails 2 'no archive' "$TOOLBIN/repro" last
done_testing
