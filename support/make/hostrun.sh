# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
# shellcheck disable=SC2034,SC2154 # variables of the scripts that source it, and for them
# Work on another machine, which was made ready for it (hosts.sh).
#
# takes: host, its name; dir, the directory here that the work is of; HOSTS_DIR, HOST_SSH; trial.sh
# gives: there, the directory of all there; tree, Whittle there; slots, what runs there at once; the functions below

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

# stage CONFIG FILE...: bring a configuration there, with the fragments and external trees of dir; and these files of dir. The
# directory there is $at.
stage() {
	stage=$HOSTS_DIR/there$$
	rm -rf "$stage"
	mkdir "$stage"
	mapped <"$1" >"$stage/config"
	shift
	[ ! -f "$dir/.external" ] || mapped <"$dir/.external" >"$stage/.external"
	for part in fragments "$@"; do
		[ ! -e "$dir/$part" ] || cp -R "$dir/$part" "$stage/$part"
	done
	tar -C "$stage" -cf - . | over "rm -rf $at.in && mkdir -p $at.in $at && tar -C $at.in -xf - && cd $tree &&
		sh support/make/configure-like.sh $at.in $at $at.in/config && for part in $*; do rm -rf $at/\$part;
		[ ! -e $at.in/\$part ] || cp -R $at.in/\$part $at/\$part; done && rm -rf $at.in"
	rm -rf "$stage"
}

# alive COMMAND: run a line of shell in the tree there, in the directory $at alone. All of it ends with this script.
alive() {
	# Standard input stays open while this script lives: with it, all ends there (alive.sh).
	hold "$HOSTS_DIR/alive$$"
	jobs=
	[ "$slots" = 1 ] || jobs="JOBS=\$(((\$(nproc) + $slots - 1) / $slots))"
	over "cd $tree && unset MAKEFLAGS MAKELEVEL O V EXTERNAL && exec env $jobs MAKE=make TOOLDIR=$there/tools sh support/make/alive.sh \
		flock $at.lock sh -c 'at=$at; $1'" <&5 4<&-
}
