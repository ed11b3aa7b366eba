#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Give one output directory the configuration of another, to build there beside it.
#
# usage: configure-like.sh FROM TO CONFIG
#
# TO/.config becomes CONFIG, unless CONFIG is what it was given the last time: then what a front end made
# of that stays. The fragments of inner menus and the name of the external trees are FROM's.
set -eu

from=$1 to=$2 config=$3
mkdir -p "$to"
cmp -s "$config" "$to/asked" || cp "$config" "$to/.config"
cp "$config" "$to/asked"
rm -rf "$to/fragments"
[ ! -d "$from/fragments" ] || cp -R "$from/fragments" "$to/fragments"
rm -f "$to/.external"
[ ! -f "$from/.external" ] || cp "$from/.external" "$to/.external"
