// SPDX-License-Identifier: GPL-2.0-or-later
#include "bootsvg.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/buf.h"
#include "boottable.h"
#include "svgdraw.h"

#define WIDTH	   1200.0
#define LEFT	   24.0
#define RIGHT	   (WIDTH - 24.0)
#define PHASES_TOP 74.0 /* where the names of phases are, and below them the picture begins */
#define BAND	   20.0 /* height of that */
#define STRIP	   22.0 /* of all events in a line, for each depth */
#define ROW	   17.0
#define LINE	   16.0 /* of the tables below */
#define ROWS	   80	/* at most */
#define SMALL	   1000 /* an event of this part of the boot has no row of its own */

static const char *const shades[] = { "#e6edf5", "#f6f2e7" };

struct colour {
	const char *code, *name;
};

enum { INITCALL, THREAD, PROBE, SCRIPT, FAILED, OPEN, COLOURS };

static const struct colour colours[COLOURS] = {
	{ "#3f72af", "initcall" }, { "#8a63b3", "in another thread" },
	{ "#3c9a86", "probe" },	   { "#e08e3c", "script" },
	{ "#cc2f2f", "failed" },   { "#6b1d1d", "did not return" },
};

/* A picture that is being drawn. */
struct picture {
	struct xml xml;
	const struct boot *b;
	size_t *slowest; /* numbers of events */
	size_t len;
	size_t *row; /* numbers of events with a row, as they began */
	size_t rows;
	double bottom; /* of the rows */
	double height;
};

static double across(const struct picture *p, long long us)
{
	return p->b->end > 0 ? LEFT + (RIGHT - LEFT) * (double)us / (double)p->b->end : LEFT;
}

static const char *colourof(const struct bootevent *e)
{
	if (e->end == BOOT_OPEN)
		return colours[OPEN].code;
	if (bootfailed(e))
		return colours[FAILED].code;
	if (e->kind == BOOT_PROBE)
		return colours[PROBE].code;
	if (e->kind == BOOT_SCRIPT)
		return colours[SCRIPT].code;
	return colours[e->thread > 1 ? THREAD : INITCALL].code;
}

static void eventbar(const struct picture *p, const struct bootevent *e, double y, double height)
{
	char *title = boottitle(p->b, e);
	char *tip = xasprintf("%s: %.3f ms, from %.3f ms", title, (double)e->us / 1000,
			      (double)e->begin / 1000);
	double width = across(p, e->us) - LEFT;

	svgbar(&p->xml, across(p, e->begin), y, width > 0.6 ? width : 0.6, height, colourof(e),
	       tip);
	free(tip);
	free(title);
}

static void headdraw(const struct picture *p)
{
	char *summary = bootsummary(p->b);
	double x = LEFT;

	svgtext(&p->xml, LEFT, 26, SVG_BOLD | SVG_LARGE, "Where the time of the boot went");
	svgtext(&p->xml, LEFT, 44, SVG_PLAIN, summary);
	for (int i = 0; i < COLOURS; i++) {
		svgbar(&p->xml, x, 54, 10, 10, colours[i].code, NULL);
		svgtext(&p->xml, x + 14, 63, SVG_PLAIN, colours[i].name);
		x += 34 + svgwidth(colours[i].name);
	}
	free(summary);
}

/* A column for each phase, with its name if there is room. */
static void phasesdraw(const struct picture *p)
{
	for (size_t i = 0; i < p->b->phases; i++) {
		double x = across(p, p->b->phase[i].begin);
		double width = across(p, bootphaseus(p->b, i)) - LEFT;
		const char *name = p->b->phase[i].name;
		char *tip = xasprintf("%s: %.3f ms", name, (double)bootphaseus(p->b, i) / 1000);

		svgbar(&p->xml, x, PHASES_TOP, width, p->bottom - PHASES_TOP, shades[i % 2], tip);
		if (svgwidth(name) + 4 < width)
			svgtext(&p->xml, x + 3, PHASES_TOP + 14, SVG_BOLD, name);
		free(tip);
	}
}

/* The step between marks of the time, in microseconds: about a dozen fit. */
static long long stepof(long long end)
{
	static const long long factors[] = { 1, 2, 5 };
	long long ten = 1;

	for (;; ten *= 10)
		for (size_t i = 0; i < 3; i++)
			if (end / (ten * factors[i]) <= 12)
				return ten * factors[i];
}

static void axisdraw(const struct picture *p)
{
	long long step = stepof(p->b->end);

	for (long long t = 0; t <= p->b->end; t += step) {
		char text[40];
		double x = across(p, t);

		snprintf(text, sizeof(text), "%.*f%s", step < 1000 ? 3 : 0, (double)t / 1000,
			 t ? "" : " ms");
		svgline(&p->xml, x, PHASES_TOP + BAND, x, p->bottom, "#c3c9d1");
		if (x + svgwidth(text) + 3 < RIGHT)
			svgtext(&p->xml, x + 3, PHASES_TOP + BAND + 12, SVG_PLAIN, text);
	}
}

