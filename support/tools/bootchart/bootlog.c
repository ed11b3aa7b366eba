// SPDX-License-Identifier: GPL-2.0-or-later
#include "bootlog.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/visible.h"
#include "oops/code.h"

#define OPENS	64	 /* events that have not ended are so many at most */
#define LATE	2000	 /* us; a line may be printed so long after what it tells of */
#define PAUSE	30000000 /* us; what comes so long after all else is no part of the boot */
#define PROCESS 1	 /* the thread of the kernel that becomes init */

struct reader {
	struct boot *b;
	const struct initlevels *levels;
	struct bootlogfound *found;
	size_t open[OPENS]; /* events that have not ended */
	size_t opens;
	int level;	   /* of the phase; -1: none of initcalls yet */
	bool told;	   /* the log itself has the levels */
	long long clocked; /* since when the kernel counts finer than in ticks; -1: not yet */
	long long now;	   /* of the line */
	long long last;	   /* end of the last event */
	long long done;	   /* end of the last initcall before init */
};

static void reset(struct reader *r)
{
	bootfree(r->b);
	*r->b = (struct boot){ .init = -1, .ready = -1 };
	*r = (struct reader){ r->b, r->levels, r->found, .level = -1, .clocked = -1 };
	bootphaseadd(r->b, "kernel start", 0);
}

/* Whether text begins with start; then *rest is what follows. */
static bool after(const char *text, const char *start, const char **rest)
{
	size_t len = strlen(start);

	if (strncmp(text, start, len) != 0)
		return false;
	*rest = text + len;
	return true;
}

/* The number of a thread that printed a line, -1 if that is not told. */
static long long threadof(const struct klogline *l)
{
	long long thread;

	return sscanf(l->caller, "[T%9lld]", &thread) == 1 ? thread : -1;
}

/* The number of the event that one of a thread is a part of; 0: of none. thread: -1 not known. */
static size_t wholeof(const struct reader *r, long long thread, long long begin)
{
	for (size_t i = r->opens; i-- > 0;) {
		const struct bootevent *e = &r->b->event[r->open[i]];

		if (e->kind == BOOT_SCRIPT ||
		    ((thread < 0 || e->thread == thread) && e->begin <= begin + LATE))
			return r->open[i] + 1;
	}
	return 0;
}

static void opened(struct reader *r, struct bootevent *e)
{
	if (r->opens == OPENS)
		memmove(r->open, r->open + 1, --r->opens * sizeof(*r->open));
	e->end = BOOT_OPEN;
	r->open[r->opens++] = (size_t)(e - r->b->event);
}

/* The event of that kind, name and module that has not ended; it is open no more. NULL: none. */
static struct bootevent *closed(struct reader *r, enum bootkind kind, const char *name,
				const char *module)
{
	for (size_t i = r->opens; i-- > 0;) {
		struct bootevent *e = &r->b->event[r->open[i]];

		if (e->kind != kind || strcmp(e->name, name) != 0 ||
		    (*module && e->object && strcmp(e->object, module) != 0))
			continue;
		memmove(r->open + i, r->open + i + 1, (--r->opens - i) * sizeof(*r->open));
		return e;
	}
	return NULL;
}

static void ended(struct reader *r, struct bootevent *e)
{
	e->end = BOOT_RETURNED;
	r->last = r->now;
	if (e->kind == BOOT_INITCALL && e->thread <= PROCESS && r->b->init < 0)
		r->done = r->now;
}

/* The name of a function, or its address. */
static const char *functionname(struct code *c)
{
	if (!*c->name)
		snprintf(c->name, sizeof(c->name), "0x%llx", (unsigned long long)c->address);
	return c->name;
}

/* A new phase, if that is the first initcall of a level. Those of the console come before all. */
static void levelenter(struct reader *r, const struct initcall *call)
{
	if (r->told || r->b->init >= 0)
		return;
	if (!r->levels) {
		if (r->level < 0)
			bootphaseadd(r->b, "initcalls", r->now);
		r->level = 0;
	} else if (call && call->level > r->level &&
		   strcmp(initlevelname(call->level), "console") != 0) {
		r->level = call->level;
		bootphaseadd(r->b, initlevelname(r->level), r->now);
	}
}

static struct bootevent *initcalladd(struct reader *r, struct code *c)
{
	const char *name = functionname(c);
	const char *known =
		r->levels && c->address && !c->size ? initlevelsat(r->levels, c->address) : NULL;
	const struct initcall *call;
	struct bootevent *e;

