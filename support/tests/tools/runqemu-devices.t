#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# runqemu without a guest: disks, ports, memory, and how much is shown of the console.
# shellcheck disable=SC2016 # text for other shells stands in single quotes
set -u
# shellcheck source=support/tests/fakeqemu.sh
. support/tests/fakeqemu.sh

dry() {
	"$runqemu" --dry-run --accel tcg --kernel bzImage "$@"
}

# ---- memory ----

like 'MiB' "$(dry --memory 512 -- true)" ' -m 512 '
like 'MiB by name' "$(dry --memory 512M -- true)" ' -m 512 '
like 'GiB' "$(dry --memory 2G -- true)" ' -m 2048 '
for bad in 15 8M 0G 17000G G M 2T 2GB 1.5G -1 '' ' 64 ' 99999999999999999999; do
	fails 2 "refuses --memory '$bad'" dry --memory "$bad" -- true
	said 'and says what it takes' '--memory (MEMORY= of make) takes 16 to 16777216 MiB, or GiB as in 2G'
done
# A bzImage that reaches from 16 to 26 MiB, by the fields of the boot protocol 2.15.
cp bzImage big
printf '\017\002' | dd of=big bs=1 seek=518 conv=notrunc status=none
printf '\0\0\0\001\0\0\0\0\0\0\240\0' | dd of=big bs=1 seek=600 conv=notrunc status=none
head -c 2500000 /dev/zero >archive
big() { "$runqemu" --accel tcg --kernel big --initramfs archive "$@"; }
fails 125 'a kernel and an initramfs that do not fit' big --memory 28 -- true
said 'are told before anything boots' '^runqemu: 28 MiB of memory are too little: the kernel and its initramfs alone take 29: raise --memory (MEMORY= of make)$'
ok 'that just fit' big --memory 29 --dry-run -- true
ok 'QEMU may have got its memory otherwise' big --memory 16 --dry-run --qemu-arg -m --qemu-arg 1G -- true
# dies NAME TEXT: a guest that says that and is gone
dies() {
	printf 'printf "%s\\r\\n" >&4\n' "$2" | fake "$1"
}
advice='^runqemu: 256 MiB of memory seem to be too little for this guest: raise --memory (MEMORY= of make)$'
dies deadlock 'Kernel panic - not syncing: System is deadlocked on memory'
fails 122 'a panic for want of memory' with deadlock -- true
said 'has the advice' "$advice"
like 'before the last line' "$(tail -n 1 .tap.out)" '^runqemu: guest panicked: System is deadlocked'
dies unpacks 'Initramfs unpacking failed: write error
Kernel panic - not syncing: VFS: Unable to mount root fs on unknown-block(0,0)'
fails 123 'an initramfs that does not fit when unpacked' with unpacks -- true
said 'has it' "$advice"
dies alarm 'PCI: Fatal: No config space access function found
Kernel panic - not syncing: Fatal exception'
fails 122 'one on a machine without PCI' with alarm -- true
unlike 'that is not told as a trouble' "$(cat .tap.out)" 'PCI: Fatal'
said 'the panic is' '^Kernel panic - not syncing: Fatal exception'
dies other 'Kernel panic - not syncing: Fatal exception'
fails 122 'another panic' with other -- true
unlike 'has not' "$(cat .tap.out)" 'raise --memory'
fake wordless <<'END2'
printf '{"event": "SHUTDOWN", "data": {"guest": true, "reason": "guest-reset"}}\r\n' >&3
END2
fails 123 'an end without a word' with wordless -- true
unlike 'has not, in a large one' "$(cat .tap.out)" 'raise --memory'
fails 123 'an end without a word' "$runqemu" --accel tcg --kernel big --initramfs archive --qemu ./wordless --memory 40 -- true
said 'but in a small one' '^runqemu: 40 MiB of memory seem to be too little'

# ---- disks ----

