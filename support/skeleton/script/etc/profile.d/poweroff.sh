# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
# These ask process 1 to do it, by a signal. Ours is a shell that waits for the console to end and
# hears no signals until then: with -f they do it themselves.
halt() { command halt -f "$@"; }
poweroff() { command poweroff -f "$@"; }
reboot() { command reboot -f "$@"; }
