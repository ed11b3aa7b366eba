#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Do a row of a matrix on another machine, which was made ready for it (hosts.sh), and bring back its record and logs.
#
# usage: hostrow.sh DIR HOST
# takes: HOSTS_DIR, HOST_SSH; HOST_FIRST, a line of shell to run there before, with the directory of the row as $at
#
# exit status: 0 the row is ok, 1 it failed, 75 the host cannot be reached any more
set -eu

dir=$1 host=$2
there=$(cat "$HOSTS_DIR/$host/there")
slots=$(cat "$HOSTS_DIR/$host/slots")
tree=$there/tree

# over COMMAND: run a line of shell there; exit if the connection fails.
over() {
	status=0
	$HOST_SSH "$host" "$1" || status=$?
	[ "$status" != 255 ] || exit 75
	return "$status"
}

# mapped TEXT: the names of directories in it are those of the host.
mapped() {
	awk -F '\t' '
		first { from[++n] = $1; to[n] = $2; next }
		{
			line = $0
			for (i = 1; i <= n; i++) {
				out = ""
				while ((at = index(line, from[i]))) {
					next_char = substr(line, at + length(from[i]), 1)
					whole = next_char ~ /^[\/": '\'']?$/
					out = out substr(line, 1, at - 1) (whole ? to[i] : from[i])
					line = substr(line, at + length(from[i]))
				}
				line = out line
			}
			print line
		}' first=1 "$HOSTS_DIR/$host/map" first= -
}

# What the row is made of, as it is there.
stage=$dir/there
rm -rf "$stage"
mkdir "$stage"
mapped <"$dir/asked" >"$stage/config"
cp "$dir/row" "$stage/row"
[ ! -f "$dir/.external" ] || mapped <"$dir/.external" >"$stage/.external"
for part in fragments extra expected; do
	[ ! -e "$dir/$part" ] || cp -R "$dir/$part" "$stage/$part"
done
at=$(echo "$dir" | mapped)
echo "on $host"
tar -C "$stage" -cf - . | over "rm -rf $at.in && mkdir -p $at.in $at && tar -C $at.in -xf - && cd $tree &&
	sh support/make/configure-like.sh $at.in $at $at.in/config && rm -rf $at/extra $at/record && cp $at.in/row $at/row &&
	for part in extra expected; do [ ! -e $at.in/\$part ] || cp -R $at.in/\$part $at/\$part; done && rm -rf $at.in"
rm -rf "$stage"

# Standard input stays open while this script lives: with it, all ends there (alive.sh).
fifo=$dir/alive
rm -f "$fifo"
mkfifo "$fifo"
exec 4<>"$fifo"
rm "$fifo"
jobs=
[ "$slots" = 1 ] || jobs="JOBS=\$(((\$(nproc) + $slots - 1) / $slots))"
result=0
over "cd $tree && unset MAKEFLAGS MAKELEVEL O V EXTERNAL && exec env $jobs MAKE=make TOOLDIR=$there/tools sh support/make/alive.sh \
	flock $at.lock sh -c 'at=$at; ${HOST_FIRST:+$HOST_FIRST && }exec sh support/make/row.sh $at'" <&4 || result=$?

over "cd $at && tar -cf - \$(ls record build.log run.log verdict 2>/dev/null)" </dev/null | tar -C "$dir" -xf - || exit 75
[ "$result" = 0 ] || exit 1