truncate -s 1M raw.img 'a,b:c.img'
mkdir dir
mkfifo fifo
: >empty
line=$(dry --disk raw.img --disk 'a,b:c.img:ro' -- true)
like 'a disk' "$line" " -blockdev driver=raw,node-name=disk0,read-only=off,file.driver=file,file.filename=$SCRATCH/raw.img -device virtio-blk-pci,drive=disk0 "
like 'another for reading, with a comma and a colon in its name' "$line" "driver=raw,node-name=disk1,read-only=on,file.driver=file,file.filename=$SCRATCH/a,,b:c.img.\{0,1\} -device virtio-blk-pci,drive=disk1 "
like 'one for writing, as it is by default' "$(dry --disk raw.img:rw -- true)" 'read-only=off'
refused() { # NAME DISK WORDS
	fails 125 "$1" dry --disk "$2" -- true
	said 'is told' "^runqemu: .*$2.*$3"
}
refused 'a disk that is not there' nowhere 'No such file'
refused 'a directory' dir 'is a directory: --share gives it to the guest'
refused 'a fifo' fifo 'neither a file nor a block device'
refused 'a device that is no disk' /dev/null 'neither a file nor a block device'
refused 'an empty file' empty "is empty: 'truncate -s 1G' gives it a size"
fails 125 'a disk twice' dry --disk raw.img --disk ./raw.img:ro -- true
said 'is told' 'the disk ./raw.img is given twice'
if [ "$(id -u)" = 0 ]; then
	skip 'a disk that we may not write to' 'root may'
else
	chmod 400 raw.img
	refused 'a disk that we may not write to' raw.img 'Permission denied (with :ro behind it, it is only read)'
	ok 'may be read' dry --disk raw.img:ro -- true
	chmod 600 raw.img
fi
# qcow2 FILE BACKING FEATURES: an image of version 3, as far as its head goes; octal bytes.
qcow2() {
	{
		printf 'QFI\373\0\0\0\003\0\0\0\0\0\0\0'
		# shellcheck disable=SC2059 # octal
		printf "\\$2"
		head -c 63 /dev/zero
		# shellcheck disable=SC2059 # octal
		printf "\\$3"
		head -c 4000 /dev/zero
	} >"$1"
}
qcow2 plain.img 0 0
like 'a qcow2 image, whatever it is called' "$(dry --disk plain.img -- true)" ' driver=qcow2,node-name=disk0,'
qcow2 backed.img 150 0
refused 'one with a backing file' backed.img 'a guest may have written there: if it is yours, let its name end in .qcow2'
qcow2 data.img 0 4
refused 'one with a data file' data.img 'uses another file'
mv backed.img backed.qcow2
mv data.img data.qcow2
like 'that is called so' "$(dry --disk backed.qcow2 -- true)" ' driver=qcow2,'
like 'or has a data file' "$(dry --disk data.qcow2:ro -- true)" ' driver=qcow2,node-name=disk0,read-only=on,'
mv raw.img raw.qcow2
refused 'one that is only called so' raw.qcow2 'is named .qcow2 but is not a qcow2 image'
for symbol in ACPI VIRTIO_PCI VIRTIO_CONSOLE; do echo "CONFIG_$symbol=y"; done >config
fails 125 'a kernel without virtio-blk' dry --config config --disk plain.img -- true
said 'is told' 'its kernel lacks CONFIG_VIRTIO_BLK'
echo CONFIG_VIRTIO_BLK=y >>config
ok 'one with it' dry --config config --disk plain.img -- true

# NVMe disks, and where they can be.
like 'an NVMe disk' "$(dry --disk plain.img:nvme:ro --disk 'a,b:c.img:ro:nvme' -- true)" ' driver=qcow2,node-name=disk0,read-only=on,.* -device nvme,serial=disk0,drive=disk0 .* -device nvme,serial=disk1,drive=disk1 '
like 'one of virtio, by name' "$(dry --disk plain.img:virtio -- true)" ' -device virtio-blk-pci,drive=disk0 '
fails 125 'a kernel without NVMe' dry --config config --disk plain.img:nvme -- true
said 'is told' 'the guest can have no NVMe disk: its kernel lacks CONFIG_BLK_DEV_NVME or CONFIG_PCI'
printf 'CONFIG_%s=y\n' PCI BLK_DEV_NVME VIRTIO_MMIO VIRTIO_MMIO_CMDLINE_DEVICES X86_64 >>config
ok 'one with it' dry --config config --disk plain.img:nvme -- true
# A vmlinux with the note of a PVH entry, for microvm: an ELF header, a program header of notes, and the note.
elf() {
	printf '\177ELF\2\1\1\0\0\0\0\0\0\0\0\0\2\0\076\0\1\0\0\0\0\0\0\0\0\0\0\0\100\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\100\0\070\0\1\0\0\0\0\0\0\0'
	printf '\4\0\0\0\0\0\0\0\170\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\024\0\0\0\0\0\0\0\024\0\0\0\0\0\0\0\4\0\0\0\0\0\0\0'
	printf '\4\0\0\0\4\0\0\0\022\0\0\0Xen\0\0\0\020\0'
}
elf >vmlinux
pvh() { "$runqemu" --dry-run --accel tcg --kernel vmlinux --config config "$@"; }
like 'microvm' "$(pvh -- true)" ' -machine microvm,'
like 'is not chosen for an NVMe disk' "$(pvh --disk plain.img:nvme -- true)" ' -machine q35 '
fails 125 'microvm for one' pvh --machine microvm --disk plain.img:nvme -- true
said 'is told' 'the machine microvm has no PCI bus'

