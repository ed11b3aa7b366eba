#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# write-scripts: the files of a bundle appear whole, with ticks of the build's clock.
# shellcheck disable=SC2016 # text with a '$' in it
set -u
# shellcheck source=support/tests/tap.sh
. support/tests/tap.sh

cd "$SCRATCH" || exit 1
write=$TOOLBIN/write-scripts

ok "--help" "$write" --help
said "--help says how" '^usage: write-scripts CLOCK BUNDLE$'
fails 2 "one argument" "$write" clock
said "is too few" '^write-scripts: expected CLOCK and BUNDLE$'
fails 1 "a bundle that is missing" "$write" b/.clock bundle
said "is named" 'cannot read bundle: No such file'

mkdir -p b/p
echo before >b/p/build.sh
touch -d 2040-01-01 b/p/build.sh
printf '>b/p/build.sh\n|#!/bin/sh\n|\n|  >x |y\n|\\n$a\t"\n>b/q/deep/empty\n>b/p/last\n|no end' >bundle
ok "a bundle" "$write" b/.clock bundle
is "each line as it is" "$(cat b/p/build.sh && echo .)" "$(printf '#!/bin/sh\n\n  >x |y\n\\n$a\t"\n.')"
is "a file of no line" "$(wc -c <b/q/deep/empty)" 0
is "the last line is ended" "$(od -c b/p/last | sed -n 1p)" "$(printf 'no end\n' | od -c | sed -n 1p)"
is "their times are ticks, in order" "$(stat -c %Y b/p/build.sh b/q/deep/empty b/p/last | paste -s -d ' ' -)" \
	"1000000001 1000000002 1000000003"
is "which the clock knows" "$(cat b/.clock)" 1000000003
ok "the bundle is gone" test ! -e bundle
is "nothing else is left" "$(find . -type f ! -name '.tap.out' | LC_ALL=C sort | paste -s -d ' ' -)" \
	"./b/.clock ./b/p/build.sh ./b/p/last ./b/q/deep/empty"

: >bundle
ok "an empty bundle" "$write" b/.clock bundle
ok "is gone too" test ! -e bundle
for line in text '|text'; do
	printf '%s\n>b/p/build.sh\n|new\n' "$line" >bundle
	fails 1 "a bundle that begins with $line" "$write" b/.clock bundle
	said "is refused" "bundle: neither '>PATH' nor a '|' line of a file: $line"
	ok "and stays" test -e bundle
	is "nothing is written" "$(sed -n 1p b/p/build.sh)" '#!/bin/sh'
done
printf '>b/p/last/below\n|x\n' >bundle
fails 1 "a place that cannot be" "$write" b/.clock bundle
said "is named" 'cannot write b/p/last/below: Not a directory'

# A file that cannot be dated does not appear: it would be newer than all.
rm b/.clock
mkdir b/.clock
printf '>b/p/new\n|x\n' >bundle
fails 1 "a clock that cannot be" "$write" b/.clock bundle
ok "leaves no undated file" test ! -e b/p/new
ok "and the bundle" test -e bundle
done_testing
