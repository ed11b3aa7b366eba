#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The library is tested by way of its program.
[ "$1" = config ] || exit 0
echo 'CONFIG_MBEDTLS_SELFTEST=y'
