// SPDX-License-Identifier: GPL-2.0-or-later
#include "stale.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "dates.h"
#include "dirs.h"
#include "why.h"

static size_t stepindex(const struct job *j, const char *step)
{
	size_t i;

	for (i = 0; i < j->steps.len; i++) {
		if (strcmp(j->steps.item[i], step) == 0)
			break;
	}
	return i;
}

/* Compare with the records. Return the first step that differs; add the reasons. */
static size_t differs(const struct job *j, const char *records, const struct stale *s,
		      struct strlist *why)
{
	struct buf done = { 0 };
	size_t i;

	for (i = 0; i < j->steps.len; i++) {
		keyrecorded(j, records, j->steps.item[i], &done);
		if (!keysame(&s->keys[i], &done)) {
			whychanged(j, &s->keys[i], &done, why);
			break;
		}
	}
	buffree(&done);
	return i;
}

/*
 * Whether image/ was taken from the store for just these keys. If it was taken for
 * others, s->why says what changed since then.
 */
static bool restored(const struct job *j, struct stale *s)
{
	/*
	 * The image tells nothing about build/, which is the result of a job that ends before
	 * install.
	 */
	if (!direxists(j, "restored/install") || stepindex(j, "install") == j->steps.len)
		return false;
	s->changed = differs(j, "restored", s, &s->why);
	return s->changed == j->steps.len;
}

/* Whether nothing that build/ is made of is new but source files that were edited. */
static bool onlyedited(const struct job *j, const struct stale *s, size_t first)
{
	size_t build = stepindex(j, "build");
	struct buf was = { 0 }, now = { 0 };
	bool same;

	if (build == j->steps.len || first < build)
		return false;
	keyrecorded(j, ".", "steady", &was);
	keysteady(&s->keys[build], &now);
	same = keysame(&was, &now);
	buffree(&was);
	buffree(&now);
	return same;
}

/* Compare with the records of the steps. */
static void recorded(const struct job *j, struct stale *s)
{
	size_t configure = stepindex(j, "configure");
	struct strlist why = { 0 };
	const char *dates = NULL;
	struct buf done = { 0 };
	size_t first;
	bool keep;

	if (direxists(j, "running") && configure < j->steps.len) {
		s->wipe = true;
		s->first = s->changed = configure;
		listadd(&s->why, "an earlier run was cut short");
		return;
	}
	first = differs(j, "done", s, &why);
	keep = j->keep == KEEP_ALL || (j->keep == KEEP_EDITED && onlyedited(j, s, first));
	s->wipe = !keep;
	if (configure < j->steps.len) {
		keydone(j, "configure", &done);
		if (!keysamehead(&s->keys[configure], &done))
			s->wipe = true;
		buffree(&done);
	}
	if (keep && !s->wipe && configure <= first && first < j->steps.len &&
	    strcmp(j->steps.item[first], "install") != 0)
		dates = datesmislead(j);
	if (dates) {
		listfree(&why);
		listadd(&why, dates);
		s->wipe = true;
		first = configure;
	}
	s->first = first;
	if (!s->why.len) {
		s->changed = first;
		for (size_t i = 0; i < why.len; i++)
			listadd(&s->why, why.item[i]);
	}
	if (first > configure && first < j->steps.len && !keep &&
	    strcmp(j->steps.item[first], "build") == 0)
		s->first = configure;
	listfree(&why);
}

int stalefind(const struct job *j, const struct keyview *view, struct stale *s, char **why)
{
	size_t from = j->from ? stepindex(j, j->from) : j->steps.len;

	s->keys = xcalloc(j->steps.len, sizeof(*s->keys));
	for (size_t i = 0; i < j->steps.len; i++) {
		if (keymake(j, j->steps.item[i], view, &s->keys[i], why) < 0)
			return -1;
	}
	s->first = s->changed = j->steps.len;
	if (restored(j, s) && from >= j->steps.len)
		return 0;
	recorded(j, s);
	if (from < s->first) {
		s->first = from;
		s->changed = from < s->changed ? from : s->changed;
		listfree(&s->why);
		listadd(&s->why, "that was asked for");
	}
	return 0;
}

void stalefree(const struct job *j, struct stale *s)
{
	for (size_t i = 0; s->keys && i < j->steps.len; i++)
		buffree(&s->keys[i]);
	free(s->keys);
	listfree(&s->why);
	*s = (struct stale){ 0 };
}
