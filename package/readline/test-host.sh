#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# What the test needs enabled: somebody who asks for lines.
[ "$1" != config ] || printf 'CONFIG_PACKAGE_LUA=y\nCONFIG_LUA_READLINE=y\n'
