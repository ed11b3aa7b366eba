#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Several guests on one network; NUMA nodes, NVMe disks and vsock, if the kernel of these images has them.
# shellcheck disable=SC2016 # text for the guest's shell stands in single quotes
set -u
# shellcheck source=support/tests/guest.sh
. support/tests/guest.sh
cd "$SCRATCH" || exit 1

# configured SYMBOL NAME: whether the kernel has it; else NAME is skipped
configured() {
	grep -q "^CONFIG_$1=y" "$images/kernel.config" || {
		skip "$2" "the kernel has no CONFIG_$1"
		return 1
	}
}

# Two guests find each other on a network of this test; a third one is on another.
net=$((20000 + $$ % 20000))
background server --timeout 300 --lan "10.0.3.1@$net" \
	-- 'echo from a guest >/tmp/file; httpd -h /tmp -p 80; while [ ! -e /tmp/end ]; do sleep 0.1; done'
boot --timeout 300 --lan "10.0.3.2/24@$net" -- 'for i in $(seq 100); do wget -q -O - http://10.0.3.1/file 2>/dev/null && break; sleep 0.2; done
	ip -4 addr show lan0 | grep -o "inet [0-9./]*"; ip -6 addr show lan0 | grep -c fe80; ls /sys/class/net'
is 'a guest reaches another' "$out" 'from a guest
inet 10.0.3.2/24
1
lan0
lo'
boot --timeout 300 --net --lan "10.0.3.9@$((net + 1))" -- 'ip -4 addr show eth0 | grep -o "inet [0-9./]*"; ip -4 addr show lan0 | grep -o "inet [0-9./]*"; ls -d /sys/class/net/lan0
	ping -c 1 -W 1 10.0.3.1 >/dev/null || echo nobody there'
is "another network, besides QEMU's" "$out" 'inet 10.0.2.15/24
inet 10.0.3.9/24
/sys/class/net/lan0
nobody there'
"$TOOLBIN/runqemu" --attach run/server -- 'touch /tmp/end' 2>/dev/null
finished server
ends 0 'the first one ends'

if configured NUMA 'NUMA nodes'; then
	boot --numa '128M:0 128M:1' -- 'ls -d /sys/devices/system/node/node[0-9]; cat /sys/devices/system/node/node1/cpulist'
	is 'NUMA nodes' "$out" '/sys/devices/system/node/node0
/sys/devices/system/node/node1
1'
fi
if configured BLK_DEV_NVME 'NVMe disks'; then
	truncate -s 8M one two three
	boot --disk one:nvme --disk two:nvme:ro --disk three -- 'for disk in /sys/block/nvme*; do
		echo "$(cat $disk/device/serial)" $(echo written 2>/dev/null | dd of=/dev/${disk##*/} conv=fsync,notrunc bs=512 2>/dev/null && echo yes || echo no)
		done; ls /dev/vd*'
	is 'NVMe disks, one of them to be read' "$(printf '%s\n' "$out" | tr -s ' ' | sort)" '/dev/vda
disk0 yes
disk1 no'
	is 'what was written is there' "$(head -c 7 one) $(head -c 7 two | tr -d '\000')" 'written '
fi
if configured VIRTIO_VSOCKETS vsock; then
	if [ -w /dev/vhost-vsock ]; then
		boot --vsock $((100000 + $$)) -- 'ls /sys/bus/virtio/drivers/vmw_vsock_virtio_transport | grep -c virtio'
		is 'vsock' "$out" 1
	else
		skip vsock 'this machine has no /dev/vhost-vsock'
	fi
fi
done_testing
