#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Lua computes, works with strings, files and modules, and tells what is wrong.
# shellcheck source=support/tests/tap.sh
. /test/tap.sh

cat >script.lua <<'END'
local counter = require 'counter'
local words = {}
for line in io.lines(arg[1]) do
	for word in line:gmatch('%a+') do words[#words + 1] = word end
end
table.sort(words)
print(table.concat(words, ' '), counter.next(), counter.next())
END
cat >counter.lua <<'END'
local n = 0
return { next = function() n = n + 1; return n end }
END
printf 'pear apple\nfig\n' >text
is 'a script that sorts words, with a module' "$(lua script.lua text)" "$(printf 'apple fig pear\t1\t2')"
is 'integers of 64 bits, floats' "$(lua -e 'print(2^53, 1 << 62, 7 // 2, 1 / 4)')" \
	"$(printf '9.007199254741e+15\t4611686018427387904\t3\t0.25')"
is 'standard input' "$(echo 'print(utf8.char(228, 8364))' | lua -)" 'ä€'
is 'a pipe from a program' "$(lua -e 'print(io.popen("echo piped"):read("a"))' | head -n 1)" piped
like 'modules are looked for below /usr' "$(lua -e 'print(package.path)')" '^/usr/share/lua/5.4/?.lua;'
fails 1 'an error' lua -e 'error("on purpose")'
said 'is told' 'lua: (command line):1: on purpose'
done_testing
