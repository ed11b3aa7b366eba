// SPDX-License-Identifier: GPL-2.0-or-later
#include "linker.h"

#include <stdlib.h>
#include <string.h>

/* The linker options whose value is a path that matters here. */
static const struct linkeroption {
	const char *name, *sep;		    /* sep: between the name and a joined value */
	enum { RUN, SEARCH, TARGET } value; /* searched at run or link time; or on the target */
} options[] = {
	{ "-rpath", "=", RUN },
	{ "--rpath", "=", RUN },
	{ "-R", "", RUN },
	{ "-rpath-link", "=", SEARCH },
	{ "--rpath-link", "=", SEARCH },
	{ "--library-path", "=", SEARCH },
	{ "-L", "", SEARCH },
	{ "-dynamic-linker", "=", TARGET },
	{ "--dynamic-linker", "=", TARGET },
	{ "-soname", "=", TARGET },
	{ "--soname", "=", TARGET },
	{ "-h", "=", TARGET },
};

bool islibrary(const char *path)
{
	const char *base = strrchr(path, '/');
	const char *so = strstr(base ? base : path, ".so");
	size_t len = strlen(path);

	return (len > 2 && (!strcmp(path + len - 2, ".a") || !strcmp(path + len - 2, ".o"))) ||
	       (so && (so[3] == '.' || so[3] == '\0'));
}

/*
 * Return the option in token, or NULL. *value is its joined value; NULL if the value is the next
 * token.
 */
static const struct linkeroption *optionfind(const char *token, const char **value)
{
	for (size_t i = 0; i < sizeof(options) / sizeof(options[0]); i++) {
		size_t n = strlen(options[i].name), sep = strlen(options[i].sep);

		if (strncmp(token, options[i].name, n))
			continue;
		if (token[n] && strncmp(token + n, options[i].sep, sep))
			continue;
		*value = token[n] ? token + n + sep : NULL;
		return &options[i];
	}
	return NULL;
}

/* Return the run path without the directories in one of the places; "" if none is left. */
static char *runpathfilter(const struct places *p, const char *value)
{
	struct buf out = { 0 };
	size_t n;

	for (const char *s = value; *s; s += n + (s[n] == ':')) {
		char *dir;

		n = strcspn(s, ":");
		dir = xstrndup(s, n);
		if (!placeshold(p, dir))
			bufprintf(&out, "%s%s", out.len ? ":" : "", dir);
		free(dir);
	}
	return bufsteal(&out);
}

/* Process the value of option o, from the same token (joined) or from the next one. */
static int optiontake(struct linker *l, const struct linkeroption *o, const char *value,
		      bool joined, struct strlist *keep, char **why)
{
	const char *sep = joined ? o->sep : ",";
	char *kept;

	if (o->value == SEARCH && placesforeign(l->places, value)) {
		char *option = xasprintf("-Wl,%s", o->name);

		foreignrefuse(option, sep, value, why);
		free(option);
		return -1;
	}
	kept = o->value == RUN ? runpathfilter(l->places, value) : xstrdup(value);
	if (*kept && joined) {
		char *token = xasprintf("%s%s%s", o->name, sep, kept);

		listadd(keep, token);
		free(token);
	} else if (*kept) {
		listadd(keep, o->name);
		listadd(keep, kept);
	}
	free(kept);
	return 0;
}

int linkertoken(struct linker *l, const char *token, struct strlist *keep, char **why)
{
	const struct linkeroption *o = l->awaits;
	const char *value = token;

	if (o) {
		l->awaits = NULL;
		return optiontake(l, o, value, false, keep, why);
	}
	o = optionfind(token, &value);
	if (o && value)
		return optiontake(l, o, value, true, keep, why);
	if (o) {
		l->awaits = o;
		return 0;
	}
	if (islibrary(token) && placesforeign(l->places, token))
		return foreignrefuse("-Wl,", "", token, why);
	listadd(keep, token);
	return 0;
}
