#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# A guest that panics or hangs is kept, with a script in QEMU's place that sends its memory: whole, or not at all.
# shellcheck disable=SC2016 # text for other shells stands in single quotes
set -u
# shellcheck source=support/tests/tap.sh
. support/tests/tap.sh

# shellcheck source=support/tests/fakeqemu.sh
. support/tests/fakeqemu.sh

cores=$TOOLBIN/cores
{ printf '\177ELF'; head -c 200000 /dev/urandom; } >core
# dumps <text: a script that dumps its memory to $to as that text says, when it is asked to; it ends when its input does.
# What it was asked is in the file asked.
dumps() {
	{
		cat "$1"
		echo 'case $* in *-no-shutdown*) ;; *) exit ;; esac'
		printf '%s\n' 'while read -r line <&3; do' \
			'	echo "$line" >>asked' \
			'	case $line in *dump-guest-memory*) ;; *) continue ;; esac' \
			'	to=$(printf "%s\n" "$line" | sed "s/.*file:\([^\"]*\).*/\1/")'
		cat
		echo 'done'
	} >text
	fake "$2" <text
}
cat >panics <<'END'
trap 'exit 0' TERM
echo "${mark}ready" >&5
echo 'it says much' >&4
echo '[    1.000000] Kernel panic - not syncing: Fatal <exception> of mine' >&4
printf '{"event": "SHUTDOWN", "data": {"guest": true, "reason": "guest-reset"}}\r\n{"event": "STOP"}\r\n' >&3
END
dumps panics good <<'END'
cat core >"$to"
printf '{"return": {}, "id": "dump"}\r\n' >&3
END
kept() { (cd kept 2>/dev/null && find . -mindepth 1 -maxdepth 1 | sed "s,^\./,," | sort | paste -s -d " " -); }

# ---- a panic ----
fails 122 'a guest that panics' with good --kernel-log log --json json --crash kept -- 'my test'
said 'its status is told last' '^runqemu: guest panicked: Fatal <exception> of mine$'
said 'and where it is kept' '^runqemu: the guest.s memory is kept (1[0-9][0-9]\.[0-9] KiB): make crash opens kept/[0-9]*-[0-9]*-fatal-exception-of-mine$'
one=kept/$(kept)
like 'it is named by when and what' "$one" '^kept/20[0-9]\{6\}-[0-9]\{6\}-fatal-exception-of-mine$'
ok 'its memory is compressed' sh -c "zstd -qdc '$one/vmcore.zst' | cmp - core"
is 'its log' "$(head -n 1 "$one/console.log")" 'it says much'
like 'its record' "$(cat "$one/record.json")" '"exit":[[:blank:]]*122'
is 'which is the one of --json' "$(cat "$one/record.json")" "$(cat json)"
like 'the commands: runqemu' "$(cat "$one/command")" "^[^ ]*runqemu .*--crash kept -- 'my test'\$"
like 'and QEMU' "$(cat "$one/command")" '^\./good .*-no-reboot -no-shutdown'
is 'QEMU was asked for the memory of a guest that stands' "$(sed 's/.*"execute":"\([a-z_-]*\)".*/\1/' asked | paste -s -d ' ' -)" \
	'qmp_capabilities query-status stop dump-guest-memory'
like 'by its virtual addresses' "$(grep dump-guest asked)" '"paging":true'
unlike 'without --crash QEMU ends by itself' "$("$runqemu" --dry-run --accel tcg --kernel bzImage -- true)" 'no-shutdown'

# ---- vmcoreinfo ----
printf 'CONFIG_%s=y\n' VIRTIO_MMIO VIRTIO_MMIO_CMDLINE_DEVICES VIRTIO_PCI VIRTIO_CONSOLE FW_CFG_SYSFS >config
line=$("$runqemu" --dry-run --accel tcg --kernel bzImage --config config --crash kept -- true)
like 'a kernel that can tell of itself is asked to' "$line" ' -device vmcoreinfo '
grep -v FW_CFG config >config-not
unlike 'another one is not' "$("$runqemu" --dry-run --accel tcg --kernel bzImage --config config-not --crash kept -- true)" vmcoreinfo
unlike 'nor one that is not kept' "$("$runqemu" --dry-run --accel tcg --kernel bzImage --config config -- true)" vmcoreinfo