/* All events, those that are parts of others below these. */
static void stripdraw(const struct picture *p)
{
	double y = PHASES_TOP + BAND + 18;

	for (size_t i = 0; i < p->b->events; i++) {
		const struct bootevent *e = &p->b->event[i];

		if (across(p, e->us) - LEFT >= 0.1 || e->end == BOOT_OPEN || bootfailed(e))
			eventbar(p, e, e->in ? y + STRIP / 2 : y, STRIP / 2 - 1);
	}
}

static bool amongtop(const struct picture *p, size_t number)
{
	for (size_t i = 0; i < p->len && i < BOOT_TOP; i++)
		if (p->slowest[i] == number)
			return true;
	return false;
}

static void rowdraw(const struct picture *p, size_t number, double y)
{
	const struct bootevent *e = &p->b->event[number];
	char *title = boottitle(p->b, e);
	char *full = xasprintf("%s  %.1f ms", title, (double)e->us / 1000);
	double from = across(p, e->begin), to = across(p, e->begin + e->us), room;
	bool left = from - LEFT > RIGHT - to;
	char *label;

	room = (left ? from - LEFT : RIGHT - to) - 6;
	label = svgcut(full, room);
	eventbar(p, e, y + 3, ROW - 6);
	svgtext(&p->xml, left ? from - 4 : to + 4, y + ROW - 5,
		(left ? SVG_RIGHT : 0) | (amongtop(p, number) ? SVG_BOLD : 0), label);
	free(label);
	free(full);
	free(title);
}

static void tablesdraw(const struct picture *p)
{
	double y = p->bottom + 30, x = LEFT + 330;

	svgtext(&p->xml, LEFT, y, SVG_BOLD, "Phases, ms");
	for (size_t i = 0; i < p->b->phases; i++) {
		char *ms = xasprintf("%.3f", (double)bootphaseus(p->b, i) / 1000);

		svgtext(&p->xml, LEFT + 70, y + LINE * (double)(i + 1), SVG_RIGHT, ms);
		svgtext(&p->xml, LEFT + 84, y + LINE * (double)(i + 1), SVG_PLAIN,
			p->b->phase[i].name);
		free(ms);
	}
	svgtext(&p->xml, x, y, SVG_BOLD, "The slowest, ms");
	for (size_t i = 0; i < p->len && i < BOOT_TOP; i++) {
		const struct bootevent *e = &p->b->event[p->slowest[i]];
		char *ms = xasprintf("%.3f", (double)e->us / 1000);
		char *title = boottitle(p->b, e), *cut = svgcut(title, RIGHT - x - 84);

		svgtext(&p->xml, x + 70, y + LINE * (double)(i + 1), SVG_RIGHT, ms);
		svgtext(&p->xml, x + 84, y + LINE * (double)(i + 1), SVG_PLAIN, cut);
		free(cut);
		free(title);
		free(ms);
	}
}

static const struct boot *rowsof; /* what compare's numbers mean */

static int compare(const void *a, const void *b)
{
	size_t m = *(const size_t *)a, n = *(const size_t *)b;
	const struct bootevent *x = &rowsof->event[m], *y = &rowsof->event[n];

	if (x->begin != y->begin)
		return x->begin < y->begin ? -1 : 1;
	return m < n ? -1 : m > n;
}

/* Choose the events that have rows, first of all those that failed, and find out how large all is.
 */
static void measure(struct picture *p)
{
	size_t lines = p->b->phases > BOOT_TOP ? p->b->phases : BOOT_TOP;

	p->slowest = bootslowest(p->b, &p->len);
	p->row = xcalloc(p->len + 1, sizeof(*p->row));
	for (int pass = 0; pass < 2; pass++) {
		for (size_t i = 0; i < p->len && p->rows < ROWS; i++) {
			const struct bootevent *e = &p->b->event[p->slowest[i]];
			bool bad = bootfailed(e) || e->end == BOOT_OPEN;

			if (pass == 0 ? bad : !bad && e->us * SMALL >= p->b->end)
				p->row[p->rows++] = p->slowest[i];
		}
	}
	rowsof = p->b;
	if (p->rows)
		qsort(p->row, p->rows, sizeof(*p->row), compare);
	p->bottom = PHASES_TOP + BAND + 18 + STRIP + 8 + ROW * (double)p->rows + 4;
	p->height = p->bottom + 30 + LINE * (double)(lines + 1) + 24;
}

static void draw(const struct picture *p)
{
	double y = PHASES_TOP + BAND + 18 + STRIP + 8;
	char *note = xasprintf("In the strip at the top: all of them. Below it: %zu of %zu, the "
			       "slowest and those that failed, as they began.",
			       p->rows, p->len);

	svgbegin(&p->xml, WIDTH, p->height, "Boot");
	headdraw(p);
	phasesdraw(p);
	axisdraw(p);
	stripdraw(p);
	for (size_t i = 0; i < p->rows; i++)
		rowdraw(p, p->row[i], y + ROW * (double)i);
	svgtext(&p->xml, LEFT, p->height - 12, SVG_PLAIN, note);
	tablesdraw(p);
	free(note);
}

int bootsvgwrite(const struct boot *b, const char *path)
{
	struct picture p = { .b = b };

	if (xmlbegin(&p.xml) < 0)
		return -1;
	measure(&p);
	draw(&p);
	free(p.slowest);
	free(p.row);
	return xmlend(&p.xml, path);
}
