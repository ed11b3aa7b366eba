#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# book on a small made-up list: what it says, that its page is sound HTML, what is refused.
# shellcheck disable=SC2016 # text for other shells and awk stands in single quotes
set -u
# shellcheck source=support/tests/tap.sh
. support/tests/tap.sh

B=$SCRATCH/build
D=a9e8c51fcb1e695d1d35dde5886cba579cb6f29c9646c5889f39d63841d4b9f6

# package NAME: a directory as a build leaves it.
package() {
	mkdir -p "$B/$1/image/target/usr"
	for step in unpack configure build install; do
		printf '#!/bin/sh\n# %s\nset -eu\n\necho %s\n' "$step" "$step" >"$B/$1/$step.sh"
		echo 2.500 >"$B/$1/$step.time"
	done
	printf 'xyz' >"$B/$1/image/target/usr/$1"
	printf '040755 - target/usr\n100644 %s target/usr/%s\n120777 %s target/usr/link\n' "$D" "$1" "$1" >"$B/$1/manifest"
}
package lib
package prog
package rootfs
printf '#!/bin/sh\nset -eu\n\n# nothing but this\n' >"$B/lib/configure.sh"
printf '#!/bin/sh\nset -eu\n\nx --skeleton s="$TOP/support/skeleton/common" --overlay o="/home/me/overlay"\n' >"$B/rootfs/install.sh"
cat >"$B/prog/build.sh" <<'SCRIPT'
#!/bin/sh
set -eu

cat >x <<'END'
<script>alert("&amp;")</script>
~~~
END
SCRIPT
echo 'usr/x file 0644 0 0 12345 - prog' >"$SCRATCH/manifest"
printf 'config PACKAGE_PROG\n\tbool "Prog <i>"\n\thelp\n\t  First & foremost,\n\t  one.\n\n\t  Second.\n\nconfig OTHER\n\thelp\n\t  No.\n' >"$SCRATCH/Kconfig"
wide=$(printf 'W%.0s' $(seq 50))
printf '# Why\n# more of it\nCONFIG_A=y\nCONFIG_%s=y\n' "$wide" >"$SCRATCH/more.config"
printf '\n# CONFIG_B is not set\nCONFIG_S="x<y"\n' >>"$SCRATCH/more.config"

# list [LINE...]: a list that is right, with these lines behind it.
list() {
	cat >"$SCRATCH/list" <<-END
		set title A <b>title</b>
		set board that
		set qemu qemu-system-x86_64 -M q35
		set console ttyS0
		set image bzImage
		set gdb gdb "\$WORK/images/vmlinux"
		set initramfs initramfs.cpio.gz
		set memory 256
		set cpus 1
		set append console=ttyS0 quiet
		set debug-append console=ttyS0 nokaslr quiet
		unit lib
		rootfs $B/rootfs
		manifest $SCRATCH/manifest
		needs scripts/bootstrap
		need run qemu-that qemu-that,firmware-that - qemu - - runs the guest
		tool unpack -larchive
		lib buf msg
		package prog
		symbol PACKAGE_PROG
		kconfig $SCRATCH/Kconfig
		version 2
		license MIT & <more>
		mode target
		type kbuild
		base allnoconfig
		dir $B/prog
		local
		source prog/prog-2.tar.gz
		url https://example.org/prog-2.tar.gz?a=1&b=2
		sha256 $D
		embed more.config $SCRATCH/more.config
		copy base.config board/x/base.config
		patch support/an "odd" one
		depends lib
		package lib
		mode bare
		dir $B/lib
		git-url https://example.org/lib.git
		git-commit 0123456789012345678901234567890123456789
	END
	for line; do printf '%s\n' "$line" >>"$SCRATCH/list"; done
}
book() {
	"$TOOLBIN/book" -o "$SCRATCH/out" --list "$SCRATCH/list" --pages "${PAGES:-support/book}"
}
chapter() { # ID: its commands
	awk -v id="$1" '$1 ~ /^~~~+$/ && $2 == "sh" && $3 == id { f = $1; next } f && $0 == f { f = ""; next } f' "$SCRATCH/out/book.txt"
}