# ---- a kernel with symbols, and gdb's commands for it ----
mkdir -p images/scripts/gdb/linux
gcc -o images/vmlinux -x c - <<'END' || exit 1
int main(void) { return 0; }
END
cp bzImage images
echo 'first' >images/vmlinux-gdb.py
echo 'second' >images/scripts/gdb/linux/tasks.py
pictured() { "$runqemu" --accel tcg --images images --machine q35 --qemu ./good --crash kept -- true; }
rm -rf kept
fails 122 'with a vmlinux' pictured
two=kept/$(kept)
ok 'the kernel is beside its memory' cmp images/vmlinux "$two/vmlinux"
is 'and its scripts' "$(cat "$two/vmlinux-gdb.py" "$two/scripts/gdb/linux/tasks.py" | paste -s -d ' ' -)" 'first second'
fails 122 'once more' pictured
is 'there are two' "$(kept | wc -w)" 2
is 'which share the kernel' "$(stat -c %h "$two/vmlinux")" 2
ok 'crashes are listed' "$cores" list kept
is 'both' "$(grep -c 'panic: Fatal <exception> of mine; in: true' .tap.out)" 2
is 'the last one is known' "$("$cores" last kept)" "kept/$(kept | tr ' ' '\n' | tail -n 1)"
is 'and one by a part of its name' "$("$cores" last kept "${two#kept/}")" "$(find kept -maxdepth 1 -path "$two*" | sort | tail -n 1)"
fails 1 'none of that name' "$cores" last kept nowhere
said 'is told' 'there is no crash in kept with nowhere in its name'
fails 1 'nothing is there' "$cores" last empty
said 'and how to get one' '^cores: there is no crash in empty: a guest that panics or hangs is kept there with --crash (CRASH=keep of make)$'

# ---- a hang, and other ends ----
rm -rf kept
cat >hangs <<'END'
trap 'exit 0' TERM
echo "${mark}ready" >&5
END
dumps hangs silent <<'END'
cat core >"$to"
printf '{"return": {}, "id": "dump"}\r\n' >&3
END
fails 124 'a guest that hangs' with silent --timeout 1 --crash kept -- true
like 'is kept' "$(kept)" '^[0-9]*-[0-9]*-hang$'
rm -rf kept
fake fine <<'END'
echo "${mark}ready" >&5
echo "${mark}end" >&6
echo "${mark}status 3" >&5
exec sleep 60
END
fails 3 'a command that fails' with fine --crash kept -- true
fake off <<'END'
trap 'exit 0' TERM
echo "${mark}ready" >&5
printf '{"event": "SHUTDOWN", "data": {"guest": true, "reason": "guest-shutdown"}}\r\n' >&3
while :; do sleep 0.1; done
END
fails 121 'a guest that turns itself off' with off --crash kept -- true
said 'is told as ever' 'guest ended before the command did: it turned itself off'
fake noinit <<'END'
trap 'exit 0' TERM
echo 'Kernel panic - not syncing: No working init found.' >&4
printf '{"event": "SHUTDOWN", "data": {"guest": true, "reason": "guest-reset"}}\r\n' >&3
while :; do sleep 0.1; done
END
fails 123 'a guest without an init' with noinit --crash kept -- true
is 'none of these is kept' "$(kept)" ''
sed 's/SHUTDOWN.*/GUEST_PANICKED", "data": {"action": "pause"}}\\r\\n" >\&3/; s/^printf .{/printf "{/; s/{"event": "/{\\"event\\": \\"/; s/"data": {"action": "pause"}/\\"data\\": {\\"action\\": \\"pause\\"}/; s/PANICKED",/PANICKED\\",/' \
	panics | grep -v 'Kernel panic' >device
dumps device pvpanic <<'END'
cat core >"$to"
printf '{"return": {}, "id": "dump"}\r\n' >&3
END
fails 122 'a panic that only a device tells' with pvpanic --crash kept -- true
like 'is kept' "$(kept)" '^[0-9]*-[0-9]*-panic$'

# ---- a machine whose virtual addresses QEMU cannot tell ----
rm -rf kept
dumps panics physical <<'END'
case $line in
*'"paging":true'*) printf '{"error": {"class": "GenericError", "desc": "unsupported"}, "id": "dump"}\r\n' >&3 ;;
*) cat core >"$to"; printf '{"return": {}, "id": "dump"}\r\n' >&3 ;;
esac
END
fails 122 'a machine without paging' with physical --crash kept -- true
is 'is kept, too' "$(kept | wc -w)" 1

