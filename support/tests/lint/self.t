#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The lint tests themselves: each passes on a small good tree and fails when something is
# planted there that it is to find.
# shellcheck disable=SC2016 # what is planted is not for this shell
set -eu
# shellcheck source=support/tests/tap.sh
. support/tests/tap.sh

tab=$(printf '\t')
spdx='SPDX-License-Identifier: GPL-2.0-or-later'
tree=$SCRATCH/tree
mkdir -p "$tree/support/tests/lint" "$SCRATCH/bin"
cp support/tests/tap.sh "$tree/support/tests"
cp support/tests/lint/files.sh "$tree/support/tests/lint"
mkdir -p "$tree/support/make"
cp support/make/arch.sh "$tree/support/make"
cp .clang-format "$tree"
ln -s "$TOOLBIN/checkrecipe" "$SCRATCH/bin"
cd "$tree"

# put FILE: write standard input there, with an SPDX line in that file's kind of comment.
put() {
	mkdir -p "$(dirname "$1")"
	case $1 in
	*.c) { echo "// $spdx" && cat; } >"$1" ;;
	*.h) { echo "/* $spdx */" && cat; } >"$1" ;;
	*.md | *.hash) cat >"$1" ;;
	scripts/* | *.t) { printf '#!/bin/sh\n# %s\n' "$spdx" && cat; } >"$1" && chmod +x "$1" ;;
	*) { echo "# $spdx" && cat; } >"$1" ;;
	esac
}

# A tool, a library, an engine, a package, a board, a script, a manual.
put support/lib/base/list.h <<'EOF'
int listlen(void);
EOF
put support/lib/base/list.c <<'EOF'
#include "base/list.h"

int listlen(void)
{
	return 0; /* strcpy( and PATH_MAX in a comment */
}
EOF
put support/tools/foo/main.c <<'EOF'
#include "base/list.h"

int main(void)
{
	return getoption(listlen());
}
EOF
put support/tools/bar/main.c <<'EOF'
int main(void)
{
	return getoption(0);
}
EOF
put support/make/vocabulary.mk <<'EOF'
KNOWN_VARIABLES := VERSION LICENSE DIR
KNOWN_STEPS := BUILD INSTALL
KNOWN_TYPES := make generic
KNOWN_MODES := target
EOF
# tool NAME VERSION [OPTION]: a program that answers --help and --version.
tool() {
	cat >"$SCRATCH/bin/$1" <<EOF
#!/bin/sh
case \$1 in
--version) echo "$2" ;;
*) printf '%s\\n' "usage: $1" '  --version' ${3+"  $3"} ;;
esac
EOF
	chmod +x "$SCRATCH/bin/$1"
}
tool foo 'foo (Whittle) 1.2.3'
tool bar 'bar (Whittle) 1.2.3'
echo 1.2.3 >VERSION
printf '# News\n\n## 1.2.3 (soon)\n' >NEWS.md
printf '# Hacking\n\n`vocabulary.mk` `engine.mk` `help.mk`\n' >HACKING.md
put support/make/engine.mk <<'EOF'
# as in package/zlib
# Usage: $(call version,PACKAGE)
version = $($($1.prefix)_VERSION)
EOF
put package/zlib/Kconfig <<'EOF'
# Menu: Libraries
config PACKAGE_ZLIB
	bool "zlib"
	help
	  A library.
EOF
put package/zlib/zlib.mk <<'EOF'
ZLIB_VERSION := 1
ZLIB_LICENSE := Zlib
ZLIB_DIR     := $(ZLIB_PKGDIR)/src
EOF
printf '#!/bin/sh\n# SPDX-License-Identifier: GPL-2.0-or-later\ntrue\n' >package/zlib/test.sh
printf '# Packages\n\n## Libraries\n\n| zlib | a library |\n' | put docs/packages.md
printf '%s = %s\n' arch.machines pc arch.image arch/none/Image machine.pc.kernel image machine.pc.bus pci \
	machine.pc.console ttyS0,115200 machine.pc.tty ttyS1 | put support/arch/none.arch
machines=$(printf '# Architectures\n\n%s' '| `none` | pc | Image | PCI | ttyS0 | ttyS1 |')
echo "$machines" | put docs/architectures.md
put board/pc/Kconfig <<'EOF'
config BOARD_PC
	bool "PC"
	help
	  A board.
