#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# All programs are tested; nothing has to run on this machine.
[ "$1" != config ] || printf 'CONFIG_IPROUTE2_%s=y\n' TC BRIDGE
