// SPDX-License-Identifier: GPL-2.0-or-later
#include "makefiles.h"

#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>

#include "base/affix.h"
#include "base/path.h"
#include "fs/file.h"

static const char inname[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-+./";

static bool issource(const char *name)
{
	return endswith(name, ".c") || endswith(name, ".h") || endswith(name, ".S");
}

/* Add the path of len bytes at p; text begins the line. */
static void addname(const char *text, const char *p, size_t len, struct strlist *names)
{
	/* behind a variable or a wildcard, it is the end of a name, or of a path */
	bool rest = *p != '/' && p > text && strchr("%*)}?]", p[-1]);
	char *path = xstrndup(p, len);
	char *known = path;

	for (char *up; (up = strstr(known, "./"));)
		known = up + 2;
	known += strspn(known, "/");
	rest = rest && known == path;
	/* "%.c" alone is of a rule for all objects, with a record */
	if (issource(known) && strlen(pathlast(known)) > strlen(".c")) {
		char *name = xasprintf("%s%s", rest ? "*" : "", known);

		listadd(names, name);
		free(name);
	}
	free(path);
}

void makefilenames(const char *text, struct strlist *names)
{
	while (*text) {
		size_t end = strcspn(text, "\n");
		const char *p = text + strspn(text, " \t");
		bool comment = *p == '#';

		while (!comment && p < text + end) {
			size_t len = strspn(p, inname);

			if (len)
				addname(text, p, len, names);
			p += len ? len : 1;
		}
		text += end + (text[end] == '\n');
	}
}

/* Whether it lists headers that wrappers are generated for: only that they are there matters. */
static bool wrappers(const char *path)
{
	return strcmp(pathlast(path), "Kbuild") == 0 &&
	       (startswith(path, "include/") || fnmatch("arch/*/include/*", path, 0) == 0);
}

/* Whether a makefile has to do with the kernel in the build directory whose files are in build. */
static bool concerns(const char *path, const struct snapshot *build)
{
	/* kbuild's own rules leave records */
	static const char *const others[] = { "Documentation/", "samples/", "tools/",
					      "usr/",		"rust/",    "scripts/Makefile." };

	for (size_t i = 0; i < sizeof(others) / sizeof(*others); i++) {
		if (startswith(path, others[i]))
			return false;
	}
	if (wrappers(path) || fnmatch("arch/*/boot/*", path, 0) == 0)
		return false;
	if (!startswith(path, "arch/"))
		return true;

	/* files that begin with the same directory stand together */
	size_t len = strcspn(path + 5, "/") + 6;

	for (size_t i = 0; i < build->len; i++) {
		if (strncmp(build->item[i].path, path, len) == 0)
			return true;
	}
	return path[len - 1] != '/';
}

static bool ismakefile(const char *path)
{
	const char *name = pathlast(path);

	return startswith(name, "Makefile") || startswith(name, "Kbuild") || endswith(name, ".mk");
}

int makefilesread(const char *src, const struct snapshot *source, const struct snapshot *build,
		  struct strlist *names, char **where)
{
	struct strlist all = { 0 };
	int ret = 0;

	for (size_t i = 0; ret == 0 && i < source->len; i++) {
		const char *path = source->item[i].path;
		struct buf text = { 0 };
		char *full;

		if (!ismakefile(path) || !concerns(path, build))
			continue;
		full = pathjoin(src, path);
		ret = fileread(full, &text);
		if (ret == 0)
			makefilenames(bufstr(&text), &all);
		else
			*where = xstrdup(full);
		buffree(&text);
		free(full);
	}
	listsort(&all);
	for (size_t i = 0; i < all.len; i++) {
		if (i == 0 || strcmp(all.item[i], all.item[i - 1]) != 0)
			listadd(names, all.item[i]);
	}
	listfree(&all);
	return ret;
}

bool makefilesname(const struct strlist *names, const char *path)
{
	size_t len = strlen(path);

	for (size_t i = 0; i < names->len; i++) {
		const char *one = names->item[i];
		size_t n = strlen(one);

		if (*one == '*' ? endswith(path, one + 1)
				: endswith(path, one) && (n == len || path[len - n - 1] == '/'))
			return true;
	}
	return false;
}
