#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# make man, make install, make uninstall: manual pages from docs/, and the stand-alone tools.
set -eu
# shellcheck source=support/tests/tap.sh
. support/tests/tap.sh
unset MAKEFLAGS MAKELEVEL PREFIX DESTDIR

# With the tools that are built already.
whittle() {
	make -s O="$SCRATCH/o" TOOLDIR="${TOOLBIN%/bin}" "$@"
}
tree() {
	(cd "$1" && find . -type f | LC_ALL=C sort)
}

ok 'make install' whittle install PREFIX=/usr DESTDIR="$SCRATCH/dest"
is 'all of it, and nothing else' "$(tree "$SCRATCH/dest")" './usr/bin/fetch
./usr/bin/kmerge
./usr/bin/mkinitramfs
./usr/bin/runqemu
./usr/bin/unpack
./usr/share/bash-completion/completions/runqemu
./usr/share/man/man1/fetch.1
./usr/share/man/man1/kmerge.1
./usr/share/man/man1/mkinitramfs.1
./usr/share/man/man1/runqemu.1
./usr/share/man/man1/unpack.1
./usr/share/whittle/make.bash
./usr/share/whittle/make.zsh
./usr/share/zsh/site-functions/_runqemu'
is 'modes' "$(cd "$SCRATCH/dest" && find . -type f -printf '%m %P\n' | sed 's,/[^/]*$,,' | sort -u | paste -sd ' ' -)" \
	'644 usr/share/bash-completion/completions 644 usr/share/man/man1 644 usr/share/whittle 644 usr/share/zsh/site-functions 755 usr/bin'
ok 'it needs no configuration' test ! -e "$SCRATCH/o/.config"
ok 'what was installed runs' "$SCRATCH/dest/usr/bin/runqemu" --version
ok 'make uninstall' whittle uninstall PREFIX=/usr DESTDIR="$SCRATCH/dest"
is 'leaves no file' "$(tree "$SCRATCH/dest")" ''
ok 'make uninstall where there is nothing' whittle uninstall PREFIX=/usr DESTDIR="$SCRATCH/dest"
ok 'PREFIX alone' whittle install PREFIX="$SCRATCH/prefix"
is 'is where it goes' "$(tree "$SCRATCH/prefix" | grep -c .)" 14
PREFIX=$SCRATCH/env DESTDIR=$SCRATCH/env ok 'in the environment they mean nothing' whittle install -n
unlike 'in the environment they mean nothing: it goes to /usr/local' "$(cat "$SCRATCH/.tap.out")" "$SCRATCH/env"
fails 2 'a relative PREFIX' whittle install PREFIX=here
said 'a relative PREFIX: is named, with what to write' 'PREFIX=here is not absolute: write PREFIX=/usr/local or PREFIX=/'
fails 2 'a PREFIX with a blank' whittle install PREFIX='/a b'
said 'a PREFIX with a blank: is named' 'PREFIX "/a b" has white space in it'
echo x >"$SCRATCH/file"
fails 2 'a DESTDIR that is no directory' whittle install DESTDIR="$SCRATCH/file"

# Pages.
ok 'make man' whittle man
for page in "$SCRATCH/o/man"/*.1; do
	tool=$(basename "$page" .1)
	if man --warnings --version >/dev/null 2>&1; then
		is "man finds no fault in $tool.1" "$(man --warnings -E UTF-8 -l -Tutf8 -Z "$page" 2>&1 >/dev/null)" ''
	else
		skip "$tool.1" 'there is no man of man-db'
	fi
	like "$tool.1 has a name that apropos finds" "$(sed -n '/^\.SH NAME/{n;p;}' "$page")" "^$tool \\\\- [a-zA-Z/]"
done
is 'a page for each tool' "$(cd "$SCRATCH/o/man" && ls)" "$(for main in support/tools/*/main.c; do echo "$(basename "${main%/main.c}").1"; done)"
ok 'make clean removes them' whittle clean
ok 'they are gone' test ! -e "$SCRATCH/o/man"

# What of Markdown becomes what of roff.
cat >"$SCRATCH/page.md" <<'END'
# foo: does `this` - and *that*

Some text that goes
on with `code`, **bold**, *slanted* and a\\b.
.dot at the start

    foo --bar [-x]
    .foo

Then [a page](page.md) and [a site](https://example.org/x).

    second example

    goes on

## A title
- item one
  goes on
- item two

1. first

### Below

| option | meaning |
|---|---|
| `--a`, `-b` | what \| does |
| | more |

| a | b | c |
|---|---|---|
| x | y | z |

*/etc* 2 * 3 * 4
END
awk -f support/make/man.awk -v name=foo -v version=1.2 "$SCRATCH/page.md" >"$SCRATCH/page.1"
cat >"$SCRATCH/expected.1" <<'END'
.\" Made of docs/foo.md
.TH FOO 1 "" "Whittle 1.2" "Whittle"
.SH NAME
foo \- does this \- and that
.SH SYNOPSIS
.nf
foo \-\-bar [\-x]
\&.foo
.fi
.SH DESCRIPTION
.PP
Some text that goes on with \fBcode\fR, \fBbold\fR, \fIslanted\fR and a\e\eb. .dot at the start
.PP
Then a page and a site <https://example.org/x>.
.PP
.RS 4
.EX
second example

goes on
.EE
.RE
.SH "A TITLE"
.IP \(bu 2
item one goes on
.IP \(bu 2
item two
.IP 1. 4
first
.SS Below
.TP
\fB\-\-a\fR, \fB\-b\fR
what | does
.IP
more
.TP
x
y; z
.PP
\fI/etc\fR 2 * 3 * 4
END
is 'Markdown as roff' "$(diff "$SCRATCH/expected.1" "$SCRATCH/page.1")" ''
done_testing
