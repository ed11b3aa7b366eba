#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The test takes all compressors.
[ "$1" = config ] || exit 0
echo CONFIG_SQUASHFS_TOOLS_XZ=y
echo CONFIG_SQUASHFS_TOOLS_LZ4=y
