#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# A session goes on with nobody there, takes keys, has two panes, and can be attached to.
# shellcheck source=support/tests/tap.sh
. /test/tap.sh
# shellcheck source=support/tests/packages/terminal.sh
. /test/terminal.sh

export TERM=xterm-256color
# pane PATTERN: wait until it is to be seen in the pane; shows what is there.
pane() {
	await in_pane "$1"
	tmux capture-pane -p
}
in_pane() {
	tmux capture-pane -p | grep -q -e "$1"
}
attached() {
	tmux list-clients | grep -q attached
}
one_pane() {
	[ "$(tmux list-panes | wc -l)" = 1 ]
}
typing() {
	await attached
	printf 'clear; echo typed by a client\r'
	pane '^typed by a client$' >/dev/null
	printf '\002d' # the key of commands, detach
}

ok 'a session' tmux new-session -d -x 60 -y 20 'exec sh'
tmux send-keys "echo \$((6 * 7)) \$TERM \$(stty size)" Enter
like 'takes keys, is a terminal of its own' "$(pane '^42')" '^42 tmux-256color 20 60$'
tmux send-keys 'clear; printf "\303\244|\342\202\254|\n"' Enter
like 'of wide characters' "$(pane '^ä')" '^ä|€|$'
ok 'a second pane' tmux split-window -h 'exec sh'
is 'beside the first' "$(tmux list-panes -F '#{pane_width} #{pane_active}')" "$(printf '30 0\n29 1')"
tmux send-keys exit Enter
await one_pane
is 'which ends with its shell' "$(tmux list-panes -F '#{pane_width}')" 60

terminal typing 'tmux attach'
like 'a client types' "$(pane '^typed')" '^typed by a client$'
like 'sees it, and leaves' "$(cat screen)" 'detached (from session'
ok 'the session is still there' tmux has-session
ok 'its end' tmux kill-server
fails 1 'is the end' tmux has-session
done_testing