EOF
echo CONFIG_BOARD_PC=y | put board/pc/defconfig
echo 'mainmenu "x"' | put Kconfig
echo 'echo "usage: $0"' | put scripts/go
printf '# The manual\n\n%s\n' '[packages](packages.md), [machines](architectures.md), [foo](foo.md) and [bar](bar.md#there),' \
	'[go](../scripts/go), [x](https://x/y)' | put docs/README.md
echo '# foo' | put docs/foo.md
printf '# bar\n\n## There\n' | put docs/bar.md

lint() {
	TOOLBIN=$SCRATCH/bin sh "$TOP/support/tests/lint/$1.t"
}

for test in banned docs format headers house make recipes shell spdx; do
	ok "$test: the good tree" lint "$test"
done

# finds TEST FILE WHAT PATTERN TEXT: with TEXT put into FILE, TEST fails and says so.
finds() {
	[ ! -f "$2" ] || cp -p "$2" "$SCRATCH/kept"
	printf '%s\n' "$5" | put "$2"
	fails 1 "$1: $3" lint "$1"
	said "$1: $3: is named" "$4"
	rm "$2"
	[ ! -f "$SCRATCH/kept" ] || mv "$SCRATCH/kept" "$2"
}

finds banned support/tools/foo/x.c 'forbidden functions' 'x.c:2:int x = strcpy (a);' "$(
	for name in strcpy strcat sprintf vsprintf gets strtok alloca system popen atoi; do
		echo "int x = $name (a);"
	done
)"
is 'banned: each of them' "$(grep -c '^not ok' "$SCRATCH/.tap.out")" 10
finds banned support/lib/base/x.h 'PATH_MAX' 'x.h:2:char' 'char x[PATH_MAX];'

finds docs support/make/lost.mk 'a file that the map of HACKING.md does not have' 'got: support/make/lost.mk' 'lost := y'
finds docs docs/lost.md 'a page without a link' 'got: docs/lost.md' 'nobody links here'
finds docs docs/architectures.md 'a machine that its description tells otherwise' 'got: none, pc: | Image | PCI | ttyS0 | ttyS1 |' \
	"$(echo "$machines" | sed 's/ttyS1/ttyS2/')"
finds docs docs/foo.md 'a page without its title' 'got: docs/foo.md: `x`' '`x` # foo'
finds docs docs/README.md 'a dead link' 'got: docs/README.md: docs/none.md' \
	'[foo](foo.md) [bar](bar.md) [none](none.md)'
finds docs docs/README.md 'a link to no heading' 'got: docs/README.md: docs/bar.md#here' \
	"$(printf '# The manual\n\n%s' '[foo](foo.md) [bar](bar.md#here) [packages](packages.md)')"
finds docs docs/foo.md 'a long line' 'got: docs/foo.md:3: 101 columns' \
	"$(printf '# foo\n\n%s' "$(yes word | head -n 21 | paste -s -d ' ' - | cut -c 1-101)")"
finds docs support/make/help.mk 'a help that is too wide' 'got: support/make/help.mk:2: 81 columns' \
	"$(printf %081d 0)"
for start in '| ' '    ' "$tab" '```
'; do
	printf '# foo\n\n%s%0101d\n' "$start" 0 >docs/foo.md
	ok "docs: a long line after '$(echo "$start" | head -n 1)'" lint docs
done
echo '# foo' >docs/foo.md
mkdir -p support/fuzz/corpus/good
echo x >support/fuzz/corpus/good/x
: | put support/fuzz/good.c
printf '# Testing\n\n%s\n' '| `good` | bytes |' >docs/testing.md
cp docs/README.md kept.page
echo '[testing](testing.md)' >>docs/README.md
ok 'docs: a fuzz target with all' lint docs
finds docs support/fuzz/bad.c 'a fuzz target without seeds' 'got: bad: support/fuzz/corpus/bad' ''
finds docs support/fuzz/bad.c 'a fuzz target that the manual does not know' 'got: bad: docs/testing.md' ''
rm -r support/fuzz docs/testing.md
mv kept.page docs/README.md
finds docs support/tools/checkrecipe/main.c 'a tool without a page' \
	'not ok .* docs/checkrecipe.md exists' 'int main(void);'
