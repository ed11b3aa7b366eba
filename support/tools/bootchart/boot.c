// SPDX-License-Identifier: GPL-2.0-or-later
#include "boot.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/visible.h"

#define DEFERRED 517 /* EPROBE_DEFER, which is the kernel's own */
#define PHASES	 64  /* so many at most: there are 20 */

struct bootevent *booteventadd(struct boot *b, enum bootkind kind, const char *name, size_t len)
{
	struct buf text = { 0 };

	if (b->events == b->room) {
		b->room = b->room ? 2 * b->room : 256;
		b->event = xrealloc(b->event, b->room * sizeof(*b->event));
	}
	bufvisible(&text, name, len);
	b->event[b->events] = (struct bootevent){
		.name = text.data ? bufsteal(&text) : xstrdup(""),
		.kind = kind,
		.thread = -1,
	};
	return &b->event[b->events++];
}

void bootphaseadd(struct boot *b, const char *name, long long begin)
{
	struct buf text = { 0 };

	if (b->phases == PHASES)
		return;
	if (b->phases && begin < b->phase[b->phases - 1].begin)
		begin = b->phase[b->phases - 1].begin;
	b->phase = xrealloc(b->phase, (b->phases + 1) * sizeof(*b->phase));
	bufvisible(&text, name, strlen(name));
	b->phase[b->phases++] =
		(struct bootphase){ .name = xstrdup(bufstr(&text)), .begin = begin };
	buffree(&text);
}

long long bootphaseus(const struct boot *b, size_t phase)
{
	long long end = phase + 1 < b->phases ? b->phase[phase + 1].begin : b->end;

	return end > b->phase[phase].begin ? end - b->phase[phase].begin : 0;
}

void bootrelate(struct boot *b)
{
	for (size_t i = 0; i < b->events; i++) {
		struct bootevent *part = &b->event[i], *whole;

		if (!part->in)
			continue;
		whole = &b->event[part->in - 1];
		if (part->us * 10 >= whole->us * 9 &&
		    (!whole->main || part->us > b->event[whole->main - 1].us))
			whole->main = i + 1;
	}
}

bool bootismain(const struct boot *b, const struct bootevent *e)
{
	return e->in && b->event[e->in - 1].main == (size_t)(e - b->event) + 1;
}

bool bootfailed(const struct bootevent *e)
{
	if (e->end != BOOT_RETURNED || e->result == 0)
		return false;
	if (e->kind == BOOT_SCRIPT)
		return true;
	return e->result < 0 && e->result != -ENODEV && e->result != -ENXIO &&
	       e->result != -DEFERRED;
}

const char *bootkindname(enum bootkind kind)
{
	static const char *const names[] = { "initcall", "probe", "script" };

	return names[kind];
}

/* How it ended, if that is of interest. */
static void endadd(struct buf *out, const struct bootevent *e)
{
	const char *name = NULL;

	if (e->end == BOOT_OPEN)
		bufputs(out, ", did not return");
	else if (e->end == BOOT_LOST)
		bufputs(out, ", its return is not in the log");
	if (e->end != BOOT_RETURNED || e->result == 0)
		return;
	if (e->kind != BOOT_SCRIPT && e->result < 0 && e->result >= -4095)
		name = e->result == -DEFERRED ? "EPROBE_DEFER" : strerrorname_np((int)-e->result);
	if (e->kind == BOOT_SCRIPT)
		bufprintf(out, ", failed: status %lld", e->result);
	else if (name)
		bufprintf(out, ", %s %s", bootfailed(e) ? "failed:" : "returned", name);
	else if (e->result < 0)
		bufprintf(out, ", failed: returned %lld", e->result);
}

char *boottitle(const struct boot *b, const struct bootevent *e)
{
	const struct bootevent *part = e->main ? &b->event[e->main - 1] : NULL;
	struct buf out = { 0 };

	bufprintf(&out, "%s %s", bootkindname(e->kind), e->name);
	if (e->object && strcmp(e->object, e->name) != 0)
		bufprintf(&out, " (%s)", e->object);
	if (part)
		bufprintf(&out, ", %s %s", bootkindname(part->kind), part->name);
	if (e->thread > 1 && !e->in)
		bufprintf(&out, ", thread %lld", e->thread);
	endadd(&out, e);
	return bufsteal(&out);
}

static const struct bootevent *sorted; /* what compare's numbers mean */

static int compare(const void *a, const void *b)
{
	const struct bootevent *x = &sorted[*(const size_t *)a], *y = &sorted[*(const size_t *)b];

	if (x->us != y->us)
		return x->us < y->us ? 1 : -1;
	return x < y ? -1 : x > y;
}

size_t *bootslowest(const struct boot *b, size_t *len)
{
	size_t *number = xcalloc(b->events + 1, sizeof(*number));

	*len = 0;
	for (size_t i = 0; i < b->events; i++)
		if (!bootismain(b, &b->event[i]))
			number[(*len)++] = i;
	sorted = b->event;
	qsort(number, *len, sizeof(*number), compare);
	return number;
}

void bootfree(struct boot *b)
{
	for (size_t i = 0; i < b->events; i++) {
		free(b->event[i].name);
		free(b->event[i].object);
	}
	for (size_t i = 0; i < b->phases; i++)
		free(b->phase[i].name);
	free(b->event);
	free(b->phase);
	free(b->kernel);
	*b = (struct boot){ 0 };
}
