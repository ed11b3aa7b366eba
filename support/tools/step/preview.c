// SPDX-License-Identifier: GPL-2.0-or-later
#include "preview.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/affix.h"
#include "base/msg.h"
#include "base/near.h"
#include "dirs.h"
#include "fs/file.h"

/* Print the first reason, and the number of the others; if all, each on a line of its own. */
static void sayreasons(const struct item *it, bool all)
{
	const struct strlist *why = &it->stale.why;

	for (size_t i = 0; i < why->len; i++) {
		if (i == 0)
			tell(stdout, ", because %s", why->item[0]);
		else if (all)
			tell(stdout, "\n    and because %s", why->item[i]);
	}
	if (!all && why->len > 1)
		tell(stdout, " (and %zu more: V=1 names them)", why->len - 1);
}

static void saymaybe(const struct item *it)
{
	tell(stdout, "if the result of ");
	for (size_t i = 0; i < it->maybe.len; i++)
		tell(stdout, "%s%s",
		     i == 0		     ? ""
		     : i + 1 < it->maybe.len ? ", "
					     : " or ",
		     it->maybe.item[i]);
	tell(stdout, " changes");
}

static const char *firststep(const struct item *it)
{
	size_t first = it->stale.changed < it->job.steps.len ? it->stale.changed : it->stale.first;

	return it->job.steps.item[first];
}

/* Print what make would do with a package, without its name and without an end of line. */
static void sayverdict(const struct item *it, bool all)
{
	switch (it->verdict) {
	case FRESH:
		tell(stdout, "nothing to do");
		break;
	case STORED:
		tell(stdout, "taken from the cache");
		sayreasons(it, all);
		break;
	case RUN:
		tell(stdout, "%s", firststep(it));
		sayreasons(it, all);
		break;
	case PERHAPS:
		tell(stdout, "%s, ", firststep(it));
		saymaybe(it);
		break;
	}
}

/* Print the contents of dir/NAME without the end of line. Returns true if the file exists. */
static bool sayfile(const struct job *j, const char *label, const char *name, const char *unit)
{
	char *path = jobpath(j, name);
	struct buf text = { 0 };
	bool ret = fileread(path, &text) == 0 && text.len;

	if (ret)
		tell(stdout, "%s%.*s%s", label, (int)strcspn(text.data, "\n"), text.data, unit);
	buffree(&text);
	free(path);
	return ret;
}

static void saydeps(const struct survey *s, const struct pairs *deps, const char *label)
{
	for (size_t i = 0; i < deps->len; i++) {
		const struct item *dep = surveyfind(s, deps->item[i].name);

		tell(stdout, "  %-10s%s: ", i == 0 ? label : "", dep->job.title);
		sayverdict(dep, 0);
		putchar('\n');
	}
}

static void saysource(const struct job *j)
{
	struct job u = { .dir = j->source.dir };

	if (j->steps.len == 1)
		return;
	if (!j->source.dir) {
		tell(stdout, "  %-10s%s\n", "sources", j->src);
		return;
	}
	tell(stdout, "  %-10s%s, %s", "sources", j->src,
	     direxists(&u, "done/unpack") ? "unpacked" : "not unpacked");
	sayfile(&u, " in ", "unpack.time", " s");
	putchar('\n');
}

/* Print a line for each step: whether it would run, and its last duration. */
static void saysteps(const struct item *it)
{
	const struct job *j = &it->job;
	int restored = direxists(j, "restored/install");

	for (size_t i = 0; i < j->steps.len; i++) {
		const char *step = j->steps.item[i];
		char *done = xasprintf("done/%s", step);
		char *took = xasprintf("%s.time", step);

		tell(stdout, "  %-10s", step);
		if (it->verdict == RUN && i >= it->stale.first)
			tell(stdout, "to be run");
		else if (it->verdict == PERHAPS && i >= it->stale.first)
			tell(stdout, "perhaps to be run");
		else
			tell(stdout, "%s",
			     restored		  ? "not run: its result was taken from the cache"
			     : direxists(j, done) ? "done"
						  : "not run");
		if (sayfile(j, "; took ", took, " s") && !restored)
			tell(stdout, "; log: %s/%s.log", j->dir, step);
		putchar('\n');
		free(done);
		free(took);
	}
}

/* Print the number of files in image/target. */
static void saytarget(const struct job *j)
{
	char *path = jobpath(j, "manifest");
	struct buf text = { 0 };
	long files = 0;
	char *p, *line;

	if (fileread(path, &text) == 0 && text.len) {
		p = text.data;
		while ((line = strsep(&p, "\n")))
			files += strstr(line, " target/") != NULL && !startswith(line, "04");
		tell(stdout, "  %-10s%s/image: %ld files for the root filesystem", "result", j->dir,
		     files);
		sayfile(j, ", digest ", "digest.target", "");
		putchar('\n');
	}
	buffree(&text);
	free(path);
}

static void sayreport(const struct survey *s, const struct item *it)
{
	const struct job *j = &it->job;

	tell(stdout, "%s: ", j->title);
	sayverdict(it, 1);
	putchar('\n');
	if (it->verdict == RUN && it->maybe.len) {
		tell(stdout, "    (and ");
		saymaybe(it);
		tell(stdout, ")\n");
	}
	saysource(j);
	saydeps(s, &j->deps, "needs");
	saydeps(s, &j->late, "takes");
	saysteps(it);
	saytarget(j);
	if (j->store.dir && it->verdict != FRESH && !it->maybe.len)
		tell(stdout, "  %-10s%s\n", "cache",
		     it->meta.len ? "has its image" : "has no image for this");
}

static void nopackage(const struct survey *s, const char *name)
{
	struct near n;

	nearstart(&n, name, nearletters(name));
	for (size_t i = 0; i < s->len; i++)
		neartry(&n, s->item[i].job.name);
	warn("there is no package '%s' in this configuration%s%s%s", name,
	     n.found ? ": did you mean '" : "", n.found ? n.found : "", n.found ? "'?" : "");
}

int preview(const struct survey *s, const char *only, int verbose)
{
	const struct item *it;

	if (only) {
		it = surveyfind(s, only);
		if (!it) {
			nopackage(s, only);
			return EXIT_FAILED;
		}
		sayreport(s, it);
		return EXIT_OK;
	}
	for (size_t i = 0; i < s->len; i++) {
		it = &s->item[i];
		if (it->verdict == FRESH)
			continue;
		tell(stdout, "%s: ", it->job.name);
		sayverdict(it, verbose > 0);
		putchar('\n');
	}
	return EXIT_OK;
}