tool foo 'foo (Whittle) 1.2.3' --bar
fails 1 'docs: an option without a word' lint docs
said 'docs: an option without a word: is named' 'got: docs/foo.md: --bar'
tool foo 'foo 1.2.3'
fails 1 'docs: a tool whose --version is another' lint docs
said 'docs: a tool whose --version is another: is named' 'not ok .* foo --version'
tool foo 'foo (Whittle) 1.2.3'
finds docs support/tools/foo/main.c 'a tool that reads its options in its own way' 'not ok .* foo takes its options by getoption' 'int main(void);'
echo one >VERSION
fails 1 'docs: a version that is no number' lint docs
said 'docs: a version that is no number: is named' 'not ok .* VERSION is MAJOR'
echo 1.2.4 >VERSION
fails 1 'docs: a version without news' lint docs
said 'docs: a version without news: is named' 'not ok .* NEWS.md begins with that version'
echo 1.2.3 >VERSION
finds docs scripts/go 'a script without --help' 'not ok .* scripts/go --help' 'exit 1'

finds format support/lib/base/x.c 'spaces' 'got: .* support/lib/base/x.c$' 'int  x;'
echo 'BasedOnStyle: Nonsense' >.clang-format
fails 1 'format: clang-format cannot do its work' lint format
cp "$TOP/.clang-format" .
finds headers support/lib/base/x.h 'a header that needs another' 'x.h:2' 'size_t x(void);'
mkdir -p support/tools/bar
echo '/* */' | put support/tools/bar/list.h
fails 1 'headers: two of one name' lint headers
said 'headers: two of one name: it is named' 'got: list.h'
rm support/tools/bar/list.h
finds headers support/lib/base/x.h 'a function that its namesake has not' 'got: support/lib/base/x.h: listlen' 'int listlen(void);'
finds headers support/tools/foo/x.c 'two functions of one name' 'got: listlen' "$(printf 'int listlen(void)\n{\n\treturn 1;\n}')"

finds house support/make/x.mk 'the engine names a package' 'x.mk:2:' 'x: package/zlib/zlib.mk'
finds house support/make/x.mk 'the engine names a board' 'x.mk:2:' 'x: board/pc'
finds house support/lib/base/x.c 'a library names a package' 'x.c:2:' 'char *x = "package/zlib";'
finds house package/zlib/zlib.mk 'a package names a board' 'zlib.mk:2:' 'ZLIB_FILE := board/pc/x'
finds house support/tools/foo/x.c 'a tool knows a symbol' 'x.c:2:' \
	'char *x = "CONFIG_PACKAGE_ZLIB=y";'
finds house support/tools/foo/x.c 'a tool includes another' \
	'got: support/tools/foo/x.c: ../bar/x.h' '#include "../bar/x.h"'
finds house support/tools/foo/x.c 'a tool includes another by its name' \
	'got: support/tools/foo/x.c: bar/main.c' '#include "bar/main.c"'
finds house support/lib/base/x.c 'the library includes a tool' 'lib/base/x.c: foo/x.h' '#include "foo/x.h"'
finds house package/zlib/src/x.c 'a package includes the library' \
	'got: package/zlib/src/x.c: base/list.h' '#include "base/list.h"'
finds house support/tools/foo/x.c 'a tool runs another' 'tools/foo/x.c:2:' \
	'void x(void) { execlp("bar", "bar", 0); }'
finds house support/tools/foo/x.c 'a tool runs another by its arguments' 'tools/foo/x.c:2:' \
	'char *argv[] = { "bar", 0 };'
snake=python
finds house "support/x.${snake%thon}" 'a Python file' 'got: support/x.py' 'print 1'
finds house scripts/x 'a script that runs Python' 'got: scripts/x:3:' "true && ${snake}3 -c 1"
finds house support/make/x.mk 'a makefile that runs Perl' 'x.mk:3:' "$(printf 'a:\n\tperl -e 1')"
finds house support/lib/base/x.c 'a long source' 'lib/base/x.c: 451 lines' "$(yes 'int x;' | head -n 450)"
finds house 'docs/a b.md' 'a name with a blank' 'got: docs/a b.md' x

mkdir -p "$SCRATCH/apt/sources.list.d"
export LINT_APT="$SCRATCH/apt"
echo 'deb [trusted=yes] http://me:secret@mirror.example.org:81/debian stable main' >"$LINT_APT/sources.list"
echo 'URIs: https://cache.example.net/debian http://localhost/debian' >"$LINT_APT/sources.list.d/x.sources"
finds house docs/foo.md 'a mirror of this machine' 'got: docs/foo.md' 'see mirror.example.org'
finds house docs/foo.md 'another one' 'got: docs/foo.md' 'see https://cache.example.net/debian'
echo 'see localhost and notmirror.example.organic' >docs/foo.md
ok 'house: this machine itself, and other names' lint house

