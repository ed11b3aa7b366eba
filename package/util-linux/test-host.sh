#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The test takes more programs than there are without being asked for.
[ "$1" = config ] || exit 0
for option in BLKID DMESG FLOCK LOSETUP LSFD MOUNT SCRIPT SFDISK UUIDGEN WIPEFS; do
	echo "CONFIG_UTIL_LINUX_$option=y"
done
