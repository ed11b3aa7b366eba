#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Run a command for a person as a step of a package would have it run: in the environment that its script begins with.
# There is no log, and the terminal is as it is.
#
# usage: inner.sh SCRIPT COMMAND     COMMAND is shell text; the directories are in the environment already
set -eu

script=$1 command=$2
unset MAKEFLAGS MAKELEVEL
export JOBS="${JOBS:-$(nproc)}"
chosen=${LC_ALL+y} language=${LC_ALL-}

eval "$(sed '/^cd "\$BUILD"$/,$d' "$script")"

# What draws on the terminal is of this machine, and speaks the person's language.
unset LC_ALL PKG_CONFIG_LIBDIR PKG_CONFIG_SYSROOT_DIR PKG_CONFIG_PATH
[ -z "$chosen" ] || export LC_ALL="$language"
eval "$command"