finds recipes package/zlib/x.mk 'a recipe that is not read' 'package/zlib/x.mk:1' 'include x'
finds recipes board/pc/defconfig 'a bad defconfig' 'board/pc/defconfig:2' 'BOARD=y'
finds recipes Kconfig 'a bad Kconfig' 'Kconfig:2' 'source x'
finds recipes support/make/x.mk 'a name that the vocabulary does not have' 'got: NOVELTY' \
	'x = $($($1.prefix)_NOVELTY)'
finds make support/make/x.mk 'a function without a comment on its usage' 'got: support/make/x.mk: x' 'x = $($1.title)'
finds make support/make/x.mk 'a define without one' 'got: support/make/x.mk: x' "$(printf 'define x\n$1\nendef')"
finds make support/make/x.mk 'one whose second line has the argument' 'got: support/make/x.mk: x' "$(printf 'x = a \\\n    $1')"
finds make support/make/x.mk 'a variable that a package may have, too' 'got: support/make/x.mk: SPARE_BUILD, and spare is not in RESERVED_NAMES' \
	'SPARE_BUILD := x'
finds make package/zlib/zlib.mk 'a long line' 'zlib.mk:2: 141 columns' "$(printf '%0141d' 1)"
finds make package/zlib/Kconfig 'a symbol that nothing names' 'got: ZLIB_LOST' "$(printf 'config ZLIB_LOST\n\tbool')"
mv package/zlib/test.sh kept.sh
finds recipes package/x 'a package without a test' 'got: zlib: no package/zlib/test.sh' x
mv kept.sh package/zlib/test.sh
printf '## Libraries\n\n| lib | another |\n' >docs/packages.md
finds recipes package/x 'a package that the manual does not know' 'got: zlib: docs/packages.md' x
printf '## Others\n\n| zlib | a library |\n' >docs/packages.md
finds recipes package/x 'a menu that the manual has not' "got: package/zlib/Kconfig: Menu: 'Libraries'" x
printf '## Libraries\n\n| zlib | a library |\n' >docs/packages.md

finds shell scripts/x 'a script that does not parse' 'not ok .* scripts/x parses' if
finds shell scripts/x 'what shellcheck finds' 'scripts/x:3:.*SC2086' 'echo $1'
printf '#!/bin/bash\n' >scripts/x
fails 1 'shell: a script for bash' lint shell
said 'shell: a script for bash: is named' 'got: scripts/x'
fails 1 'spdx: a script without the line' lint spdx
said 'spdx: a script without the line: is named' 'got: scripts/x'
rm scripts/x
: >support/make/x.mk
fails 1 'spdx: an empty makefile' lint spdx
rm support/make/x.mk

# What git ignores is none of ours; what it does not know yet is.
if command -v git >/dev/null; then
	git init -q .
	echo 'x.*' >.gitignore
	mkdir -p support/x
	: >support/x/x.c
	ok 'a file that git ignores does not count' lint spdx
	: >support/x/new.c
	fails 1 'a new file does' lint spdx
	said 'and is named' 'got: support/x/new.c'

	# commit SUBJECT: one without a change.
	commit() {
		git -c user.name=x -c user.email=x commit -q --allow-empty -m "$1"
	}
	commit 'As it was before'
	LINT_SINCE=$(git rev-parse HEAD)
	export LINT_SINCE
	commit 'make: explain what a goal does'
	commit 'fetch, support/lib: one more'
	ok 'commits: good subjects' lint commits
	for subject in 'Explain it' 'make: explain it.' 'make:explain it' 'make : explain it' 'Make: explain it' \
		"make: $(printf '%067d' 1)"; do
		commit "$subject"
		fails 1 "commits: $subject" lint commits
		said "commits: $subject: is named" "got: .* $subject"
		git reset -q --soft HEAD^
	done
	commit "make: $(printf '%066d' 1)"
	ok 'commits: 72 characters' lint commits
	LINT_SINCE=0000000000000000000000000000000000000001
	ok 'commits: a history that begins later' lint commits
	said 'commits: a history that begins later: is told' 'SKIP'
else
	skip 'with git' 'no git here'
fi
done_testing
