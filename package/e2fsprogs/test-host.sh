#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The test takes all programs.
[ "$1" = config ] || exit 0
for option in CHATTR DEBUGFS RESIZE2FS; do
	echo "CONFIG_E2FSPROGS_$option=y"
done