# ---- NUMA nodes, vsock, networks of guests ----

# nodes ARGUMENT...: the memory, the processors and the nodes that QEMU gets.
nodes() {
	dry "$@" -- true | tr ' ' '\n' | sed -n -e '/^-smp$/{n;s/^/cpus /p;}' -e '/^-m$/{n;s/^/memory /p;}' -e 's/memory-backend-ram,id=//p' -e 's/^node,nodeid=\(.*\),memdev=node[0-9]*/\1/p' | paste -s -d ' ' -
}
is 'one node' "$(nodes)" 'cpus 1 memory 256'
is 'two equal ones' "$(nodes --numa 2 --cpus 4)" 'cpus 4 memory 256 node0,size=128M 0,cpus=0-1 node1,size=128M 1,cpus=2-3'
is 'what cannot be divided' "$(nodes --numa 3 --cpus 2 --memory 100)" 'cpus 2 memory 100 node0,size=33M 0,cpus=0-0 node1,size=33M 1,cpus=1-1 node2,size=34M 2'
is 'a list' "$(nodes --numa '256M:0-1 1G:2 64')" 'cpus 3 memory 1344 node0,size=256M 0,cpus=0-1 node1,size=1024M 1,cpus=2-2 node2,size=64M 2'
is 'more processors' "$(nodes --numa '256:1 256:0' --cpus 4)" 'cpus 4 memory 512 node0,size=256M 0,cpus=1-1 node1,size=256M 1,cpus=0-0'
for bad in 0 65 -1 x '' 64M:a 64M:2-1 '64M:0-1 64M:1' '64M:0 64M:300' 64T 64M: '0M:0'; do
	fails 2 "refuses --numa '$bad'" dry --numa "$bad" -- true
	said 'and says what it takes' '--numa (NUMA= of make) takes a number of nodes up to 64, or for each its memory and processors'
done
fails 125 'a kernel without nodes' dry --config config --numa 2 -- true
said 'is told' 'the guest can have no NUMA nodes: its kernel lacks CONFIG_X86_64_ACPI_NUMA'
echo CONFIG_X86_64_ACPI_NUMA=y >>config
like 'microvm has none' "$(pvh --numa 2 -- true)" ' -machine q35 '
fails 125 'by wish' pvh --machine microvm --numa 2 -- true
said 'is told' 'the guest can have no NUMA nodes on the machine microvm'

like 'vsock' "$(dry --vsock 7 -- true)" ' -device vhost-vsock-pci,guest-cid=7 '
for bad in 2 0 -1 x; do fails 2 "refuses --vsock $bad" dry --vsock "$bad" -- true; done
fails 125 'a kernel without it' dry --config config --vsock 3 -- true
said 'is told' 'the guest can have no vsock: its kernel lacks CONFIG_VIRTIO_VSOCKETS'
if [ -e /dev/vhost-vsock ]; then
	skip 'a machine without vsock' 'this one has it'
else
	fails 125 'a machine without vsock' "$runqemu" --accel tcg --kernel bzImage --initramfs initramfs --vsock 3 -- true
	said 'is told what to do' "this machine has no /dev/vhost-vsock (as root: 'modprobe vhost_vsock')"
fi

line=$(dry --lan 10.0.3.1 -- true)
like 'a network of guests' "$line" " -netdev socket,id=lan,mcast=230.0.0.1:$((20001 + $(id -u) % 10000)),localaddr=127.0.0.1 -device virtio-net-pci,netdev=lan,mac=52:55:"
unlike 'and no other' "$line" ' -nic \|user,id=net'
unlike 'each guest has an Ethernet address of its own' "$(dry --lan '' -- true)" "$(dry --lan '' -- true | grep -o 'mac=[0-9a-f:]*')"
like 'the number of the network' "$(dry --lan 10.0.3.1/16@2345 -- true)" 'mcast=230.0.0.1:2345,'
like "with QEMU's network" "$(dry --net --lan 10.0.3.1 -- true)" ' -netdev user,id=net .* -netdev socket,id=lan,'
for bad in x 10.0.3 10.0.3.1/33 10.0.3.1/ 10.0.3.1@0 10.0.3.1@x '10.0.3.1;reboot' 10.0.3.1@70000; do
	fails 2 "refuses --lan '$bad'" dry --lan "$bad" -- true
	said 'and says what it takes' '--lan (NET=mcast: of make) takes the guest.s IPv4 address'
