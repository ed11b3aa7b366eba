// SPDX-License-Identifier: GPL-2.0-or-later
#include "survey.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/digest.h"
#include "bundle.h"
#include "fs/file.h"
#include "jobline.h"
#include "source.h"
#include "stored.h"

/*
 * Split a line into words in place, as the shell does with '...', "..." without escapes, and a
 * backslash outside quotes. Returns their number, or -1 if a quote is not closed.
 */
static long wordscut(char *line, char ***words)
{
	long n = 0;

	*words = NULL;
	while (*(line += strspn(line, " \t"))) {
		char *to = line;
		char quote = 0;

		*words = xrealloc(*words, (size_t)(n + 1) * sizeof(**words));
		(*words)[n++] = to;
		for (; *line && (quote || (*line != ' ' && *line != '\t')); line++) {
			if (quote ? *line == quote : *line == '"' || *line == '\'')
				quote = quote ? 0 : *line;
			else if (!quote && *line == '\\' && line[1])
				*to++ = *++line;
			else
				*to++ = *line;
		}
		if (quote)
			return -1;
		if (*line)
			line++;
		*to = '\0';
	}
	return n;
}

static int itemread(struct item *it, const char *line, const char *list, long number, char **why)
{
	char **words = NULL;
	char *what = NULL;
	long n;
	int ret = 0;

	it->line = xstrdup(line);
	n = wordscut(it->line, &words);
	if (n < 0)
		what = xstrdup("a quote is not closed");
	if (what || joblineparse(&it->job, words, (size_t)n, &what) < 0) {
		*why = xasprintf("%s:%ld: %s", list, number, what);
		ret = -1;
	}
	free(what);
	free(words);
	return ret;
}

int surveyread(struct survey *s, const char *list, const char *bundle, char **why)
{
	struct buf text = { 0 };
	char *p, *line;
	long number = 0;
	int ret = 0;

	*why = NULL;
	if (fileread(list, &text) < 0)
		*why = xasprintf("cannot read %s: %s", list, strerror(errno));
	else if (bundle && bundleread(&s->scripts, bundle) < 0)
		*why = xasprintf("cannot read %s: %s", bundle, strerror(errno));
	if (*why)
		ret = -1;
	p = text.data;
	while (ret == 0 && p && (line = strsep(&p, "\n"))) {
		number++;
		if (!*line)
			continue;
		s->item = xrealloc(s->item, (s->len + 1) * sizeof(*s->item));
		s->item[s->len] = (struct item){ 0 };
		ret = itemread(&s->item[s->len++], line, list, number, why);
	}
	buffree(&text);
	return ret;
}

struct item *surveyfind(const struct survey *s, const char *name)
{
	for (size_t i = 0; i < s->len; i++) {
		if (strcmp(s->item[i].job.name, name) == 0)
			return &s->item[i];
	}
	return NULL;
}

static int visit(struct survey *s, struct item *it, char **why);

/* Visit the package of that name first; NULL with *why on failure. */
static struct item *visitdep(struct survey *s, const struct item *it, const char *name, char **why)
{
	struct item *dep = surveyfind(s, name);

	if (!dep)
		*why = xasprintf("%s depends on %s, which the list does not have", it->job.name,
				 name);
	return dep && visit(s, dep, why) == 0 ? dep : NULL;
}

/* Visit the dependencies, and add their dependencies to those of it. */
static int visitdeps(struct survey *s, struct item *it, char **why)
{
	size_t direct = it->job.deps.len;

	for (size_t i = 0; i < it->job.late.len; i++) {
		if (!visitdep(s, it, it->job.late.item[i].name, why))
			return -1;
	}
	for (size_t i = 0; i < direct; i++) {
		struct item *dep = visitdep(s, it, it->job.deps.item[i].name, why);

		if (!dep)
			return -1;
		for (size_t k = 0; k < dep->job.deps.len; k++) {
			const struct pair *d = &dep->job.deps.item[k];

			if (!pairfind(&it->job.deps, d->name))
				pairadd(&it->job.deps, d->name, d->value);
		}
	}
	pairsort(&it->job.deps);
	return 0;
}

/* The digest of a part in the store's description, as a new string; or NULL. */
static char *metadigest(struct buf *meta, const char *part)
{
	char *word = xasprintf("digest.%s ", part);
	const char *p = strstr(bufstr(meta), word);
	char *hex = p ? xstrndup(p + strlen(word), DIGESTHEX - 1) : NULL;

	free(word);
	return hex;
}

