# SPDX-License-Identifier: GPL-2.0-or-later
# A page of docs/ as a manual page, for man(1):
#
#   awk -f man.awk -v name=TOOL -v version=VERSION docs/TOOL.md >TOOL.1
#
# It knows the Markdown that these pages use: headings, paragraphs, indented examples, lists, tables,
# `code`, **bold**, *emphasis* and links. The first line is "# TOOL: what it does"; an example above the
# first section is the synopsis. A table of two columns becomes a tagged list, one of more columns a list of rows.

function escape(text) {
	gsub(/\\/, "\\e", text)
	gsub(/-/, "\\-", text)
	return text
}

# What of text is between the marks becomes a font: the text is changed from its end to its beginning.
function font(text, pattern, width, letter,    out) {
	out = ""
	while (match(text, pattern)) {
		out = out substr(text, 1, RSTART - 1) "\\f" letter substr(text, RSTART + width, RLENGTH - 2 * width) "\\fR"
		text = substr(text, RSTART + RLENGTH)
	}
	return out text
}

# [TEXT](ADDRESS) becomes TEXT, and ADDRESS stays where it leads out of the manual.
function links(text,    out, link, address) {
	out = ""
	while (match(text, /\[[^]]*\]\([^)]*\)/)) {
		link = substr(text, RSTART + 1, RLENGTH - 2)
		address = link
		sub(/\].*/, "", link)
		sub(/^[^]]*\]\(/, "", address)
		out = out substr(text, 1, RSTART - 1) link (address ~ /^https?:/ ? " <" address ">" : "")
		text = substr(text, RSTART + RLENGTH)
	}
	return out text
}

function inline(text) {
	text = escape(links(text))
	text = font(text, "`[^`]*`", 1, "B")
	text = font(text, "\\*\\*[^*]*\\*\\*", 2, "B")
	return font(text, "\\*[^* ][^*]*\\*", 1, "I")
}

# A request of roff, as it is.
function request(line) {
	body = body line "\n"
}

# A line of text: a text that begins with a dot or a quote is no request.
function put(text) {
	if (text ~ /^[.']/)
		text = "\\&" text
	body = body text "\n"
}

# End what is open: a paragraph or the text of an item; an example.
function flush() {
	if (text != "")
		put(inline(text))
	text = ""
	if (example)
		request(".EE\n.RE")
	example = 0
}

function section(title) {
	flush()
	request(".SH \"" toupper(title) "\"")
}

function row(line,    cell, n, i, rest) {
	gsub(/\\\|/, "\001", line)
	sub(/^\| */, "", line)
	sub(/ *\| *$/, "", line)
	n = split(line, cell, / *\| */)
	for (i = 1; i <= n; i++)
		gsub("\001", "|", cell[i])
	rest = cell[2]
	for (i = 3; i <= n; i++)
		rest = rest "; " cell[i]
	if (cell[1] == "") {
		request(".IP")
	} else {
		request(".TP")
		put(inline(cell[1]))
	}
	put(inline(rest == "" ? "-" : rest))
}

NR == 1 {
	title = $0
	sub(/^# *[^:]*: */, "", title)
	gsub(/[`*]/, "", title)
	next
}
# An example goes on over empty lines, if more of it follows.
example && /^$/ {
	empty++
	next
}
example && !/^    / {
	flush()
	empty = 0
}
/^    / && text == "" && !item {
	line = substr($0, 5)
	if (!example) {
		request(".PP\n.RS 4\n.EX")
		example = 1
	}
	for (; empty > 0; empty--)
		put("")
	put(escape(line))
	next
}
/^    / && text == "" && item {
	item = 0
}
/^## / {
	section(substr($0, 4))
	item = 0
	next
}
/^### / {
	flush()
	request(".SS " inline(substr($0, 5)))
	item = 0
	next
}
/^\|[ :|-]*-[ :|-]*$/ {
	next
}
/^\|/ {
	flush()
	# the first row has the names of the columns
	if (table)
		row($0)
	table = 1
	next
}
{
	table = 0
}
/^$/ {
	flush()
	item = 0
	next
}
/^[-*] / || /^[0-9]+\. / {
	flush()
	request(/^[0-9]/ ? ".IP " $1 " 4" : ".IP \\(bu 2")
	text = $0
	sub(/^[^ ]* +/, "", text)
	item = 1
	next
}
{
	if (text == "" && !item)
		request(".PP")
	sub(/^ +/, "")
	text = text (text == "" ? "" : " ") $0
}
END {
	flush()
	synopsis = ""
	if (match(body, /\.PP\n\.RS 4\n\.EX\n/) && !index(substr(body, 1, RSTART), "\n.SH ")) {
		start = RSTART
		rest = substr(body, RSTART + RLENGTH)
		end = index(rest, "\n.EE\n.RE\n")
		synopsis = substr(rest, 1, end)
		body = substr(body, 1, start - 1) substr(rest, end + 9)
	}
	printf ".\\\" Made of docs/%s.md\n", name
	printf ".TH %s 1 \"\" \"Whittle %s\" \"Whittle\"\n", toupper(name), version
	printf ".SH NAME\n%s \\- %s\n", name, escape(title)
	if (synopsis != "")
		printf ".SH SYNOPSIS\n.nf\n%s.fi\n", synopsis
	printf ".SH DESCRIPTION\n%s", body
}
