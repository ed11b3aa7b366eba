# SPDX-License-Identifier: GPL-2.0-or-later
# A compilation database for clangd and the like: compile_commands.json of the commands on standard input,
# a line each, that end with the name of the source; a line "directory DIR" says where those below it run.
# A line may be one of kbuild's .cmd files, "savedcmd_init/main.o := COMMAND ; MORE"; a line "compiler PROGRAM" above
# them says which program takes the place of the wrapper that such commands begin with. What does not compile C or
# assembler is left out. Exit status: 1 if there is no command.

function json(text) {
	gsub(/["\\]/, "\\\\&", text)
	gsub(/\t/, "\\t", text)
	return "\"" text "\""
}

sub(/^compiler /, "") {
	compiler = $0
	next
}
sub(/^directory /, "") {
	directory = $0
	next
}
sub(/^(saved)?cmd_[^ ]* := /, "") {
	# as make would have it
	gsub(/\\#|\$\(pound\)/, "#")
	gsub(/\$\$/, "$")
	sub(/ ; .*/, "")
	if (compiler != "")
		sub(/^[^ ]+/, compiler)
}
$NF !~ /\.[cS]$/ {
	next
}
{
	printf "%s{\"directory\": %s,\n \"command\": %s,\n \"file\": %s}", (n++ ? ",\n" : "[\n"), json(directory), json($0), json($NF)
}
END {
	print n ? "\n]" : "[]"
	exit !n
}