/* Collect the digests of the dependencies' images that are not on disk yet. */
static void viewdeps(struct survey *s, struct item *it, const struct pairs *deps, const char *part,
		     struct keyview *view)
{
	for (size_t i = 0; i < deps->len; i++) {
		const char *name = deps->item[i].name;
		struct item *dep = surveyfind(s, name);
		char *key = keydep(name, part);
		char *hex = NULL;

		if (dep->verdict == STORED)
			hex = metadigest(&dep->meta, part);
		if (hex)
			pairadd(&view->digests, key, hex);
		else if (dep->verdict != FRESH) {
			pairadd(&view->digests, key, KEYUNKNOWN);
			listaddonce(&it->maybe, name);
		}
		free(key);
		free(hex);
	}
}

/* Remove the reasons that are about a result that is not known yet. */
static void dropunknown(struct item *it)
{
	struct strlist kept = { 0 };

	for (size_t i = 0; i < it->stale.why.len; i++) {
		const char *why = it->stale.why.item[i];
		bool drop = false;

		for (size_t k = 0; !drop && k < it->maybe.len; k++) {
			size_t len = strlen(it->maybe.item[k]);

			drop = strncmp(why, it->maybe.item[k], len) == 0 &&
			       strcmp(why + len, " changed") == 0;
		}
		if (!drop)
			listadd(&kept, why);
	}
	listfree(&it->stale.why);
	it->stale.why = kept;
}

static int visit(struct survey *s, struct item *it, char **why)
{
	struct keyview view = { .scripts = &s->scripts };
	int ret;

	if (it->seen)
		return 0;
	it->seen = 1;
	if (visitdeps(s, it, why) < 0)
		return -1;
	viewdeps(s, it, &it->job.deps, it->job.part, &view);
	viewdeps(s, it, &it->job.late, "sysroot", &view);
	viewdeps(s, it, &it->job.images, "images", &view);
	ret = stalefind(&it->job, &view, &it->stale, why);
	if (ret == 0 && it->stale.first < it->job.steps.len) {
		dropunknown(it);
		if (it->maybe.len)
			it->verdict = it->stale.why.len ? RUN : PERHAPS;
		else if (!it->job.from && storedlook(&it->job, it->stale.keys, &it->meta))
			it->verdict = STORED;
		else
			it->verdict = RUN;
	}
	pairsfree(&view.digests);
	it->seen = 2;
	return ret;
}

int surveymake(struct survey *s, char **why)
{
	*why = NULL;
	for (size_t i = 0; i < s->len; i++) {
		if (visit(s, &s->item[i], why) < 0)
			return -1;
	}
	return 0;
}

void surveyunbuilt(const struct survey *s)
{
	struct keyview view = { .scripts = &s->scripts };

	for (size_t i = 0; i < s->len; i++) {
		if (s->item[i].verdict >= RUN && sourcestale(&s->item[i].job, &view))
			puts(s->item[i].job.source.name);
	}
}

void surveymissing(const struct survey *s)
{
	for (size_t i = 0; i < s->len; i++)
		if (s->item[i].verdict >= RUN && s->item[i].job.store.dir)
			puts(s->item[i].job.name);
}

/* Whether all that it is made of is, or will be, in a store. */
static bool madeofstored(const struct survey *s, const struct item *it)
{
	bool all = it->job.store.dir && it->job.late.len == 0;

	for (size_t i = 0; all && i < it->job.deps.len; i++)
		all = surveyfind(s, it->job.deps.item[i].name)->job.store.dir != NULL;
	return all;
}

int surveywanted(struct survey *s, const char *name, char **why)
{
	struct item *it = surveyfind(s, name);
	char image[DIGESTHEX];

	*why = NULL;
	if (!it) {
		*why = xasprintf("there is no package %s in the list", name);
		return -1;
	}
	if (visit(s, it, why) < 0)
		return -1;
	if (it->verdict != RUN || it->job.from || it->maybe.len || !madeofstored(s, it))
		return 0;
	storedname(&it->job, it->stale.keys, image);
	puts(image);
	for (size_t i = 0; i < it->job.deps.len; i++) {
		const struct item *dep = surveyfind(s, it->job.deps.item[i].name);

		storedname(&dep->job, dep->stale.keys, image);
		puts(image);
	}
	return 0;
}

void surveyfree(struct survey *s)
{
	for (size_t i = 0; i < s->len; i++) {
		struct item *it = &s->item[i];

		stalefree(&it->job, &it->stale);
		pairsfree(&it->job.env);
		pairsfree(&it->job.deps);
		pairsfree(&it->job.late);
		pairsfree(&it->job.files);
		pairsfree(&it->job.source.files);
		listfree(&it->job.steps);
		listfree(&it->maybe);
		buffree(&it->meta);
		free(it->line);
	}
	free(s->item);
	pairsfree(&s->scripts);
	*s = (struct survey){ 0 };
}