	name = known ? known : name;
	call = r->levels && !*c->module ? initlevelsfind(r->levels, name) : NULL;
	e = booteventadd(r->b, BOOT_INITCALL, name, strlen(name));
	if (*c->module || (call && call->level >= 0))
		e->object = xstrdup(*c->module ? c->module : call->object);
	return e;
}

/* Find the function that text begins with, behind the number of an asynchronous call. */
static bool functionfind(const char *text, struct code *c)
{
	const char *next;
	char *end;

	text += strspn(text, " ");
	if (strncmp(text, "0x", 2) == 0) { /* the kernel has no names */
		*c = (struct code){ .address = strtoull(text, &end, 16) };
		c->end = end;
		return true;
	}
	next = text + strspn(text, "0123456789");
	next = next > text && *next == '_' ? next + 1 : text;
	return codenext(next, &next, c);
}

/* "calling  foo_init+0x0/0x10 [module] @ 1" */
static bool callingread(struct reader *r, const char *text)
{
	const char *rest;
	struct bootevent *e;
	struct code c;
	long long thread;

	if (!after(text, "calling ", &rest))
		return false;
	if (!functionfind(rest, &c) || sscanf(c.end, " @ %9lld", &thread) != 1)
		return true;
	e = initcalladd(r, &c);
	e->begin = r->last = r->now;
	e->thread = thread;
	e->in = wholeof(r, thread, r->now);
	opened(r, e);
	if (thread == PROCESS)
		levelenter(r, r->levels ? initlevelsfind(r->levels, e->name) : NULL);
	return true;
}

/* "initcall foo_init+0x0/0x10 [module] returned 0 after 12 usecs" */
static bool initcallread(struct reader *r, const char *text)
{
	const char *rest, *known;
	long long result = 0, us;
	struct bootevent *e;
	struct code c;

	if (!after(text, "initcall ", &rest))
		return false;
	if (!functionfind(rest, &c) ||
	    (sscanf(c.end, " returned %19lld after %15lld usecs", &result, &us) != 2 &&
	     sscanf(c.end, " returned after %15lld usecs", &us) != 1))
		return true;
	known = r->levels && c.address && !c.size ? initlevelsat(r->levels, c.address) : NULL;
	e = closed(r, BOOT_INITCALL, known ? known : functionname(&c), c.module);
	if (!e) { /* the log begins in the middle */
		e = initcalladd(r, &c);
		e->us = us < 0 ? 0 : us > r->now ? r->now : us;
		e->begin = r->now - e->us;
	} else {
		e->us = r->now - e->begin;
		/* The kernel's own number is without the time of printing, but in ticks at first.
		 */
		if (r->clocked >= 0 && e->begin >= r->clocked && us >= 0 && us < e->us)
			e->us = us;
	}
	e->result = result;
	ended(r, e);
	return true;
}

/* "probe of 0000:00:02.0 returned 0 after 12 usecs" */
static bool proberead(struct reader *r, const char *text, const struct klogline *l)
{
	const char *name, *end = NULL;
	long long result, us;
	struct bootevent *e;

	if (!after(text, "probe of ", &name))
		return false;
	for (const char *p = name; (p = strstr(p, " returned ")); p++)
		end = p;
	if (!end || sscanf(end, " returned %19lld after %15lld usecs", &result, &us) != 2 || us < 0)
		return true;
	e = booteventadd(r->b, BOOT_PROBE, name, (size_t)(end - name));
	e->us = us > r->now ? r->now : us;
	e->begin = r->now - e->us;
	e->thread = threadof(l);
	e->in = wholeof(r, e->thread, e->begin);
	if (e->in && e->begin < r->b->event[e->in - 1].begin)
		e->begin = r->b->event[e->in - 1].begin;
	e->result = result;
	ended(r, e);
	return true;
}

static bool isphase(const struct boot *b, const char *name)
{
	for (size_t i = 0; i < b->phases; i++)
		if (strcmp(b->phase[i].name, name) == 0)
			return true;
	return false;
}

static void scriptbegin(struct reader *r, const char *name)
{
	struct bootevent *e = booteventadd(r->b, BOOT_SCRIPT, name, strlen(name));

	if (!isphase(r->b, "scripts"))
		bootphaseadd(r->b, "scripts", r->now);
	e->begin = r->last = r->now;
	opened(r, e);
}

