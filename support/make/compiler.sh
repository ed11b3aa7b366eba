#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Says, on its output, what is wrong with a C compiler: that it does not compile, or that it makes programs of another
# architecture than ARCH, whose programs have BITS (32 or 64), ENDIAN (little or big) and the ELF machine number ELF.
# usage: compiler.sh CC ARCH BITS ENDIAN ELF [OPTION]...
set -eu
cc=$1 arch=$2
case $3$4 in
32little) want='1 1' ;;
64little) want='2 1' ;;
32big) want='1 2' ;;
64big) want='2 2' ;;
esac
want="$want $5"
shift 5

object=$(mktemp)
trap 'rm -f "$object"' EXIT
# compile [OPTION]...: an empty file; its output says why that does not work.
compile() {
	printf '' | "$cc" "$@" -c -x c -o "$object" - 2>&1
}
# header: class, byte order and machine of what was compiled: the bytes 4, 5 and 18 of an ELF header, in that order.
header() {
	od -An -v -tu1 -N20 "$object" | awk '{
		for (i = 1; i <= NF; i++) byte[n++] = $i
	} END {
		print byte[4], byte[5], byte[5] == 2 ? byte[18] * 256 + byte[19] : byte[19] * 256 + byte[18]
	}'
}
if ! why=$(compile "$@"); then
	# A compiler for another machine does not know the options of this one.
	if ! compile >/dev/null || [ "$(header | cut -d ' ' -f 3)" = "${want##* }" ]; then
		echo "the C compiler $cc does not compile an empty file for $arch${*:+ with $*}: $(echo "$why" | head -n 1)"
		exit 0
	fi
fi
[ "$(header)" = "$want" ] ||
	echo "the C compiler $cc makes programs for $("$cc" -dumpmachine), but the board's architecture is $arch:" \
		"choose a compiler for that in menu Toolchain (an empty name is the architecture's own), or another board"
