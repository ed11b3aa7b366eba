#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Every kernel and BusyBox that is pinned, as far as it can be had, built and booted.
set -u
. support/tests/board.sh

export XDG_CACHE_HOME="$CHECK_O/cache"

# conf SYMBOL...: the default board with these symbols set.
conf() {
	board versions qemu-x86_64_defconfig >/dev/null 2>&1
	for symbol; do echo "CONFIG_$symbol=y"; done >>"$CHECK_O/versions/.config"
}

for v in 6.18.45:LINUX_6_18 6.1.176:LINUX_6_1; do
	version=${v%:*}
	conf "${v#*:}"
	if ! board versions source >"$SCRATCH/source.log" 2>&1; then
		skip "linux $version" "$(grep "linux-$version" "$SCRATCH/source.log" | tail -n 1)"
		continue
	fi
	ok "linux $version builds" board versions
	unlike "linux $version: every setting took effect" "$(cat "$SCRATCH/.tap.out")" 'did not take effect'
	guest versions 'uname -r'
	is "linux $version boots" "$out" "$version"
done

for v in 1.37.0:BUSYBOX_1_37 1.38.0:BUSYBOX_1_38; do
	version=${v%:*}
	conf "${v#*:}" LINUX_6_1 # the kernel that is there already
	ok "busybox $version builds" board versions
	guest versions 'busybox | head -n 1'
	like "busybox $version runs" "$out" "^BusyBox v$version"
done
done_testing
