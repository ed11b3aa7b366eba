// SPDX-License-Identifier: GPL-2.0-or-later
#include "rowtable.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/visible.h"
#include "fs/file.h"

#define PHASE_MAX 60 /* columns of what a row says that it is doing */

static const struct {
	const char *name;
	int width;
} columns[ROW_FIELDS] = {
	[ROW_BOARD] = { "board", 24 },
	[ROW_KERNEL] = { "kernel", 24 },
	[ROW_CONFIG] = { "configuration", 20 },
	[ROW_TEST] = { "test", 16 },
};

struct tally tallyof(const struct rows *all)
{
	struct tally t = { 0 };

	for (size_t i = 0; i < all->len; i++) {
		const struct row *r = all->item[i];

		t.done += r->state == ROW_DONE;
		t.failed += r->state == ROW_DONE && !rowok(r);
		t.running += r->state == ROW_RUNNING;
		t.waiting += r->state == ROW_WAITING;
	}
	return t;
}

bool tablehasfield(const struct rows *all, enum rowfield field)
{
	for (size_t i = 0; i < all->len; i++)
		if (*all->item[i]->field[field])
			return true;
	return false;
}

/* Whether some row ran on another machine. */
static bool hashosts(const struct rows *all)
{
	for (size_t i = 0; i < all->len; i++)
		if (all->item[i]->host || *rowtext(all->item[i], "host"))
			return true;
	return false;
}

const char *cellsize(const struct row *r, const char *name)
{
	static char text[24];
	double bytes = rowsize(r, name);

	if (bytes < 0)
		return "-";
	snprintf(text, sizeof(text), "%.0f", (double)(((long long)bytes + 1023) / 1024));
	return text;
}

const char *cellbuilt(const struct row *r)
{
	static char text[24];
	double seconds = rownumber(r, "build_s");

	if (cJSON_IsTrue(cJSON_GetObjectItem(r->record, "cached")))
		return "cached";
	if (seconds < 0)
		return "-";
	snprintf(text, sizeof(text), "%.0f", seconds);
	return text;
}

const char *cellboot(const struct row *r)
{
	static char text[24];
	double ms = rownumber(r, "boot_ms");

	if (ms < 0)
		return "-";
	snprintf(text, sizeof(text), "%.0f", ms);
	return text;
}

/* The width of a column of a narrow table. */
static int longest(const struct rows *all, enum rowfield field)
{
	size_t max = strlen(columns[field].name);

	for (size_t i = 0; i < all->len; i++) {
		size_t len = strlen(all->item[i]->field[field]);

		max = len > max ? len : max;
	}
	return max < INT_MAX ? (int)max : INT_MAX;
}

static void cells(struct buf *out, const struct rows *all, const char *const field[ROW_FIELDS],
		  bool narrow)
{
	for (int i = 0; i < ROW_FIELDS; i++)
		if (i == ROW_KERNEL || tablehasfield(all, (enum rowfield)i))
			bufprintf(out, "%-*s ",
				  narrow ? longest(all, (enum rowfield)i) : columns[i].width,
				  field[i]);
}

void tablehead(struct buf *out, const struct rows *all, bool narrow)
{
	const char *names[ROW_FIELDS];

	for (int i = 0; i < ROW_FIELDS; i++)
		names[i] = columns[i].name;
	cells(out, all, names, narrow);
	if (!narrow)
		bufprintf(out, "%12s %15s ", "kernel (KiB)", "initramfs (KiB)");
	bufprintf(out, "%10s %10s  ", "build (s)", "boot (ms)");
	if (hashosts(all))
		bufprintf(out, "%-16s ", "host");
	bufputs(out, "result\n");
}

/* What the row is doing: the last line that its command wrote. */
static void phase(struct buf *out, const struct row *r)
{
	char *path = rowpath(r, "row.log"), *line;
	struct buf text = { 0 };

	fileread(path, &text);
	while (text.len && text.data[text.len - 1] == '\n')
		text.data[--text.len] = '\0';
	line = text.len ? strrchr(text.data, '\n') : NULL;
	line = line ? line + 1 : text.data;
	if (line)
		bufvisible(out, line, strnlen(line, PHASE_MAX));
	bufprintf(out, "%s%.0f s", line ? ", " : "", (double)(clockms() - r->began) / 1000);
	buffree(&text);
	free(path);
}

static void result(struct buf *out, const struct row *r)
{
	char *log;

	if (r->state == ROW_RUNNING) {
		phase(out, r);
		return;
	}
	if (r->state != ROW_DONE) {
		bufputs(out, r->state == ROW_WAITING ? "waiting" : "not needed any more");
		return;
	}
	log = rowlog(r);
	bufprintf(out, "%s%s%s", rowresult(r), log && !rowok(r) ? ": " : "",
		  log && !rowok(r) ? log : "");
	free(log);
}

void tablerow(struct buf *out, const struct rows *all, const struct row *r, bool narrow)
{
	const char *field[ROW_FIELDS], *host = rowtext(r, "host");

	for (int i = 0; i < ROW_FIELDS; i++)
		field[i] = r->field[i];
	cells(out, all, field, narrow);
	if (!narrow) {
		bufprintf(out, "%12s ", cellsize(r, "kernel"));
		bufprintf(out, "%15s ", cellsize(r, "initramfs"));
	}
	bufprintf(out, "%10s %10s  ", cellbuilt(r), cellboot(r));
	if (hashosts(all))
		bufprintf(out, "%-16s ", *host ? host : r->host ? r->host : "-");
	result(out, r);
	bufputc(out, '\n');
}

void tablewrite(struct buf *out, const struct rows *all)
{
	tablehead(out, all, false);
	for (size_t i = 0; i < all->len; i++)
		tablerow(out, all, all->item[i], false);
}
