# SPDX-License-Identifier: GPL-2.0-or-later
# The warnings in the log of a kernel's build, sorted and each once, as lines of four columns between tabs: the object
# that was compiled or linked, without its suffix, or "vmlinux"; file and line, or "" and 0; the text. $TREES has the
# names of the source tree, each with a slash at its end: paths are relative to it.

BEGIN {
	trees = split(ENVIRON["TREES"], tree, " ")
}
# The path of a file, as kbuild calls it.
function path(name,    i) {
	for (i = 1; i <= trees; i++)
		if (index(name, tree[i]) == 1)
			name = substr(name, length(tree[i]) + 1)
	sub(/^(\.\/)+/, "", name)
	return name
}
function stem(name) {
	sub(/\.[^.\/]*$/, "", name)
	return name
}
function tell(object, file, line, text) {
	gsub(/\t/, " ", text)
	printf "%s\t%s\t%d\t%s\n", object, file, line, text | "LC_ALL=C sort -u"
}
# What a header's warning belongs to: the last file of those that include it (gcc), or the first (clang).
/^In file included from [^ ]+:[0-9]+/ || /^                 from [^ ]+:[0-9]+/ {
	split($(NF), part, ":")
	if (part[1] ~ /\.[cS]$/)
		unit = stem(path(part[1]))
	next
}
match($0, /^[^ :]+:[0-9]+[0-9.:-]*: [Ww]arning(:| )/) {
	split($0, part, ":")
	file = path(part[1])
	if (file !~ /\.h$/ || unit == "")
		unit = stem(file)
	text = $0
	sub(/^[^ ]+: /, "", text)
	tell(unit, file, part[2], text)
	next
}
match($0, /^[^ :]+\.o: warning: /) {
	tell(stem(path(substr($0, 1, index($0, ":") - 1))), "", 0, $0)
	next
}
/^WARNING: / || /(^|[\/ -])ld[^ ]*: warning: / {
	tell("vmlinux", "", 0, $0)
}
