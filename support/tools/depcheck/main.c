// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * depcheck: find packages that depend on a package that does not exist, on one that is not enabled,
 * or on themselves through a cycle. make would drop one edge of a cycle and continue. tsort(1)
 * finds cycles too, but its messages depend on the locale and have one name a line, and it does not
 * know the packages that are not enabled.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/getoption.h"
#include "base/msg.h"
#include "base/near.h"
#include "fs/file.h"

static const char usage[] =
	"usage: depcheck FILE [NAME...]\n"
	"\n"
	"FILE has a line 'NAME: DEPENDENCY...' for each package that is enabled; each NAME is one\n"
	"that is not. Reports every dependency that is not enabled, or that is no package at all,\n"
	"and every circle with all its packages.\n"
	"  --help     show this\n"
	"  --version  show the version\n"
	"exit: 0 all is well, 1 something was reported, 2 usage\n";

struct package {
	char *name;
	struct strlist deps;
	enum { NEW, OPEN, DONE } state; /* of the depth-first search */
};

static struct package *packages; /* sorted by name */
static size_t npackages;

static int byname(const void *a, const void *b)
{
	return strcmp(((const struct package *)a)->name, ((const struct package *)b)->name);
}

static struct package *packagefind(const char *name)
{
	struct package key = { .name = (char *)name };

	return bsearch(&key, packages, npackages, sizeof(key), byname);
}

static void packageread(char *line)
{
	char *colon = strchr(line, ':');
	struct package *p;
	char *word;

	if (!colon)
		die("a line without ':' (%s)", line);
	packages = xrealloc(packages, (npackages + 1) * sizeof(*packages));
	p = &packages[npackages++];
	*p = (struct package){ .name = xstrndup(line, (size_t)(colon - line)) };
	line = colon + 1;
	while ((word = strsep(&line, " "))) {
		if (*word)
			listadd(&p->deps, word);
	}
}

/*
 * Report that p depends on name, which is not enabled or does not exist. disabled is a
 * NULL-terminated list of packages that are not enabled.
 */
static void saygap(const struct package *p, const char *name, char **disabled)
{
	struct near n;

	nearstart(&n, name, nearletters(name));
	for (char **d = disabled; *d; d++) {
		if (strcmp(*d, name) == 0) {
			warn("%s depends on %s, which is not enabled: its Kconfig entry needs "
			     "'select' or 'depends on' for it",
			     p->name, name);
			return;
		}
		neartry(&n, *d);
	}
	for (size_t i = 0; i < npackages; i++)
		neartry(&n, packages[i].name);
	warn("%s depends on %s, which is no package%s%s%s: correct its DEPENDS or SRC_OF", p->name,
	     name, n.found ? " (is " : "", n.found ? n.found : "", n.found ? " meant?)" : "");
}

/* Report the cycle from the earlier occurrence of name in path to its end. */
static void saycircle(const struct strlist *path, const char *name)
{
	struct buf text = { 0 };
	size_t i = 0;

	while (strcmp(path->item[i], name) != 0)
		i++;
	for (; i < path->len; i++)
		bufprintf(&text, "%s -> ", path->item[i]);
	warn("packages depend on each other in a circle: %s%s; take one DEPENDS out", bufstr(&text),
	     name);
	buffree(&text);
}

/* Search for cycles depth-first. Returns the number of cycles found. */
static int walk(struct package *p, struct strlist *path)
{
	int bad = 0;

	p->state = OPEN;
	listadd(path, p->name);
	for (size_t i = 0; i < p->deps.len; i++) {
		struct package *d = packagefind(p->deps.item[i]);

		if (d && d->state == OPEN) {
			saycircle(path, d->name);
			bad++;
		} else if (d && d->state == NEW) {
			bad += walk(d, path);
		}
	}
	free(path->item[--path->len]);
	path->item[path->len] = NULL;
	p->state = DONE;
	return bad;
}

int main(int argc, char **argv)
{
	static const struct option longopts[] = { OPTIONS_END };
	struct strlist path = { 0 };
	struct buf text = { 0 };
	char *p, *line;
	int bad = 0;

	progname = "depcheck";
	getoption(argc, argv, ":h", longopts, usage);
	if (optind == argc)
		dieusage("it takes a file");
	if (fileread(argv[optind], &text) < 0)
		die("cannot read %s:", argv[optind]);
	p = text.data;
	while (p && (line = strsep(&p, "\n"))) {
		if (*line)
			packageread(line);
	}
	if (npackages)
		qsort(packages, npackages, sizeof(*packages), byname);
	for (size_t i = 0; i < npackages; i++) {
		for (size_t k = 0; k < packages[i].deps.len; k++) {
			if (packagefind(packages[i].deps.item[k]))
				continue;
			saygap(&packages[i], packages[i].deps.item[k], argv + optind + 1);
			bad++;
		}
		if (packages[i].state == NEW)
			bad += walk(&packages[i], &path);
	}
	listfree(&path);
	buffree(&text);
	return bad ? EXIT_FAILED : EXIT_OK;
}
