// SPDX-License-Identifier: GPL-2.0-or-later
#include "prefixmap.h"

#include <stdlib.h>
#include <string.h>

#include "fs/file.h"

#define OWN "WCC_"

/*
 * Environment variable, name in the output, and whether the package's name is appended to it. A
 * makefile may use a variable SRC for something else, and make then exports it; therefore WCC_SRC
 * has priority.
 */
static const struct {
	const char *var, *to;
	bool named;
} known[] = {
	{ OWN "HOST", "/host", false },	 { OWN "SYSROOT", "/sysroot", false },
	{ OWN "IMAGE", "/image", true }, { OWN "FILES", "/files", true },
	{ OWN "BUILD", "/build", true }, { OWN "SRC", "/src", true },
};

/* The system trees of the build machine. A package must declare what it needs from them. */
static const char *const hosttrees[] = {
	"/usr", "/lib", "/lib32", "/lib64", "/libx32", "/opt", "/home", "/root",
};

/*
 * The directories of gcc. Its headers, libgcc and start files are part of the compiler, like cc1.
 */
static const char *const gcctrees[] = { "/lib/gcc/", "/lib/gcc-cross/", "/lib64/gcc/",
					"/libexec/gcc/" };

char *placeclean(const char *path)
{
	struct buf out = { 0 };
	size_t n;

	for (const char *s = path; *s; s += n) {
		n = strspn(s, "/");
		if (n) {
			continue;
		}
		n = strcspn(s, "/");
		if (n == 1 && s[0] == '.')
			continue;
		if (n == 2 && s[0] == '.' && s[1] == '.') {
			const char *slash = out.len ? strrchr(out.data, '/') : NULL;

			out.len = slash ? (size_t)(slash - out.data) : 0;
			if (out.data)
				out.data[out.len] = '\0';
			continue;
		}
		bufputc(&out, '/');
		bufadd(&out, s, n);
	}
	if (!out.len)
		bufputc(&out, '/');
	return bufsteal(&out);
}

static bool below(const char *path, const char *dir)
{
	size_t n = strlen(dir);

	return !strncmp(path, dir, n) && (path[n] == '/' || path[n] == '\0');
}

static void placeadd(struct places *p, char *from, const char *to)
{
	p->item[p->len].from = from;
	p->item[p->len].to = xstrdup(to);
	p->len++;
}

/* Sort by length, the shortest first. Equal ones stay in the order of known[]. */
static void placessort(struct places *p)
{
	for (size_t i = 1; i < p->len; i++) {
		struct place x = p->item[i];
		size_t j = i;

		for (; j && strlen(p->item[j - 1].from) > strlen(x.from); j--)
			p->item[j] = p->item[j - 1];
		p->item[j] = x;
	}
}

const char *placesread(struct places *p, const char *name)
{
	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
		const char *var = known[i].var;
		const char *path = getenv(var);
		char *to, *clean, *real;

		if (!path || !*path) {
			var += strlen(OWN);
			path = getenv(var);
		}
		if (!path || !*path)
			continue;
		if (*path != '/')
			return var;
		to = known[i].named && name ? pathjoin(known[i].to, name) : xstrdup(known[i].to);
		clean = placeclean(path);
		real = realpath(path, NULL);
		if (real && strcmp(real, clean))
			placeadd(p, real, to);
		else
			free(real);
		placeadd(p, clean, to);
		free(to);
	}
	placessort(p);
	return NULL;
}

void placesfree(struct places *p)
{
	for (size_t i = 0; i < p->len; i++) {
		free(p->item[i].from);
		free(p->item[i].to);
	}
	p->len = 0;
}

void placesflags(const struct places *p, struct strlist *args)
{
	static const char *const flags[] = { "-fdebug-prefix-map", "-fmacro-prefix-map" };

	for (size_t i = 0; i < 2 * p->len; i++) {
		const struct place *place = &p->item[i / 2];
		char *map = xasprintf("%s=%s=%s", flags[i % 2], place->from, place->to);

		listadd(args, map);
		free(map);
	}
}

char *placesname(const struct places *p, const char *cwd, const char *path)
{
	char *full = *path == '/' ? xstrdup(path) : pathjoin(cwd, path);
	char *clean = placeclean(full);
	char *name = NULL;

	for (size_t i = p->len; i-- && !name;)
		if (below(clean, p->item[i].from))
			name = xasprintf("%s%s", p->item[i].to, clean + strlen(p->item[i].from));
	free(full);
	if (!name)
		return clean;
	free(clean);
	return name;
}

bool placeshold(const struct places *p, const char *path)
{
	char *clean = placeclean(path);
	bool held = false;

	for (size_t i = 0; i < p->len && !held && *path == '/'; i++)
		held = below(clean, p->item[i].from);
	free(clean);
	return held;
}

bool gccowns(const char *path)
{
	char *clean = placeclean(path);
	bool own = false;

	for (size_t i = 0; i < sizeof(gcctrees) / sizeof(gcctrees[0]) && !own; i++)
		own = strstr(clean, gcctrees[i]) != NULL;
	free(clean);
	return own;
}

bool placesforeign(const struct places *p, const char *path)
{
	char *clean;
	bool foreign;

	if (*path != '/' || placeshold(p, path) || gccowns(path))
		return false;
	clean = placeclean(path);
	foreign = !strcmp(clean, "/");
	for (size_t i = 0; i < sizeof(hosttrees) / sizeof(hosttrees[0]) && !foreign; i++)
		foreign = below(clean, hosttrees[i]);
	free(clean);
	return foreign;
}

int foreignrefuse(const char *option, const char *sep, const char *path, char **why)
{
	*why = xasprintf(
		"%s%s%s: belongs to the machine that builds, not to the target; "
		"fix the package to look in $SYSROOT (an option to its configure, or a patch)",
		option, sep, path);
	return -1;
}
