#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The menus, through a terminal: ours, and those inside the kernel and BusyBox, on the build
# that 10-qemu-x86_64.t left (or a new one).
set -u
. support/tests/board.sh

command -v tmux >/dev/null || { skip 'menus' 'tmux is not installed'; done_testing; }
export XDG_CACHE_HOME="$CHECK_O/cache"
[ -s "$CHECK_O/default/images/bzImage" ] || ok 'a build' board default

# screen_menu GOAL TITLE: start make GOAL in a terminal and wait until its screen shows TITLE. Each has a
# server of its own: one that was told to end still answers for a moment.
screen_menu() {
	socket=$SCRATCH/$1
	rm -f "$SCRATCH/ended"
	tmux -S "$socket" -f /dev/null new-session -d -x 100 -y 40 \
		"make O='$CHECK_O/default' TOOLDIR='${TOOLBIN%/bin}' $1; echo \$? >'$SCRATCH/ended'; sleep 2"
	sees "$2"
}
sees() {
	n=0
	while [ "$n" -lt 600 ]; do
		tmux -S "$socket" capture-pane -p 2>/dev/null | grep -q "$1" && return 0
		sleep 0.1
		n=$((n + 1))
	done
	tmux -S "$socket" capture-pane -p
	return 1
}
press() {
	for key; do
		tmux -S "$socket" send-keys "$key"
		sleep 0.3
	done
}
ended() {
	n=0
	while [ ! -s "$SCRATCH/ended" ] && [ "$n" -lt 300 ]; do
		sleep 0.1
		n=$((n + 1))
	done
	tmux -S "$socket" kill-server 2>/dev/null
	[ "$(cat "$SCRATCH/ended" 2>/dev/null)" = 0 ]
}

ok 'menuconfig shows our menu' screen_menu menuconfig 'Root filesystem'
press Escape Escape
ok 'it ends' ended
ok 'nconfig shows it too' screen_menu nconfig 'Root filesystem'
press F9
ok 'it ends' ended

# One option of BusyBox: "Show applet usage messages" is the first switch of its first menu
# that is on; search finds it whatever the version's order.
rm -f "$CHECK_O/default/fragments/busybox.config"
ok 'busybox-menuconfig shows the menu of BusyBox' screen_menu busybox-menuconfig 'Settings'
press Enter
ok 'its first menu' sees 'Enable compatibility for full-blown desktop systems'
press n Escape Escape Escape Escape
ok 'it asks whether to save' sees 'Do you wish to save'
press Enter
ok 'it ends' ended
like 'what was chosen is kept as a fragment' "$(cat "$CHECK_O/default/fragments/busybox.config" 2>/dev/null)" 'CONFIG_DESKTOP is not set'
ok 'BusyBox is built with it' board default busybox
like 'its configuration says so' "$(cat "$CHECK_O/default/build/busybox/build/.config")" '^# CONFIG_DESKTOP is not set'
ok 'savedefconfig' board default busybox-savedefconfig
like 'writes it down' "$(cat "$CHECK_O/default/busybox_defconfig")" '^# CONFIG_DESKTOP is not set'
rm -f "$CHECK_O/default/fragments/busybox.config"
ok 'linux-savedefconfig' board default linux-savedefconfig
like 'writes what differs from the kernel defaults' "$(cat "$CHECK_O/default/linux_defconfig")" '^CONFIG_VIRTIO_NET=y'
done_testing
