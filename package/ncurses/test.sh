#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Terminals are described, and the library reads, shows and compiles descriptions.
# shellcheck source=support/tests/tap.sh
. /test/tap.sh

for term in ansi dumb linux screen screen-256color tmux tmux-256color vt100 vt102 vt220 xterm xterm-256color; do
	ok "$term is described" infocmp "$term"
done
is 'a number' "$(tput -T xterm-256color colors)" 256
is 'a string with parameters' "$(tput -T linux cup 4 9)" "$(printf '\033[5;10H')"
fails 3 'a terminal that is not' tput -T nonesuch colors

infocmp -1 linux | sed 's/^linux|.*/mine|a terminal of mine,/; s/colors#[^,]*,/colors#4,/' >mine.ti
ok 'tic compiles a description' tic -o terminfo mine.ti
export TERMINFO="$PWD/terminfo"
is 'which is found by TERMINFO' "$(tput -T mine colors)" 4
done_testing
