# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
# In the guest, for tests of programs that want a terminal: source it after tap.sh.

# terminal KEYS COMMAND: run it on a terminal of 80 columns, where it gets what the function KEYS prints.
# All that it shows is in the file screen.
terminal() {
	: >screen
	"$1" | script -q -f -c "$2" screen >/dev/null
}

# await COMMAND...: until it succeeds, for at most 10 s.
await() {
	for _ in $(seq 100); do
		! "$@" || return 0
		sleep 0.1
	done
	echo "# not within 10 s: $*" >&2
	return 1
}

# shown PATTERN [COUNT]: for KEYS: wait until lines that match have been shown, so many of them (1).
shown() {
	await has_shown "$1" "${2:-1}"
}
has_shown() {
	[ "$(grep -c -e "$1" screen)" -ge "$2" ]
}
