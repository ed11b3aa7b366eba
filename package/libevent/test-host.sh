#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# What the test needs enabled: somebody who waits for events.
[ "$1" != config ] || echo CONFIG_PACKAGE_TMUX=y
