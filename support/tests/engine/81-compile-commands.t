#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# compile_commands.json: of the tools, in the top directory; of a package in a directory of a person's own
# that kbuild compiles, in O. The kernel is none: its makefile writes what kbuild would leave.
# shellcheck disable=SC2016 # text for other programs
set -u
. support/tests/engine.sh

# Two awk programs have to agree. What the commands of kbuild hold, make reads once more.
cat >"$SCRATCH/commands" <<'END'
compiler gcc-12
directory /a "b"
savedcmd_init/main.o := wcc -Wp,-MMD,init/.main.o.d -D'X="a\#b"' -DY=$$z -DZ='$(pound)' -c -o init/main.o /src/init/main.c  ; ./tools/objtool/objtool init/main.o
cmd_lib/s.o := wcc -D__ASSEMBLY__ -c -o lib/s.o lib/s.S
savedcmd_lib/lib.o := ld -r -o lib/lib.o lib/a.o
directory /tools
gcc -DT="\t" -c x.c
END
database() {
	awk -f support/make/compile-commands.awk
}
expected='[
{"directory": "/a \"b\"",
 "command": "gcc-12 -Wp,-MMD,init/.main.o.d -D'\''X=\"a#b\"'\'' -DY=$z -DZ='\''#'\'' -c -o init/main.o /src/init/main.c ",
 "file": "/src/init/main.c"},
{"directory": "/a \"b\"",
 "command": "gcc-12 -D__ASSEMBLY__ -c -o lib/s.o lib/s.S",
 "file": "lib/s.S"},
{"directory": "/tools",
 "command": "gcc -DT=\"\\t\" -c x.c",
 "file": "x.c"}
]'
is 'commands become a database' "$(database <"$SCRATCH/commands")" "$expected"
is 'without a command there is an empty one' "$(echo directory /x | database || echo "exit $?")" '[]
exit 1'

# The tools: in a copy of the tree, since it is written there.
mkdir "$SCRATCH/tree"
ln -s "$TOP"/* "$SCRATCH/tree"
rm -f "$SCRATCH/tree/compile_commands.json" "$SCRATCH/tree/output"
tools() {
	make -s -C "$SCRATCH/tree" O="$SCRATCH/o" TOOLDIR="${TOOLBIN%/bin}" "$@"
}
ok 'of the tools' tools compile_commands.json HOST_CFLAGS='-O0 -DQUOTED="\"a b\""'
json=$SCRATCH/tree/compile_commands.json
for source in support/tools/fetch/main.c support/lib/base/buf.c support/tests/unit/lib_near.c support/fuzz/cpio.c; do
	is "it has $source" "$(grep -c "^ \"file\": \"$source\"}" "$json")" 1
done
is 'it has nothing twice' "$(sort "$json" | grep '"file"' | sed 's/,$//' | uniq -d)" ''
is 'where they run' "$(grep -o '"directory": "[^"]*"' "$json" | sort -u)" "\"directory\": \"$SCRATCH/tree\""
ok 'nothing else was written' test ! -e "$SCRATCH/o"
[ ! -e .git ] || ok 'git ignores it' git -C "$TOP" check-ignore -q compile_commands.json
# As a program that reads it would: take the strings apart, run what they say.
sed -n 's/^ "command": "\(.*\)",$/\1/p' "$json" | sed 's/\\\(.\)/\1/g' | grep 'support/lib/base/.*\.c$' >"$SCRATCH/run"
ok 'there are commands' test "$(grep -c . "$SCRATCH/run")" -gt 5
ok 'each of them compiles' sh -c "cd '$SCRATCH/tree' && { cat '$SCRATCH/run'; } | sed 's/\$/ -fsyntax-only/' | sh -e"
if command -v jq >/dev/null; then
	ok 'it is JSON' jq -e 'all(has("directory") and has("command") and has("file"))' "$json"
else
	skip 'it is JSON' 'there is no jq'
fi

# A kernel in a directory of one's own.
mkdir -p "$SCRATCH/kernel/arch" "$EXT/package/kern/src/arch"
cat >"$EXT/package/kern/src/Makefile" <<'END'
all:
	mkdir -p $(O)/init
	printf 'savedcmd_init/main.o := wcc -c -o init/main.o %s/init/main.c\n\nsource_init/main.o := x\n' $(CURDIR) >$(O)/init/.main.o.cmd
	printf 'savedcmd_init/built-in.a := ar x.c\n' >$(O)/init/.built-in.a.cmd
olddefconfig: ;
distconfig:
	printf 'CONFIG_A=y\n' >$(O)/.config
END
cat >"$EXT/package/kern/src/Kconfig" <<'END'
config A
	bool "a"
END
cp "$EXT/package/kern/src/"[KM]* "$SCRATCH/kernel"
pkg kern <<'END'
KERN_TYPE := kbuild
KERN_MODE := kernel
KERN_DIR  := $(KERN_PKGDIR)/src
KERN_KCONFIG_BASE := distconfig
define KERN_INSTALL
cp .config "$(IMAGE)/images/kernel.config"
endef
END
simple plain
choose kern plain
ok 'of a kernel in a directory' whittle KERN_DIR="$SCRATCH/kernel" compile_commands.json
said 'it says how clangd finds it' "CompilationDatabase: $OUT}\$"
is 'it has what was compiled there' "$(cat "$OUT/compile_commands.json")" "[
{\"directory\": \"$OUT/build/kern/build\",
 \"command\": \"gcc -c -o init/main.o $SCRATCH/kernel/init/main.c\",
 \"file\": \"$SCRATCH/kernel/init/main.c\"}
]"
is 'the directory is as it was' "$(cd "$SCRATCH/kernel" && echo .[!.]* *)" '.[!.]* Kconfig Makefile arch'
said 'or a link to it' "a link to $OUT/compile_commands.json"
ok 'of one that is built from its own sources' whittle kern-compile-commands
like 'it has those' "$(cat "$OUT/compile_commands.json")" "\"file\": \"$EXT/package/kern/src/init/main.c\""
fails 2 'by name, of one that kbuild does not compile' whittle plain-compile-commands
said 'it says which' 'plain: .* compiles: kern\.'
ok 'of the directory again' whittle KERN_DIR="$SCRATCH/kernel" compile_commands.json
rm "$OUT/build/kern/build/init/.main.o.cmd"
fails 2 'of one that was not compiled here' whittle KERN_DIR="$SCRATCH/kernel" compile_commands.json
said 'it says what to do' "'make KERN_DIR=$SCRATCH/kernel kern-rebuild' compiles it"
ok 'that does it' whittle KERN_DIR="$SCRATCH/kernel" kern-rebuild
ok 'then there is one' whittle KERN_DIR="$SCRATCH/kernel" compile_commands.json
mkdir "$SCRATCH/plain"
fails 2 'of a package that kbuild does not compile' whittle PLAIN_DIR="$SCRATCH/plain" compile_commands.json
said 'it says which it would be' 'PLAIN_DIR: .* compiles: kern\.'
ok 'make clean' whittle clean
ok 'removes it' test ! -e "$OUT/compile_commands.json"
done_testing
