#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# tmux does nothing but what libevent calls it for: clocks, signals, file descriptors.
# shellcheck source=support/tests/tap.sh
. /test/tap.sh
# shellcheck source=support/tests/packages/terminal.sh
. /test/terminal.sh

gone() {
	[ ! -d "/proc/$pid" ]
}

ok 'a server' tmux new-session -d 'cat'
ok 'a connection' tmux has-session
tmux run-shell -b -d 1 'echo clock >>events; tmux wait-for -S clock'
echo before >>events
ok 'a clock' timeout 15 tmux wait-for clock
is 'later' "$(cat events)" "$(printf 'before\nclock')"
tmux set-hook -g pane-exited 'run-shell "echo child >>events; tmux wait-for -S child"'
tmux set-option -g remain-on-exit off
tmux new-window -d true
ok 'a child that ends' timeout 15 tmux wait-for child
like 'is noticed' "$(cat events)" '^child$'
pid=$(tmux display-message -p '#{pid}')
kill -TERM "$pid"
await gone
fails 1 'a signal ends it' tmux has-session
done_testing
