// SPDX-License-Identifier: GPL-2.0-or-later
#include "summary.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/visible.h"
#include "fs/file.h"
#include "notice.h"
#include "rowtable.h"
#include "xml/junitxml.h"

#define LOG_LINES 40 /* of a failed row's log */

int summarytext(const struct rows *all, const char *path)
{
	struct buf text = { 0 }, out = { 0 };
	int ret;

	tablewrite(&text, all);
	bufvisible(&out, bufstr(&text), text.len);
	ret = filewrite(path, bufstr(&out), out.len, 0666);
	buffree(&text);
	buffree(&out);
	return ret;
}

int summaryjson(const struct rows *all, const char *path)
{
	cJSON *top = cJSON_CreateObject(), *rows;
	struct tally t = tallyof(all);
	struct buf line = { 0 };
	char *text;
	int ret;

	cJSON_AddNumberToObject(top, "ok", t.done - t.failed);
	cJSON_AddNumberToObject(top, "failed", t.failed);
	rows = cJSON_AddArrayToObject(top, "rows");
	for (size_t i = 0; i < all->len; i++) {
		cJSON *copy = cJSON_Duplicate(all->item[i]->record, 1);

		cJSON_AddStringToObject(copy, "dir", all->item[i]->dir);
		cJSON_AddItemToArray(rows, copy);
	}
	text = cJSON_Print(top);
	bufprintf(&line, "%s\n", text);
	ret = filewrite(path, bufstr(&line), line.len, 0666);
	buffree(&line);
	cJSON_free(text);
	cJSON_Delete(top);
	return ret;
}

/* A row of which no guest has told: it could not be built, or not be tried. */
static bool unbuilt(const struct row *r)
{
	return !cJSON_IsObject(cJSON_GetObjectItem(r->record, "guest"));
}

static const char *suiteof(const struct row *r)
{
	return *r->field[ROW_BOARD] ? r->field[ROW_BOARD] : "matrix";
}

static void casewrite(const struct xml *w, const struct row *r)
{
	char *name = rowname(r);
	struct buf log = { 0 }, shown = { 0 };

	junitcase(w, name, suiteof(r), (long)rownumber(r, "ms"));
	if (!rowok(r)) {
		noticelog(&log, r, LOG_LINES);
		bufvisible(&shown, bufstr(&log), log.len);
		junitoutcome(w, unbuilt(r) ? "error" : "failure", rowresult(r), NULL,
			     bufstr(&shown));
	}
	xmlclose(w);
	buffree(&log);
	buffree(&shown);
	free(name);
}

/* Write the suite of the rows from the first on that are of one board. Returns the row behind. */
static size_t suitewrite(const struct xml *w, const struct rows *all, size_t first)
{
	struct junitcounts counts = { 0 };
	const char *name = suiteof(all->item[first]);
	size_t last = first;

	for (; last < all->len && strcmp(suiteof(all->item[last]), name) == 0; last++) {
		const struct row *r = all->item[last];

		counts.tests++;
		counts.errors += !rowok(r) && unbuilt(r);
		counts.failures += !rowok(r) && !unbuilt(r);
	}
	junitsuite(w, name, "matrix", &counts);
	for (; first < last; first++)
		casewrite(w, all->item[first]);
	xmlclose(w);
	return last;
}

int summaryjunit(const struct rows *all, const char *path)
{
	struct xml w;

	if (xmlbegin(&w) < 0)
		return -1;
	xmlopen(&w, "testsuites");
	for (size_t i = 0; i < all->len;)
		i = suitewrite(&w, all, i);
	return xmlend(&w, path);
}
