#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# runqemu without a guest: QEMU's command line for a run that is recorded, what cannot be recorded, recordings that
# cannot be played.
set -u
# shellcheck source=support/tests/fakeqemu.sh
. support/tests/fakeqemu.sh

dry() {
	"$runqemu" --dry-run --kernel bzImage --record rec "$@"
}

line=$(dry --machine q35 -- true)
like 'QEMU records' "$line" ' -icount shift=auto,rr=record,rrsnapshot=init,rrfile=rec/events '
like 'with a snapshot at the start' "$line" ' -drive if=none,format=qcow2,id=snapshots,file=rec/snapshots.qcow2 '
like 'of a guest with that initramfs' "$line" ' -initrd rec/initrd '
like 'under TCG' "$line" ' -accel tcg '
like 'whose counter is the instructions' "$line" 'tsc_early_khz=1000000 '
like 'where gdb will find the kernel' "$line" ' nokaslr'
like 'the session uses a serial port' "$line" ' -serial chardev:tty '
unlike 'which is there once' "$line" 'isa-serial'
unlike 'and no virtio ports' "$line" 'virtio-serial\|virtserialport'
like 'a machine that takes one has another' "$(dry --machine microvm --kernel bzImage -- true 2>&1; dry --machine pc -- true)" ' -serial chardev:tty '
like 'the network is recorded' "$(dry --machine q35 --net -- true)" ' -object filter-replay,id=replay,netdev=net '
ok 'a dry run writes nothing' test ! -e rec

# no REASON OPTION...: that cannot be recorded
no() {
	why=$1
	shift
	fails 2 "refuses $1" dry "$@" -- true
	said 'and says why' "^runqemu: a run with $1 .*cannot be recorded: $why"
}
no 'only TCG can record' --accel kvm
no 'QEMU does not record files of this machine' --share tmp
no 'QEMU does not record files of this machine' --root /
no 'disks are not recorded' --disk bzImage
no 'disks are not recorded' --boot bzImage
no 'QEMU does not record vsock' --vsock 3
no 'QEMU records one processor' --cpus 2
no 'other guests are not recorded' --lan ''
no 'ports would be opened by each replay' --port 2222:22
no 'a recording is of one run' --repeat 2
fails 2 'refuses one snapshot' dry --snapshots 1 -- true
said 'and says what it takes' '^runqemu: --snapshots (SNAPSHOTS= of make) takes 0, or from 2 to 1000'
fails 2 'refuses snapshots with a network' dry --net --snapshots 4 -- true
said 'and says why' '^runqemu: there are no snapshots .* of a guest with a network (--net, NET=y of make): '
ok 'but not none' dry --net --snapshots 0 -- true
fails 2 'refuses snapshots of a replay' "$runqemu" --replay rec --snapshots 3
said 'and says so' '^runqemu: --snapshots (SNAPSHOTS= of make) goes with --record DIR'
fails 2 'refuses a terminal' dry
said 'and says so' '^runqemu: --record needs a COMMAND (RUN= of make)'
fails 2 'refuses another kernel' "$runqemu" --replay rec --kernel bzImage
said 'and says so' '^runqemu: --replay plays what was recorded: leave out kernel and COMMAND'

# A QEMU that writes what ours would, and says how it was called.
fake records <<'END'
printf '%s\n' "$@" >args
case $* in
*rr=record*) echo log >rec/events ;;
esac
printf '{"event": "SHUTDOWN", "data": {"guest": true, "reason": "guest-reset"}}\r\n' >&3
END
fails 125 'a directory without a recording' "$runqemu" --replay rec
said 'is told' '^runqemu: there is no recording in rec: rec/recording.json: No such file'
with records --machine q35 --record rec -- true >log 2>&1
ok 'what was recorded is described' test -s rec/recording.json
is 'for its owner' "$(stat -c %a rec/recording.json)" 600
mkdir other
mv rec other/
fails 123 'it is played, elsewhere' "$runqemu" --replay other/rec
like 'with its log' "$(cat args)" 'rr=replay,rrsnapshot=init,rrfile=other/rec/events'
like 'and its initramfs' "$(cat args)" '^other/rec/initrd$'
# changed FILE: refused, while that is so
changed() {
	cp "$1" saved
	echo more >>"$1"
	fails 125 "$1 has changed: refused" "$runqemu" --replay other/rec
	said 'and named' "^runqemu: .*$1 has changed since the run was recorded: record it again\$"
	cp saved "$1"
}
changed bzImage
changed records
changed other/rec/events
changed other/rec/initrd
fails 123 'as it was, it is played' "$runqemu" --replay other/rec
cp other/rec/recording.json saved
for bad in '' '{' '[]' '{"format": 2}' '{"format": 1}'; do
	printf '%s' "$bad" >other/rec/recording.json
	fails 125 "refuses the description '$bad'" "$runqemu" --replay other/rec
	said 'with the remedy' 'record it again$'
done

done_testing
