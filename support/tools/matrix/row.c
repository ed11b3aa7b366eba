// SPDX-License-Identifier: GPL-2.0-or-later
#include "row.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "fs/file.h"

static const char *const names[ROW_FIELDS] = { "board", "kernel", "config", "test" };

char *rowpath(const struct row *r, const char *name)
{
	return pathjoin(r->dir, name);
}

/* Read the record in its directory. Returns NULL if there is none. */
static cJSON *recordread(const struct row *r)
{
	char *path = rowpath(r, "record");
	struct buf text = { 0 };
	cJSON *record = NULL;

	if (fileread(path, &text) == 0)
		record = cJSON_Parse(bufstr(&text));
	if (record && !cJSON_GetStringValue(cJSON_GetObjectItem(record, "result"))) {
		cJSON_Delete(record);
		record = NULL;
	}
	buffree(&text);
	free(path);
	return record;
}

static void recordwrite(const struct row *r)
{
	char *text = cJSON_Print(r->record), *path = rowpath(r, "record");
	struct buf line = { 0 };

	bufprintf(&line, "%s\n", text ? text : "");
	if (text && mkdirs(r->dir) == 0)
		filewrite(path, bufstr(&line), line.len, 0666);
	buffree(&line);
	free(path);
	cJSON_free(text);
}

/* A record of a row that left none. */
static cJSON *recordnew(const struct row *r, const char *why, const char *log)
{
	cJSON *record = cJSON_CreateObject();

	for (int i = 0; i < ROW_FIELDS; i++)
		cJSON_AddStringToObject(record, names[i], r->field[i]);
	cJSON_AddStringToObject(record, "result", why);
	if (log)
		cJSON_AddStringToObject(record, "log", log);
	return record;
}

void rowend(struct row *r, const char *why, int64_t ms)
{
	char *log = rowpath(r, "row.log");

	r->state = ROW_DONE;
	r->record = recordread(r);
	if (!r->record)
		r->record = recordnew(r, why, access(log, F_OK) == 0 ? "row.log" : NULL);
	if (r->host)
		cJSON_AddStringToObject(r->record, "host", r->host);
	if (ms >= 0)
		cJSON_AddNumberToObject(r->record, "ms", (double)ms);
	recordwrite(r);
	free(log);
}

static struct row *rowfind(const struct rows *all, const char *dir)
{
	for (size_t i = 0; i < all->len; i++)
		if (strcmp(all->item[i]->dir, dir) == 0)
			return all->item[i];
	return NULL;
}

/* Take a line of the table, which is modified. Returns whether it has all fields. */
static bool lineadd(struct rows *all, char *line)
{
	char *part[ROW_FIELDS + 2];
	struct row *r;

	for (int i = 0; i < ROW_FIELDS + 2; i++) {
		part[i] = line ? strsep(&line, "\t") : NULL;
		if (!part[i])
			return false;
	}
	r = rowfind(all, part[0]);
	if (r) {
		r->wanted = true;
		if (r->state == ROW_DROPPED)
			r->state = ROW_WAITING;
		return true;
	}
	all->item = xrealloc(all->item, (all->len + 1) * sizeof(*all->item));
	r = xcalloc(1, sizeof(*r));
	all->item[all->len++] = r;
	r->dir = xstrdup(part[0]);
	r->wanted = true;
	for (int i = 0; i < ROW_FIELDS; i++)
		r->field[i] = xstrdup(part[i + 1]);
	if (*part[ROW_FIELDS + 1])
		r->record = recordnew(r, part[ROW_FIELDS + 1], NULL);
	else
		r->record = recordread(r);
	if (r->record)
		r->state = ROW_DONE;
	return true;
}

int rowsread(struct rows *all, const char *path, char **why)
{
	struct buf text = { 0 };
	char *at, *line;
	int ret = 0, n = 0;

	if (fileread(path, &text) < 0) {
		*why = xasprintf("cannot read %s: %s", path, strerror(errno));
		return -1;
	}
	for (size_t i = 0; i < all->len; i++)
		all->item[i]->wanted = false;
	at = text.data;
	while (ret == 0 && (line = strsep(&at, "\n"))) {
		n++;
		if (*line && !lineadd(all, line)) {
			*why = xasprintf("%s:%d: %d fields are expected, with tabs between them",
					 path, n, ROW_FIELDS + 2);
			ret = -1;
		}
	}
	for (size_t i = 0; i < all->len; i++)
		if (!all->item[i]->wanted && all->item[i]->state == ROW_WAITING)
			all->item[i]->state = ROW_DROPPED;
	buffree(&text);
	return ret;
}

void rowsfree(struct rows *all)
{
	for (size_t i = 0; i < all->len; i++) {
		free(all->item[i]->dir);
		for (int f = 0; f < ROW_FIELDS; f++)
			free(all->item[i]->field[f]);
		cJSON_Delete(all->item[i]->record);
		free(all->item[i]);
	}
	free(all->item);
	*all = (struct rows){ 0 };
}

char *rowname(const struct row *r)
{
	struct buf name = { 0 };

	for (int i = 0; i < ROW_FIELDS; i++)
		if (*r->field[i])
			bufprintf(&name, "%s%s", name.len ? " " : "", r->field[i]);
	return bufsteal(&name);
}

const char *rowtext(const struct row *r, const char *name)
{
	const char *text = cJSON_GetStringValue(cJSON_GetObjectItem(r->record, name));

	return text ? text : "";
}

static double number(const cJSON *of, const char *name)
{
	const cJSON *item = cJSON_GetObjectItem(of, name);

	return cJSON_IsNumber(item) ? item->valuedouble : -1;
}

double rownumber(const struct row *r, const char *name)
{
	return number(r->record, name);
}

double rowsize(const struct row *r, const char *name)
{
	return number(cJSON_GetObjectItem(r->record, "sizes"), name);
}

const char *rowresult(const struct row *r)
{
	return rowtext(r, "result");
}

bool rowok(const struct row *r)
{
	return r->record && strcmp(rowresult(r), ROW_OK) == 0;
}

char *rowlog(const struct row *r)
{
	const char *name = rowtext(r, "log");

	return *name ? rowpath(r, name) : NULL;
}
