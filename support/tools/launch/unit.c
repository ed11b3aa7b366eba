// SPDX-License-Identifier: GPL-2.0-or-later
#include "unit.h"

#include <string.h>

#include "base/affix.h"

/* Options whose value may be the next argument. */
static const char *const valued[] = {
	"-I",	    "-D",	  "-U",	      "-include",    "-imacros",  "-isystem",
	"-iquote",  "-idirafter", "-MF",      "-MT",	     "-MQ",	  "-x",
	"--param",  "-isysroot",  "-iprefix", "-Xassembler", "-aux-info", "-Xpreprocessor",
	"-target",  "-T",	  "-L",	      "-l",	     "-u",	  "-z",
	"-Xlinker", "-B",
};

/* What starts so reads or writes files that only this machine has, or asks it what it is. */
static const struct {
	const char *start, *reason;
} bound[] = {
	{ "-specs", "-specs" },
	{ "--specs", "-specs" },
	{ "-fplugin", "plugins" },
	{ "-fprofile", "profiles" },
	{ "-ftest-coverage", "profiles" },
	{ "--coverage", "profiles" },
	{ "-fauto-profile", "profiles" },
	{ "-flto", "link-time optimisation" },
	{ "-gsplit-dwarf", "more files than an object" },
	{ "-save-temps", "more files than an object" },
	{ "--save-temps", "more files than an object" },
	{ "-fdump", "more files than an object" },
	{ "-fstack-usage", "more files than an object" },
	{ "-fcallgraph-info", "more files than an object" },
	{ "-aux-info", "more files than an object" },
	{ "-M", "other lists of headers than by -Wp" },
	{ "-march=native", "this processor" },
	{ "-mcpu=native", "this processor" },
	{ "-mtune=native", "this processor" },
	{ "-Xassembler", "the assembler's files" },
	{ "-Wa,-I", "the assembler's files" },
	{ "-Wa,-a", "the assembler's files" },
	{ "-Wa,--MD", "the assembler's files" },
	{ "-x", "-x" },
	{ "-B", "-B" },
	{ "@", "a file of options" },
};

/* Options of the preprocessor by their first letters. */
static const char *const preprocessor[] = {
	"-I",	    "-D",	 "-U",	       "-include",	 "-imacros",
	"-isystem", "-iquote",	 "-idirafter", "-isysroot",	 "-iprefix",
	"-Wp,",	    "-nostdinc", "-undef",     "-Xpreprocessor",
};

static bool takesvalue(const char *arg)
{
	for (size_t i = 0; i < sizeof(valued) / sizeof(*valued); i++) {
		if (strcmp(arg, valued[i]) == 0)
			return true;
	}
	return false;
}

static bool ofpreprocessor(const char *arg)
{
	for (size_t i = 0; i < sizeof(preprocessor) / sizeof(*preprocessor); i++) {
		if (startswith(arg, preprocessor[i]))
			return true;
	}
	return false;
}

/* Whether arg is one of the options of debug information that say nothing of whether there is some.
 */
static bool modifiesdebug(const char *arg)
{
	static const char *const starts[] = { "-gno-", "-gz", "-grecord", "-gstrict", "-gcolumn" };

	for (size_t i = 0; i < sizeof(starts) / sizeof(*starts); i++) {
		if (startswith(arg, starts[i]))
			return true;
	}
	return false;
}

/* Take note of an option. Returns false if the call is none to compile a file. */
static bool option(struct unit *u, const char *arg)
{
	if (strcmp(arg, "-") == 0 || strcmp(arg, "-E") == 0 || strcmp(arg, "-S") == 0 ||
	    strcmp(arg, "-M") == 0 || strcmp(arg, "-MM") == 0 || startswith(arg, "-###") ||
	    startswith(arg, "-fsyntax-only"))
		return false;
	for (size_t i = 0; !u->reason && i < sizeof(bound) / sizeof(*bound); i++) {
		if (startswith(arg, bound[i].start))
			u->reason = bound[i].reason;
	}
	if (startswith(arg, "-g") && !modifiesdebug(arg))
		u->debug = strcmp(arg, "-g0") != 0;
	return true;
}

/* Take note of the file at index i. Returns false if the call is none to compile a file. */
static bool input(struct unit *u, size_t i)
{
	const char *arg = u->args[i];

	if (strcmp(arg, "/dev/null") == 0 || endswith(arg, ".o") || endswith(arg, ".a"))
		return false;
	if (u->source)
		u->reason = "several files";
	else if (endswith(arg, ".S") || endswith(arg, ".s"))
		u->reason = "assembler";
	else if (!endswith(arg, ".c"))
		u->reason = "no file of C";
	u->source = i;
	return true;
}

bool unitread(struct unit *u, char *const *args)
{
	bool systemless = false; /* as is all of the kernel, but no program of the build */

	*u = (struct unit){ .args = args };
	for (size_t i = 1; args[i]; i++) {
		const char *arg = args[i];
		bool ok = true;

		systemless = systemless || strcmp(arg, "-nostdinc") == 0;
		if (strcmp(arg, "-c") == 0)
			u->action = i;
		else if (strcmp(arg, "-o") == 0 && args[i + 1])
			u->output = ++i;
		else if (arg[0] == '-' || arg[0] == '@')
			ok = option(u, arg);
		else
			ok = input(u, i);
		if (!ok)
			return false;
		if (takesvalue(arg) && args[i + 1])
			i++;
	}
	if (!u->reason && !systemless)
		u->reason = "programs of the build";
	if (!u->output && !u->reason)
		u->reason = "no -o";
	return u->action && u->source;
}

void unitpreprocess(const struct unit *u, const char *text, struct strlist *out)
{
	for (size_t i = 1; u->args[i]; i++)
		listadd(out, i == u->action ? "-E" : i == u->output ? text : u->args[i]);
}

void unitcompile(const struct unit *u, const char *text, const char *object, struct strlist *out)
{
	for (size_t i = 1; u->args[i]; i++) {
		if (i == u->action || i == u->source || i + 1 == u->output || i == u->output)
			continue;
		if (!ofpreprocessor(u->args[i]))
			listadd(out, u->args[i]);
		else if (takesvalue(u->args[i]) && u->args[i + 1])
			i++;
	}
	listadd(out, "-c");
	listadd(out, text);
	listadd(out, "-o");
	listadd(out, object);
}