done

# ---- ports ----

fails 125 'a port twice' dry --port 2222:22 --port 2222:23 -- true
said 'is told' 'port 2222 of this machine is given twice by --port (PORTS= of make)'
"${CC:-gcc}" -O1 -pthread -o httpd "$TOP/support/tests/helpers/httpd.c"
sleep 300 &
holder=$!
port=$(./httpd -q -w "$holder" dir)
: | fake idle
fails 125 'a port that is in use' with idle --json record --port "$port:22" -- true
is 'is told, and nothing else' "$(cat .tap.out)" "runqemu: port $port of this machine is in use: choose another one by --port HOST:GUEST (PORTS= of make)"
like 'and recorded' "$(tr -d '\n\t' <record)" '"cause":"not started","detail":"port [0-9]* of this machine is in use'
fails 125 "one for gdb" with idle --debug --gdb-port "$port" -- true
said 'is told' "port $port of this machine is in use: choose another one by --gdb-port (GDB_PORT= of make)"
ok 'a dry run asks for none' dry --port "$port:22" -- true
kill "$holder"
wait "$holder" 2>/dev/null
fake served <<'END2'
echo "${mark}ready" >&5
printf '%s\n' "${mark}ready" "${mark}end" >&6
echo "${mark}status 3" >&5
exec sleep 60
END2
# free: once the server has gone, which is a little later
free() {
	for _ in $(seq 200); do
		status=0
		with served --port "$port:22" -- true || status=$?
		[ "$status" = 125 ] || break
		sleep 0.1
	done
	return "$status"
}
fails 3 'once it is free, the guest runs' free

# ---- the console ----

fake talks <<'END2'
printf 'the kernel says\r\n' >&4
echo "${mark}ready" >&5
printf '%s\n' "${mark}ready" "${mark}end" >&6
echo "${mark}status 0" >&5
exec sleep 60
END2
is 'with a command the console is not shown' "$(with talks -- true 2>&1)" ''
is 'with --show-log it is, on standard error' "$(with talks --show-log -- true 2>&1 >/dev/null | tr -d '\r')" 'the kernel says'
unlike 'and the kernel may say all' "$(dry --show-log -- true)" 'quiet\|loglevel'
dies panics 'Kernel panic - not syncing: Fatal exception'
with panics --show-log -- true 2>err
is 'what was shown is not shown again' "$(grep -c 'Kernel panic' err)" 1

if command -v script >/dev/null; then
	mkfifo keys # that nobody presses
	exec 8<>keys
	# terminal ARGUMENT...: runqemu at a terminal
	terminal() {
		script -q -e -c "'$runqemu' --accel tcg --kernel bzImage --initramfs initramfs $*" /dev/null <&8 | tr -d '\r'
	}
	like 'at a terminal it has to say warnings and worse' "$(terminal --dry-run)" ' loglevel=5'
	for loud in --show-log '--log log' '--debug --gdb-port 1234'; do
		unlike "all with $loud" "$(terminal --dry-run "$loud")" 'quiet\|loglevel'
	done
	like 'what is asked for goes last' "$(terminal --dry-run --append loglevel=7)" ' loglevel=5 .*loglevel=7'
	fake microvm <<'END2'
printf 'PCI: Fatal: No config space access function found\r\n[    0.25] PCI: Sys' >&4
sleep 0.2
printf 'tem does not support PCI\r\nPCI: another\r\nPCI: Fatal: No config space access function found\r\n' >&4
printf '{"event": "SHUTDOWN", "data": {"guest": true, "reason": "guest-shutdown"}}\r\n' >&3
END2
	is 'what microvm has the kernel say is left out, once' "$(terminal --qemu ./microvm)" 'PCI: another
PCI: Fatal: No config space access function found'
	is 'but with --show-log' "$(terminal --show-log --qemu ./microvm | sed -n '1p;2p')" 'PCI: Fatal: No config space access function found
[    0.25] PCI: System does not support PCI'
else
	skip 'at a terminal' 'there is no script'
fi
done_testing