list
ok 'a list and the pages' book
text=$(cat "$SCRATCH/out/book.txt")
html=$(cat "$SCRATCH/out/index.html")
like 'help is in it' "$text" '^First & foremost, one.$'
like 'its second paragraph too' "$text" '^Second.$'
unlike 'not that of another symbol' "$text" '^No\.$'
like 'a time' "$text" 'Build time *1.0 SBU'
like 'what was installed' "$text" '1 file (3 bytes) and 1 link in `*image/target'
like 'what it is compiled for' "$text" '^It is compiled for the new system, by'
like 'what its Kconfig starts from' "$text" 'Configured from *allnoconfig$'
like 'who depends' "$text" 'Needed by *prog (chapter 7)'
like 'a step that does nothing is said to' "$text" '^There is nothing to configure'
like 'what a file asks for' "$text" 'CONFIG_B *n$'
like 'and why' "$text" '^ *Why more of it$'
like 'shares of the root filesystem' "$text" '^ *prog *1 *12 KiB *0$'
is 'dependencies come first' "$(printf '%s\n' "$text" | sed -n 's/^ *[67]\. \(.*\)/\1/p' | head -n 2 | paste -s -d , -)" 'lib,Prog <i> 2'

# the way about: chapters by line, and back to the contents
for n in 1 2 6 8; do
	line=$(printf '%s\n' "$text" | sed -n "s/^ *\([0-9][0-9]*\)  *$n\. .*/\1/p")
	like "the contents tell the line of chapter $n" "$(printf '%s\n' "$text" | sed -n "${line:-0}p")" "^$n\. "
done
number=$(printf '%s\n' "$text" | grep -c '^===')
is 'each chapter leads back to the contents' "$(printf '%s\n' "$text" | grep -c "^\[chapter [0-9]* of $number; contents: line 4\]$")" "$number"
like 'they are there' "$(printf '%s\n' "$text" | sed -n 4p)" '^Contents'

# columns
# second CAPTION: where the second column of that table begins, in each of its rows
second() {
	printf '%s\n' "$text" | sed -n "/^  $1  /,/^\$/p" | awk 'match(substr($0, 3), /   *[^ ]/) { print RSTART + RLENGTH }' | sort -u
}
is 'a second column begins where it begins in each row' "$(second "Debian.s package" | wc -l)" 1
is 'also below a cell that is too wide' "$(second Symbol | wc -l)" 1
like 'which has its line' "$text" "^  CONFIG_$wide$"
like 'figures end in one column' "$text" '^  Package  *Version  *Build time  *Root filesystem$'
for name in lib prog; do
	line=$(printf '%s\n' "$text" | grep -m 1 "^  $name (chapter")
	is "that of $name too" "${#line}" "$(printf '%s\n' "$text" | sed -n 's/^  Package  *Version .*/&/p' | awk '{ print length }')"
done
is 'no line of prose is longer than 80' "$(printf '%s\n' "$text" | awk '/^~~~/ { f = !f } !f && length > 80')" ''

# what it needs of Whittle
need=$(printf '%s\n' "$text" | sed -n '/^2\. What you need/,/^3\. /p')
like 'it says so at the beginning' "$(printf '%s\n' "$text" | sed -n '/^1\. /,/^2\. /p' | head -n 20 | paste -s -d ' ' -)" 'does not stand alone.* (chapter 2)'
like 'helper programs' "$need" '^  helper programs (chapter 4)  *support/arch, support/lib, support/tools/unpack$'
like 'a file that a package takes' "$need" '^  prog (chapter 7)  *support/an "odd" one, board/x/base.config$'
like 'what the root filesystem takes, and what of it is not in the tree' "$need" '^  root filesystem (chapter 8)  *support/skeleton/common, /home/me/overlay$'
like 'what is downloaded' "$(printf '%s\n' "$need" | paste -s -d ' ' -)" 'needs 2 sources\.'
# in one line: where the commands wrap does not matter
text_need=$(printf '%s\n' "$need" | sed 's, \\$,,; s,^    ,,' | paste -s -d ' ' -)
like 'what the architecture needs' "$need" '^  qemu-that,firmware-that  *runs the guest$'
like 'each package of it is installed' "$text_need" 'Debian, Ubuntu:.* qemu-that firmware-that curl .*Fedora:'
like 'where there is one' "$text_need" 'Arch:.* qemu curl .*Alpine:.* gdb curl .*openSUSE:'
printf '%s\n' "$need" | sed -n '/^mkdir/,/^~~~/{/^~~~/!p;}' >"$SCRATCH/copy"
ok 'the commands that copy it are sound' sh -n "$SCRATCH/copy"
is 'and name what is in the tree' "$(sed -n "s/^	\([^|].*\) .$/\1/p" "$SCRATCH/copy" | paste -s -d ' ' -)" \
	'support/arch support/lib support/tools/unpack "support/an \"odd\" one" board/x/base.config support/skeleton/common'