# ---- no half of it ----
rm -rf kept
# lost WHAT PATTERN <text: what follows a request for the memory; nothing is kept, and the message fits.
lost() {
	dumps panics lost
	fails 122 "$1" with lost --crash kept -- true
	said "$1: is told" "^runqemu: the guest's memory is not kept in kept: $2"
	said "$1: and the panic" '^runqemu: guest panicked: '
	is "$1: nothing is left" "$(kept)" ''
}
lost 'QEMU refuses' 'this machine has no memory$' <<'END'
printf '{"error": {"class": "GenericError", "desc": "this machine has no memory"}, "id": "dump"}\r\n' >&3
END
lost 'QEMU ends in the middle' 'QEMU ended$' <<'END'
head -c 100000 core >"$to"
exit 1
END
lost 'QEMU sends nothing' 'QEMU sent no core$' <<'END'
printf '{"return": {}, "id": "dump"}\r\n' >&3
END
lost 'QEMU fails in the middle' 'no space for it$' <<'END'
head -c 100000 core >"$to"
printf '{"error": {"class": "GenericError", "desc": "no space for it"}, "id": "dump"}\r\n' >&3
END
mkdir tiny
if unshare -m true 2>/dev/null; then
	full() { unshare -m sh -c 'mount -t tmpfs -o size=64k none tiny && "$@"; status=$?; ls -A tiny >tiny.left; exit $status' sh "$@"; }
	fails 122 'a full disk' full "$runqemu" --accel tcg --kernel bzImage --initramfs initramfs --qemu ./good --crash tiny -- true
	said 'is told' "^runqemu: the guest's memory is not kept in tiny: No space left on device\$"
	is 'and nothing is left' "$(cat tiny.left)" ''
else
	skip 'a full disk' 'no file system can be mounted here'
fi
fails 122 'a directory that cannot be made' with good --crash core/kept -- true
said 'is told' "the guest's memory is not kept in core/kept: Not a directory"

# Interrupted while the memory comes.
dumps panics slow <<'END'
head -c 100000 core >"$to"
echo $$ >pid
while :; do sleep 0.1; done
END
slow() { exec "$runqemu" --accel tcg --kernel bzImage --initramfs initramfs --qemu ./slow --crash kept -- true; }
rm -f pid
slow >out 2>&1 &
guest=$!
started
kill -TERM $guest
wait $guest
is 'a signal in the middle' $? 143
is 'leaves nothing' "$(kept)" ''
ok 'and QEMU ends' gone
# What is left by SIGKILL is no crash, and goes with the next one.
rm -f pid
slow >out 2>&1 &
guest=$!
started
kill -KILL $guest
wait $guest 2>/dev/null
like 'SIGKILL leaves a part' "$(kept)" '^\.new-[^ ]*$'
fails 1 'which is no crash' "$cores" list kept
fails 122 'the next one' with good --crash kept -- true
like 'removes it' "$(kept)" '^[0-9]*-[0-9]*-fatal-exception-of-mine$'

# ---- a limit ----
rm -rf kept
for _ in 1 2 3; do with good --crash kept -- true >out 2>&1; done
is 'three' "$(kept | wc -w)" 3
first=$(kept | tr ' ' '\n' | head -n 1)
fails 122 'a fourth, with a limit for three' with good --crash kept --crash-max 700K -- true
said 'the oldest is removed, and named' "^runqemu: kept/$first is removed: crashes take more than --crash-max (CRASH_MAX= of make)\$"
is 'three are left' "$(kept | wc -w)" 3
fails 122 'one that is larger than the limit' with good --crash kept2 --crash-max 100K -- true
said 'is told' "not kept in kept2: it is larger than the limit, --crash-max (CRASH_MAX= of make)"
is 'and not kept' "$(ls -A kept2)" ''
fails 2 'a limit that is none' with good --crash-max much -- true
said 'is an error' '^runqemu: --crash-max (CRASH_MAX= of make) takes a size, as 512M or 2G, not .much.$'
rm -rf kept
fails 122 'several runs' with good --crash kept --repeat 3 -- true
is 'the first that failed is kept' "$(kept | wc -w)" 1

done_testing
