#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# What the test needs enabled.
[ "$1" != config ] || echo CONFIG_NANO_COLOR=y
