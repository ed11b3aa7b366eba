#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# What a recipe does not declare is not there, and the failure says what to declare.
# shellcheck disable=SC2016 # text for other shells stands in single quotes
set -u
. support/tests/engine.sh

# users [DEPENDENCY]: packages that use a header, a program, any file and the pkg-config file of mylib.
users() {
	pkg use-header <<-END
		USE_HEADER_DEPENDS := $*
		define USE_HEADER_BUILD
		echo '#include <mylib.h>' >use.c
		gcc -I"\$(SYSROOT)/usr/include" -c -o use.o use.c
		endef
	END
	pkg use-program <<-END
		USE_PROGRAM_DEPENDS := $*
		define USE_PROGRAM_BUILD
		mylib-config >flags
		endef
	END
	pkg use-file <<-END
		USE_FILE_DEPENDS := $*
		define USE_FILE_CONFIGURE
		cp "\$(SYSROOT)/usr/share/mylib/data" .
		endef
	END
	pkg use-pc <<-END
		USE_PC_MODE := target
		USE_PC_DEPENDS := $*
		define USE_PC_BUILD
		pkg-config --list-all >all
		pkg-config --cflags mylib >flags
		endef
	END
}
pkg mylib <<'END'
define MYLIB_INSTALL
mkdir -p "$(IMAGE)/sysroot/usr/include" "$(IMAGE)/sysroot/usr/share/mylib" "$(IMAGE)/sysroot/usr/lib/pkgconfig" "$(IMAGE)/host/usr/bin"
echo 'int mylib(void);' >"$(IMAGE)/sysroot/usr/include/mylib.h"
echo data >"$(IMAGE)/sysroot/usr/share/mylib/data"
printf 'Name: mylib\nDescription: x\nVersion: 1\nCflags: -I/usr/include/mylib\n' >"$(IMAGE)/sysroot/usr/lib/pkgconfig/mylib.pc"
printf '#!/bin/sh\necho -lmylib\n' >"$(IMAGE)/host/usr/bin/mylib-config"
chmod +x "$(IMAGE)/host/usr/bin/mylib-config"
endef
END
users
choose mylib use-header use-program use-file use-pc
ok 'a library' whittle mylib

# undeclared PACKAGE VARIABLE FILE: it fails and says why.
undeclared() {
	fails 2 "$1 uses what it does not declare" whittle "$1"
	said "$1: what to declare, and where" "^step: $1: $3 is in package mylib, which $1 does not declare: add mylib to $2 in $EXT/package/$1/$1.mk\$"
	is "$1: once" "$(grep -c 'does not declare' "$SCRATCH/.tap.out")" 1
}
undeclared use-header USE_HEADER_DEPENDS mylib.h
undeclared use-program USE_PROGRAM_DEPENDS mylib-config
undeclared use-file USE_FILE_DEPENDS usr/share/mylib/data
if command -v pkg-config >/dev/null; then
	undeclared use-pc USE_PC_DEPENDS mylib.pc
	users mylib
	ok 'declared, pkg-config finds it' whittle use-pc
	is 'and nothing else' "$(cut -d " " -f 1 "$OUT/build/use-pc/build/all")" mylib
	is 'in the sysroot' "$(cat "$OUT/build/use-pc/build/flags")" "-I$OUT/build/use-pc/sysroot/usr/include/mylib "
else
	skip 'pkg-config' 'it is not installed'
fi
users mylib
ok 'declared, they build' whittle use-header use-program use-file

pkg use-header <<'END'
USE_HEADER_DEPENDS := mylib
define USE_HEADER_BUILD
echo 'use.c:1: fatal error: mylib.h: No such file or directory'
exit 1
endef
END
fails 2 'one that fails all the same' whittle use-header
unlike 'is told nothing of that' "$(cat "$SCRATCH/.tap.out")" 'declare'
rm "$OUT/build/mylib/manifest"
users
fails 2 'of a package that was not built' whittle use-header
unlike 'nothing can be said' "$(cat "$SCRATCH/.tap.out")" 'declare'

# ---- sources ----
pkg writes <<'END'
define WRITES_BUILD
echo x >"$(SRC)/x"
endef
END
choose writes
if unshare -m true 2>/dev/null || unshare -Um true 2>/dev/null; then
	fails 2 'a package that writes to its sources' whittle writes
	said 'the log tells which file' '/writes/src/x: Read-only file system$'
	said 'and the runner what to do' '^step: writes: build may not write to $SRC, $SYSROOT, $HOST and $FILES; to change its sources'
else
	skip 'a package that writes to its sources' 'this machine allows no namespaces'
fi
ok 'without the sandbox it may' whittle SANDBOX=n writes
ok 'and did' test -e "$OUT/build/writes/src/x"
ok 'with it again' whittle writes
is 'nothing is redone' "$(steps)" ''
done_testing
