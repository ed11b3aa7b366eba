#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# step: what its note says of how far a build is. The first note comes after 15 seconds: all that is
# tried here runs at once, and each build goes on until it was told of.
# shellcheck disable=SC2016 # $BUILD is the script's own
set -u
# shellcheck source=support/tests/tap.sh
. support/tests/tap.sh

unset MAKEFLAGS MAKELEVEL
cd "$SCRATCH" || exit 1
mkdir -p records

# begins NAME OPTION...: a build of 300 lines, in the background.
begins() {
	name=$1
	shift
	mkdir -p "b/$name"
	for step in configure build; do printf '#!/bin/sh\nset -eu\nexport PATH=/usr/bin:/bin\ncd "$BUILD"\n' >"b/$name/$step.sh"; done
	cat >>"b/$name/build.sh" <<-'END'
		i=0
		while [ $i -lt 300 ]; do echo line $i; i=$((i + 1)); done
		until [ -e "$NOTED" ]; do sleep 0.1; done
	END
	"$TOOLBIN/step" --name "$name" --dir "b/$name" --clock b/.clock --verbose 0 --progress records --env NOTED="@$name.noted" \
		"$@" configure build >"$name.told" 2>&1 &
	echo $! >"$name.pid"
}
# notes NAME: what its first note says of how far it is.
notes() {
	until grep -q '^  \.\.\. ' "$1.told" || ! kill -0 "$(cat "$1.pid")" 2>/dev/null; do sleep 0.1; done
	: >"$1.noted"
	sed -n 's/^  \.\.\. .* for [0-9]* s, \(.*\), now: .*/\1/p' "$1.told" | head -n 1
}

echo '6000 100' >records/ran.build
begins unknown
begins early --lines 6000
begins later --lines 900
begins short --lines 300
begins ran --lines 900
is 'the first time nobody knows' "$(notes unknown)" '300 lines of log'
is 'but for how many lines it is said to write' "$(notes early)" '300 of about 6000 lines of log'
like 'after an eighth of them also how long' "$(notes later)" '^300 of about 900 lines of log, about [1-9][0-9]* s to go$'
is 'when there are more, nobody knows' "$(notes short)" '300 lines of log'
like 'what is known of the last time goes before' "$(notes ran)" '^300 of about 6000 lines of log, about [1-9][0-9]* s to go$'
for name in unknown early later short ran; do ok "$name ends well" wait "$(cat $name.pid)"; done
like 'then it is known' "$(cat records/later.build)" '^300 [1-9]'
done_testing