# commands
is 'a script stands in the book to the byte' "$(chapter prog | sed -n '/^run build/,/^END_END$/p' | sed '1d; $d')" "$(cat "$B/prog/build.sh")"
is 'a file of the user stands there too' "$(chapter prog | sed -n '/^cat >.*more.config/,/^END$/p' | sed '1d; $d')" "$(cat "$SCRATCH/more.config")"
like 'one of the tree is copied' "$(chapter prog)" '^cp "$TOP/board/x/base.config" "$PACKAGES/prog/files/base.config"$'
like 'dependencies are used' "$(chapter prog)" '^use lib$'
like 'a source is verified' "$(chapter book-sources)" "^echo \"$D  \$DL/prog/prog-2.tar.gz\" | sha256sum -c\$"
like 'a commit is fetched' "$(chapter book-sources)" "cat-file -e '0123456789012345678901234567890123456789^{commit}'"
like 'helper programs are compiled' "$(chapter book-tools)" 'support/tools/unpack/\*.c lib.a .* -larchive'
like 'with what they call' "$(chapter book-tools)" '^for name in buf msg; do'
chapter book-directories >"$SCRATCH/functions"
ok 'functions are sound shell' sh -n "$SCRATCH/functions"
mkdir "$SCRATCH/w"
{ cat "$SCRATCH/functions"; printf '%s\n' 'begin lib /src' 'run configure <<'"'END'" 'echo "$SRC:$JOBS"; echo said >&9; exit 3' END; } >"$SCRATCH/failing"
fails 1 'a script that fails' env TOP="$PWD" WORK="$SCRATCH/w" JOBS=3 sh -e "$SCRATCH/failing"
said 'is named, and so is its log' 'lib: configure failed; the whole log is .*configure.log'
said 'the log is shown' '^/src:3'
said 'so is what it said' '^said'

# the page
unlike 'nothing of a script is markup' "$html" '<script'
like 'it is escaped' "$html" '&lt;script&gt;alert(&quot;&amp;amp;&quot;)'
like 'a title is' "$html" '<h1>A &lt;b&gt;title&lt;/b&gt;</h1>'
like 'so is a prompt' "$html" 'Prog &lt;i&gt; 2'
like 'so is an address' "$html" 'href="https://example.org/prog-2.tar.gz?a=1&amp;b=2"'
unlike 'it needs nothing from elsewhere' "$html" '<link\|<img\|src=\|@import\|url('
is 'it begins as HTML5 does' "$(head -n 1 "$SCRATCH/out/index.html")" '<!DOCTYPE html>'
# Tags that are closed in another order than opened, or not at all; elements without an end do not count.
is 'tags are balanced' "$(tr '\n' ' ' <"$SCRATCH/out/index.html" | sed 's/<style>.*<\/style>//' | grep -o '<[^>]*>' | awk '
	/^<!|^<meta/ { next }
	/^<\// { name = substr($0, 3, length($0) - 3); if (open[n] != name) print "</" name "> closes <" open[n] ">"; n--; next }
	{ name = substr($1, 2); sub(/>$/, "", name); open[++n] = name }
	END { if (n) print n " open" }')" ''
is 'an & is always an entity' "$(sed '/<style>/,/<\/style>/d' "$SCRATCH/out/index.html" | grep -o '&[^;]*;\{0,1\}' | grep -v '^&\(amp\|lt\|gt\|quot\);$')" ''
is 'each id is there once' "$(grep -o ' id="[^"]*"' "$SCRATCH/out/index.html" | sort | uniq -d)" ''
is 'the contents are reached from everywhere: by a bar that stays at the top ...' \
	"$(sed -n '/<body>/{n;p;}' "$SCRATCH/out/index.html")" '<p class="back"><a href="#contents">Contents</a></p>'
wide=$(sed -n '/^@media screen and (min-width/,/^}/p' support/book/style.css | tr -d '\n\t' | tr '}' '\n')
like 'on a narrow screen' "$(tr -d '\n\t' <support/book/style.css | tr '}' '\n')" '^\(/\*.*\*/\)*\.back {.*position: sticky; top: 0;'
like '... and by themselves on a wide one' "$wide" 'nav {.*position: fixed; top: 0; bottom: 0;.*overflow-y: auto'
like 'where there is no bar then' "$wide" '\.back { display: none; '
unlike 'no script is needed' "$html" 'onclick\|javascript:'
like 'figures are aligned' "$html" '<td class="figure">1.0 SBU</td>'
is 'links lead somewhere' "$(grep -o 'href="#[^"]*"' "$SCRATCH/out/index.html" | sed 's/href="#/ id="/' | sort -u | while read -r id; do
	grep -qF " $id" "$SCRATCH/out/index.html" || echo "$id"
done)" ''
if command -v xmllint >/dev/null; then
	is 'xmllint finds nothing but elements that are too new for it' \
		"$(xmllint --html --noout "$SCRATCH/out/index.html" 2>&1 | grep error | grep -v 'Tag [a-z]* invalid')" ''