static void scriptend(struct reader *r, const char *text)
{
	const char *blank = strrchr(text, ' ');
	char *name = xstrndup(text, blank ? (size_t)(blank - text) : strlen(text));
	struct bootevent *e = closed(r, BOOT_SCRIPT, name, "");

	if (e) {
		e->us = r->now - e->begin;
		e->result = blank ? strtoll(blank, NULL, 10) : 0;
		ended(r, e);
	}
	free(name);
}

/* What the scripts of a chart say, and the kernel when it starts init. */
static bool markread(struct reader *r, const char *text)
{
	struct boot *b = r->b;
	const char *rest;

	if (after(text, "bootchart: begin ", &rest)) {
		scriptbegin(r, rest);
	} else if (after(text, "bootchart: end ", &rest)) {
		scriptend(r, rest);
	} else if (after(text, "bootchart: init", &rest)) {
		if (b->init < 0)
			b->init = r->now;
		bootphaseadd(b, "init", r->now);
	} else if (after(text, "bootchart: ready", &rest)) {
		bootphaseadd(b, "console", isphase(b, "scripts") ? r->last : r->now);
		b->ready = r->now;
	} else if (after(text, "Run /", &rest) && strstr(rest, " as init process")) {
		if (b->init < 0 && r->done)
			bootphaseadd(b, "before init", r->done);
		bootphaseadd(b, strstr(rest, "bootchart/") ? "marks of the chart" : "init", r->now);
		b->init = r->now;
	} else {
		return false;
	}
	r->last = r->now;
	return true;
}

/* Lines that are about the kernel and not about an event. */
static void aboutread(struct reader *r, const char *text)
{
	const char *rest;

	if (after(text, "entering initcall level: ", &rest)) {
		r->told = true;
		bootphaseadd(r->b, rest, r->now);
		r->last = r->now;
	} else if (after(text, "clocksource: Switched to", &rest)) {
		r->clocked = r->now;
	}
}

static void lineread(struct reader *r, const struct klogline *l)
{
	struct buf release = { 0 };
	const char *rest;

	if (after(l->text, "Linux version ", &rest)) {
		if (r->found->boots || r->b->events)
			reset(r);
		r->found->boots++;
		bufvisible(&release, rest, strcspn(rest, " "));
		r->b->kernel = bufsteal(&release);
	}
	if (l->us < 0) {
		r->found->untimed +=
			after(l->text, "calling ", &rest) || after(l->text, "initcall ", &rest);
		return;
	}
	if (r->b->ready >= 0 || (r->b->init >= 0 && l->us > r->last + PAUSE))
		return;
	/* Processors print side by side, so a time may be a little less than the one before. */
	if (l->us > r->now)
		r->now = l->us;
	if (!callingread(r, l->text) && !initcallread(r, l->text) && !proberead(r, l->text, l) &&
	    !markread(r, l->text))
		aboutread(r, l->text);
}

/*
 * The first thread runs its initcalls one after the other. If init was started, one of them that
 * did not return has lost its line: it ended when the next began, and nothing is a part of it.
 */
static void lost(struct reader *r, size_t event)
{
	struct bootevent *e = &r->b->event[event];
	long long end = -1;

	for (size_t i = event + 1; i < r->b->events; i++) {
		struct bootevent *next = &r->b->event[i];

		if (end < 0 && next->kind == BOOT_INITCALL && next->thread == PROCESS)
			end = next->begin;
		if (next->in == event + 1 && end >= 0)
			next->in = e->in;
	}
	e->end = BOOT_LOST;
	e->us = (end < 0 ? r->done > e->begin ? r->done : e->begin : end) - e->begin;
}

static void finish(struct reader *r)
{
	struct boot *b = r->b;

	b->end = b->ready >= 0 ? b->ready : r->last;
	for (size_t i = 0; i < r->opens; i++) {
		struct bootevent *e = &b->event[r->open[i]];

		if (e->kind == BOOT_INITCALL && e->thread == PROCESS && b->init >= 0 &&
		    e->begin < b->init) {
			lost(r, r->open[i]);
			continue;
		}
		e->us = r->now - e->begin;
		b->end = r->now;
	}
	bootrelate(b);
}

void bootlogread(struct boot *b, const struct klog *log, const struct initlevels *levels,
		 struct bootlogfound *found)
{
	struct reader r = { .b = b, .levels = levels, .found = found };

	*found = (struct bootlogfound){ 0 };
	reset(&r);
	for (size_t i = 0; i < log->len; i++)
		lineread(&r, &log->item[i]);
	finish(&r);
}
