# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
# free_port: sets port to one of 127.0.0.1 that nobody listens on, and that was not given before. They are below those that
# the kernel gives to whoever connects.

port=${port:-$((20000 + $$ % 12000))}
free_port() {
	while
		port=$((port + 1))
		grep -q ":$(printf %04X "$port") " /proc/net/tcp /proc/net/tcp6 2>/dev/null
	do :; done
}
