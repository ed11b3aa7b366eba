// SPDX-License-Identifier: GPL-2.0-or-later
#include "bootdiff.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/msg.h"
#include "base/namemap.h"
#include "boottable.h"

/* What is less than both, a part of A and so many us, is taken for chance. */
#define PART  5
#define LEAST 100

/* All events of a kind and name, in both boots. */
struct pair {
	char *name; /* "initcall foo_init"; owned */
	long long us[2];
	size_t count[2];
};

struct pairs {
	struct table byname;
	struct pair **item;
	size_t len, room;
};

static struct pair *pairof(struct pairs *all, const char *kind, const char *name)
{
	char *key = xasprintf("%s%s%s", kind, *kind ? " " : "", name);
	struct pair *p = tableget(&all->byname, key);

	if (p) {
		free(key);
		return p;
	}
	p = xcalloc(1, sizeof(*p));
	p->name = key;
	*tableput(&all->byname, p->name) = p;
	if (all->len == all->room) {
		all->room = all->room ? 2 * all->room : 256;
		all->item = xrealloc(all->item, all->room * sizeof(*all->item));
	}
	all->item[all->len++] = p;
	return p;
}

static void eventsadd(struct pairs *all, const struct boot *b, int which)
{
	for (size_t i = 0; i < b->events; i++) {
		const struct bootevent *e = &b->event[i];
		struct pair *p = pairof(all, bootkindname(e->kind), e->name);

		p->us[which] += e->us;
		p->count[which]++;
	}
}

static void phasesadd(struct pairs *all, const struct boot *b, int which)
{
	for (size_t i = 0; i < b->phases; i++) {
		struct pair *p = pairof(all, "", b->phase[i].name);

		p->us[which] += bootphaseus(b, i);
		p->count[which]++;
	}
}

static void pairsfree(struct pairs *all)
{
	for (size_t i = 0; i < all->len; i++) {
		free(all->item[i]->name);
		free(all->item[i]);
	}
	tablefree(&all->byname);
	free(all->item);
}

static long long difference(const struct pair *p)
{
	return p->us[1] - p->us[0];
}

static int compare(const void *a, const void *b)
{
	const struct pair *x = *(struct pair *const *)a, *y = *(struct pair *const *)b;
	long long dx = llabs(difference(x)), dy = llabs(difference(y));

	if (dx != dy)
		return dx < dy ? 1 : -1;
	return strcmp(x->name, y->name);
}

enum change { SAME, SLOWER, FASTER, NEW, GONE };

static enum change changeof(const struct pair *p)
{
	long long by = difference(p);

	if (!p->count[0])
		return NEW;
	if (!p->count[1])
		return GONE;
	if (llabs(by) < LEAST || llabs(by) * PART < p->us[0])
		return SAME;
	return by > 0 ? SLOWER : FASTER;
}

static void number(long long us, bool there)
{
	if (there)
		printf(" %10.3f", (double)us / 1000);
	else
		printf(" %10s", "-");
}

static void pairprint(const struct pair *p)
{
	number(p->us[0], p->count[0]);
	number(p->us[1], p->count[1]);
	printf(" %+10.3f  ", (double)difference(p) / 1000);
	tell(stdout, "%s\n", p->name);
}

/* A table of the events that changed in that way, the largest differences first. */
static void changesprint(const struct pairs *all, enum change is, const char *title)
{
	size_t count = 0;
	long long rest = 0;

	for (size_t i = 0; i < all->len; i++) {
		if (changeof(all->item[i]) != is)
			continue;
		if (count == 0)
			printf("\n %10s %10s %10s  %s\n", "A", "B", "B - A", title);
		if (count++ < BOOT_TOP)
			pairprint(all->item[i]);
		else
			rest += difference(all->item[i]);
	}
	if (count > BOOT_TOP)
		printf(" %10s %10s %+10.3f  %zu more\n", "", "", (double)rest / 1000,
		       count - BOOT_TOP);
}

void bootdiffprint(const struct boot *a, const struct boot *b)
{
	struct pairs phases = { 0 }, all = { 0 };
	struct pair init = { .name = (char *)"until init",
			     .us = { a->init, b->init },
			     .count = { a->init >= 0, b->init >= 0 } };
	struct pair ready = { .name = (char *)"until ready",
			      .us = { a->ready, b->ready },
			      .count = { a->ready >= 0, b->ready >= 0 } };

	phasesadd(&phases, a, 0);
	phasesadd(&phases, b, 1);
	eventsadd(&all, a, 0);
	eventsadd(&all, b, 1);
	if (all.len)
		qsort(all.item, all.len, sizeof(*all.item), compare);
	printf("\n %10s %10s %10s  phase, ms\n", "A", "B", "B - A");
	for (size_t i = 0; i < phases.len; i++)
		pairprint(phases.item[i]);
	if (init.count[0] && init.count[1])
		pairprint(&init);
	if (ready.count[0] && ready.count[1])
		pairprint(&ready);
	changesprint(&all, SLOWER, "slower, ms");
	changesprint(&all, FASTER, "faster, ms");
	changesprint(&all, NEW, "new, ms");
	changesprint(&all, GONE, "gone, ms");
	pairsfree(&phases);
	pairsfree(&all);
}
