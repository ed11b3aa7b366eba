#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# A program that somebody writes: scripts/new-package on its directory, and what it wrote builds as it
# is; then an edit; and a makefile that would install on the machine itself.
# shellcheck disable=SC2016 # text for other shells stands in single quotes
set -u
cache=${XDG_CACHE_HOME:-$HOME/.cache}
. support/tests/engine.sh

# A place that is neither a package's nor in /tmp.
outside=$(mktemp -d /var/tmp/whittle.XXXXXX) || exit 1
trap 'chmod -R u+rwX "$SCRATCH"; rm -rf "$SCRATCH" "$outside"' EXIT

# project: the sources of a program in two files.
project() {
	mkdir -p "$SCRATCH/$1"
	printf '#include <stdio.h>\nint two(void);\nint main(void) { printf("hello %%d\\n", two()); return 0; }\n' >"$SCRATCH/$1/hello.c"
	echo 'int two(void) { return 2; }' >"$SCRATCH/$1/two.c"
	sed 's/^> /\t/' >"$SCRATCH/$1/Makefile"
}
# compiled: the files that the last step compiled.
compiled() {
	grep -o '[a-z]*\.c$' "$OUT/build/$1/build.log" | sort | paste -s -d ' ' -
}

# ---- a makefile that installs on the machine ----
project stray <<END
hello: hello.o two.o
> cc -o hello hello.o two.o
install: hello
> install -D -m 755 hello $outside/bin/hello
END
pkg stray <<END
STRAY_TYPE := make
STRAY_DIR  := $SCRATCH/stray
END
sed -i 's/_MODE := none/_MODE := host/' "$EXT/package/stray/stray.mk"
choose stray
case $(uname -r) in
[0-4].* | 5.[0-9].* | 5.1[01].*) able=false ;;
*) able='unshare -m true' && [ "$(id -u)" = 0 ] || able='unshare -Um true' ;;
esac
if $able 2>/dev/null; then
	fails 2 'a makefile that does not know DESTDIR' whittle stray
	said 'it is told where it wrote to, and what to do' "^step: stray: install writes to $outside/bin of this machine: does its makefile know DESTDIR? STRAY_INSTALL can say"
	is 'nothing was written there' "$(ls "$outside")" ''
	cat >>"$EXT/package/stray/stray.mk" <<-'END'
		define STRAY_INSTALL
		install -D -m 755 hello "$(IMAGE)/target/usr/bin/hello"
		endef
	END
	ok 'as it says' whittle stray
	is 'it is in the image' "$("$OUT/build/stray/image/target/usr/bin/hello")" 'hello 2'
else
	skip 'a makefile that does not know DESTDIR' 'this machine allows no namespaces, or is older than Linux 5.12'
fi

# ---- what new-package writes ----
if [ ! -d "$cache/whittle/dl/musl" ]; then
	skip 'new-package' 'no musl here yet: make musl'
	done_testing
	exit
fi
export XDG_CACHE_HOME="$cache" # with musl built, mostly
target() {
	choose "$1"
	sed -i 's/^CONFIG_TOOLCHAIN_NONE=y/CONFIG_TOOLCHAIN_MUSL=y/; /CACHE/d' "$OUT/.config"
	echo '# CONFIG_PACKAGE_BUSYBOX is not set' >>"$OUT/.config"
}
# works NAME: built as it was written, static, and compiled as far as it is edited.
works() {
	ok "$1: new-package" scripts/new-package -d "$EXT" "$1" "$SCRATCH/$1"
	target "$1"
	ok "$1: builds" whittle "$1"
	program=$OUT/build/$1/image/target/usr/bin/hello
	is "$1: the program runs here" "$("$program")" 'hello 2'
	unlike "$1: it is static" "$(readelf -lW "$program")" INTERP
	is "$1: nothing else is in the image" "$(cd "$OUT/build/$1/image" && find . -type f)" ./target/usr/bin/hello
	sed -i 's/hello %d/hello again %d/' "$SCRATCH/$1/hello.c"
	ok "$1: edited" whittle "$1"
	is "$1: it is in the program" "$("$program")" 'hello again 2'
	is "$1: just that file was compiled" "$(compiled "$1")" hello.c
	is "$1: nothing was written to the directory" "$(find "$SCRATCH/$1" -type f | wc -l)" 3
}
project hello <<'END'
CC = gcc
CFLAGS = -O2 -Wall
all: hello
hello: hello.o two.o
> $(CC) $(LDFLAGS) -o $@ $^
install: all
> install -D -m 755 hello $(DESTDIR)$(PREFIX)/bin/hello
END
works hello
is 'hello: its makefile installs it' "$(grep -c INSTALL "$EXT/package/hello/hello.mk")" 0
project hello-plain <<'END'
PROGRAM := hello
.PHONY: all clean
all: $(PROGRAM)
$(PROGRAM): hello.o two.o
clean:
> rm -f *.o $(PROGRAM)
END
works hello-plain
like 'hello-plain: the recipe installs it' "$(cat "$EXT/package/hello-plain/hello-plain.mk")" '^install -D -m 755 -t "$(IMAGE)/target/usr/bin" hello$'
done_testing
