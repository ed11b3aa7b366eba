// SPDX-License-Identifier: GPL-2.0-or-later
#include "argcheck.h"

#include <stdlib.h>
#include <string.h>

#include "linker.h"

#define LENGTH(a) (sizeof(a) / sizeof((a)[0]))

/*
 * Options whose value is a path that gcc searches or reads: either the next argument, or joined to
 * the option with sep.
 */
static const struct {
	const char *name, *sep;
} searching[] = {
	{ "-I", "" },	      { "-L", "" },	    { "-B", "" },	{ "-isystem", "" },
	{ "-iquote", "" },    { "-idirafter", "" }, { "-include", "" }, { "-imacros", "" },
	{ "-iprefix", "" },   { "-isysroot", "" },  { "-specs", "=" },	{ "--specs", "=" },
	{ "--sysroot", "=" },
};

/* Options whose value is the next argument, and is not an input. */
static const char *const valued[] = {
	"-D",	       "-U",
	"-A",	       "-T",
	"-u",	       "-z",
	"-e",	       "-MF",
	"-MT",	       "-MQ",
	"-aux-info",   "--param",
	"-dumpbase",   "-dumpdir",
	"-wrapper",    "-dumpbase-ext",
	"-Xassembler", "-Xpreprocessor",
};

static const char *const cxxsuffixes[] = { ".cc", ".cp", ".cxx", ".cpp", ".CPP", ".c++", ".C" };

/* The state of the loop over the arguments. */
struct walk {
	const struct strlist *args;
	size_t next; /* index of the argument after the current one */
	struct linker linker;
	struct strlist *out;
	struct asked *asked;
	char **why;
};

/*
 * Return the next argument, the value of the current one, and copy it to the output; "" if there is
 * none.
 */
static const char *argnext(struct walk *w)
{
	const char *value = "";

	if (w->next < w->args->len) {
		value = w->args->item[w->next++];
		listadd(w->out, value);
	}
	return value;
}

static int cxxrefuse(const char *arg, char **why)
{
	*why = xasprintf("%s: C++ is not supported: the target has no C++ library", arg);
	return -1;
}

static int inputtake(struct walk *w, const char *arg)
{
	const char *dot = strrchr(arg, '.');

	for (size_t i = 0; i < LENGTH(cxxsuffixes) && dot; i++)
		if (!strcmp(dot, cxxsuffixes[i]))
			return cxxrefuse(arg, w->why);
	if (islibrary(arg) && placesforeign(w->linker.places, arg))
		return foreignrefuse("", "", arg, w->why);
	if (!w->asked->input)
		w->asked->input = arg;
	listadd(w->out, arg);
	return 0;
}

/* Handle a search option. Returns 1 if arg is one, 0 if not, -1 if it is refused. */
static int searchtake(struct walk *w, const char *arg)
{
	for (size_t i = 0; i < LENGTH(searching); i++) {
		const char *name = searching[i].name, *sep = searching[i].sep, *value;
		size_t n = strlen(name);

		if (strncmp(arg, name, n))
			continue;
		listadd(w->out, arg);
		if (!arg[n]) {
			sep = " ";
			value = argnext(w);
		} else if (!strncmp(arg + n, sep, strlen(sep))) {
			value = arg + n + strlen(sep);
		} else {
			return 1;
		}
		if (placesforeign(w->linker.places, value))
			return foreignrefuse(name, sep, value, w->why);
		return 1;
	}
	return 0;
}

/* -Wl,TOKEN,... */
static int linkertake(struct walk *w, const char *arg)
{
	struct strlist keep = { 0 };
	struct buf joined = { 0 };
	size_t n;
	int r = 0;

	for (const char *s = arg + strlen("-Wl,"); r == 0; s += n + 1) {
		char *token;

		n = strcspn(s, ",");
		token = xstrndup(s, n);
		r = linkertoken(&w->linker, token, &keep, w->why);
		free(token);
		if (!s[n])
			break;
	}
	for (size_t i = 0; i < keep.len; i++)
		bufprintf(&joined, "%s%s", i ? "," : "-Wl,", keep.item[i]);
	if (keep.len)
		listadd(w->out, bufstr(&joined));
	buffree(&joined);
	listfree(&keep);
	return r;
}

/* -Xlinker TOKEN */
static int xlinkertake(struct walk *w)
{
	struct strlist keep = { 0 };
	int r = 0;

	if (w->next < w->args->len)
		r = linkertoken(&w->linker, w->args->item[w->next++], &keep, w->why);
	for (size_t i = 0; i < keep.len; i++) {
		listadd(w->out, "-Xlinker");
		listadd(w->out, keep.item[i]);
	}
	listfree(&keep);
	return r;
}

/* -Wp,TOKEN,...: only -I matters; the rest are options such as -MD */
static int preprocessortake(struct walk *w, const char *arg)
{
	int r = 0;

	for (const char *s = strstr(arg, ",-I"); s && r == 0; s = strstr(s + 1, ",-I")) {
		char *dir = xstrndup(s + 3, strcspn(s + 3, ","));

		if (placesforeign(w->linker.places, dir))
			r = foreignrefuse("-Wp,-I", "", dir, w->why);
		free(dir);
	}
	listadd(w->out, arg);
	return r;
}

static int languagetake(struct walk *w, const char *arg)
{
	const char *language = arg + 2;

	listadd(w->out, arg);
	if (!*language)
		language = argnext(w);
	return strncmp(language, "c++", 3) ? 0 : cxxrefuse("-x c++", w->why);
}

static int plaintake(struct walk *w, const char *arg)
{
	struct asked *a = w->asked;

	listadd(w->out, arg);
	if (!strncmp(arg, "-o", 2))
		a->output = arg[2] ? arg + 2 : argnext(w);
	else if (!strcmp(arg, "-lgcc") || !strcmp(arg, "-lgcc_eh"))
		a->lgcc = true;
	else if (!strncmp(arg, "-flto", 5))
		a->lto = true;
	else if (!strncmp(arg, "-frandom-seed=", 14))
		a->seed = true;
	for (size_t i = 0; i < LENGTH(valued); i++)
		if (!strcmp(arg, valued[i]))
			argnext(w);
	return 0;
}

static int argtake(struct walk *w, const char *arg)
{
	int r;

	if (arg[0] != '-' || !arg[1])
		return inputtake(w, arg);
	if (!strncmp(arg, "-Wl,", 4))
		return linkertake(w, arg);
	if (!strncmp(arg, "-Wp,", 4))
		return preprocessortake(w, arg);
	if (!strcmp(arg, "-Xlinker"))
		return xlinkertake(w);
	if (!strncmp(arg, "-x", 2))
		return languagetake(w, arg);
	r = searchtake(w, arg);
	return r ? (r < 0 ? -1 : 0) : plaintake(w, arg);
}

int argscheck(const struct strlist *args, const struct places *p, struct strlist *out,
	      struct asked *asked, char **why)
{
	struct walk w = {
		.args = args, .linker = { .places = p }, .out = out, .asked = asked, .why = why
	};
	int r = 0;

	*asked = (struct asked){ 0 };
	while (w.next < args->len && r == 0)
		r = argtake(&w, args->item[w.next++]);
	return r;
}
