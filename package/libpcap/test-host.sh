#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# What the test needs enabled: a program that uses the library.
[ "$1" != config ] || echo CONFIG_PACKAGE_TCPDUMP=y
