#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The book of a board of another architecture.
set -u
for program in aarch64-linux-gnu-gcc qemu-system-aarch64; do
	if ! command -v "$program" >/dev/null; then
		# shellcheck source=support/tests/tap.sh
		. support/tests/tap.sh
		skip 'the book' "there is no $program: scripts/bootstrap check-full installs it"
		done_testing
	fi
done
exec support/tests/boot/40-book.t qemu-aarch64