else
	skip 'xmllint' 'it is not installed'
fi

# what is not known
rm "$B/lib/install.time" "$B/lib/manifest"
ok 'without times and manifest' book
like 'the time is unknown' "$(cat "$SCRATCH/out/book.txt")" 'Build time *unknown'
like 'so is what was installed' "$(cat "$SCRATCH/out/book.txt")" 'That is not known'

# what is wrong
rm "$B/lib/build.sh"
fails 1 'a script that is missing' book
said 'is named' "book: cannot read $B/lib/build.sh: No such file"
package lib
rm "$B/prog/image/target/usr/prog"
fails 1 'a file of a manifest that is missing' book
said 'that is named' "$B/prog/manifest: a file in it cannot be read"
package prog

n=$(wc -l <"$SCRATCH/list")
wrong() { # LINE PATTERN
	list "$1"
	fails 1 "$1" book
	said 'file and line' "^book: $SCRATCH/list:$((n + 1)): "
	said 'what is wrong' "$2"
}
wrong 'colour red' 'unknown key'
wrong 'package prog' 'listed twice'
wrong 'dir /x' 'has this key already'
wrong 'sha256 123' 'not a sha256'
wrong 'copy alone' 'NAME PATH'
wrong "$(printf 'version 1\0331')" 'control character'
list 'depends nobody'
fails 1 'a dependency that there is not' book
said 'is named' 'package lib lacks nobody'
list 'depends prog'
fails 1 'a circle' book
said 'is named' 'depends on itself'
list 'package empty'
fails 1 'a package without its directory' book
said 'is named' 'package empty lacks dir'
fails 1 'no list' "$TOOLBIN/book" -o "$SCRATCH/out" --list "$SCRATCH/none" --pages support/book
said 'it is named' "cannot read $SCRATCH/none"

# A kernel, for this machine's processor or for another one.
list 'package kern' 'mode kernel' 'version 1' "dir $B/lib"
ok 'a kernel' book
text=$(cat "$SCRATCH/out/book.txt")
like 'how it is booted' "$text" '^qemu-system-x86_64 -M q35 -m 256'
like 'and debugged, with what keeps it in its place' "$text" '-append "console=ttyS0 nokaslr quiet"'
like 'by this' "$text" '^gdb "$WORK/images/vmlinux" .$'
unlike 'no KVM for another processor' "$text" '-accel kvm'
list 'set kvm one' 'package kern' 'mode kernel' 'version 1' "dir $B/lib"
ok 'one of this machine' book
like 'KVM, if there is any' "$(cat "$SCRATCH/out/book.txt")" '^With `-accel kvm` the guest'

mkdir "$SCRATCH/pages"
: >"$SCRATCH/pages/style.css"
PAGES=$SCRATCH/pages
list
page() { # LINE PATTERN
	printf '# One {one}\n%s\n' "$1" >"$PAGES/book.txt"
	fails 1 "a page with $1" book
	said 'file and line' "^book: $PAGES/book.txt:[23]: $2"
}
page '@nothing@' 'unknown variable nothing'
page '@nothing' 'unknown word @nothing'
page '# Untitled' 'expected a title'
page '~~~ sh' '.*without its end'
page '@if board' '.*without its end'
printf '@define what\nnot `shown`\n\n# One {one}\n@if none\nno\n@else\nyes @board@\n@end\n- `a` and\n  [b](#one)\n| x | y |\n| 1 | 2 |\n' >"$PAGES/book.txt"
ok 'a page' book
is 'as text' "$(sed -n '/^1. One/,$p' "$SCRATCH/out/book.txt")" '1. One
======

yes that

  - `a` and b (chapter 1)

  x  y
  1  2'
like 'as HTML' "$(cat "$SCRATCH/out/index.html")" '<li><code>a</code> and <a href="#one">b</a></li>'
fails 2 'no arguments' "$TOOLBIN/book"
done_testing
