// SPDX-License-Identifier: GPL-2.0-or-later
#include "bootjson.h"

#include <cjson/cJSON.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "fs/file.h"

static const char *const ends[BOOT_ENDS] = { "returned", "did not return", "lost" };

static void millisecondsadd(cJSON *to, const char *name, long long us)
{
	char text[40];

	if (us < 0) {
		cJSON_AddNullToObject(to, name);
		return;
	}
	snprintf(text, sizeof(text), "%lld.%03lld", us / 1000, us % 1000);
	cJSON_AddRawToObject(to, name, text);
}

static cJSON *eventjson(const struct boot *b, const struct bootevent *e)
{
	cJSON *o = cJSON_CreateObject();

	cJSON_AddStringToObject(o, "kind", bootkindname(e->kind));
	cJSON_AddStringToObject(o, "name", e->name);
	if (e->object)
		cJSON_AddStringToObject(o, "object", e->object);
	millisecondsadd(o, "from_ms", e->begin);
	millisecondsadd(o, "ms", e->us);
	if (e->thread >= 0)
		cJSON_AddNumberToObject(o, "thread", (double)e->thread);
	if (e->in)
		cJSON_AddStringToObject(o, "in", b->event[e->in - 1].name);
	cJSON_AddStringToObject(o, "end", ends[e->end]);
	if (e->end == BOOT_RETURNED)
		cJSON_AddNumberToObject(o, "result", (double)e->result);
	return o;
}

int bootjsonwrite(const struct boot *b, const char *path)
{
	cJSON *o = cJSON_CreateObject(), *list;
	char *text;
	int ret;

	if (b->kernel)
		cJSON_AddStringToObject(o, "kernel", b->kernel);
	else
		cJSON_AddNullToObject(o, "kernel");
	millisecondsadd(o, "init_ms", b->init);
	millisecondsadd(o, "ready_ms", b->ready);
	millisecondsadd(o, "end_ms", b->end);
	list = cJSON_AddArrayToObject(o, "phases");
	for (size_t i = 0; i < b->phases; i++) {
		cJSON *phase = cJSON_CreateObject();

		cJSON_AddStringToObject(phase, "name", b->phase[i].name);
		millisecondsadd(phase, "from_ms", b->phase[i].begin);
		millisecondsadd(phase, "ms", bootphaseus(b, i));
		cJSON_AddItemToArray(list, phase);
	}
	list = cJSON_AddArrayToObject(o, "events");
	for (size_t i = 0; i < b->events; i++)
		cJSON_AddItemToArray(list, eventjson(b, &b->event[i]));
	text = cJSON_Print(o);
	cJSON_Delete(o);
	if (!text)
		abort(); /* out of memory: like lib/base/buf.h */
	ret = filewrite(path, text, strlen(text), 0666);
	free(text);
	return ret;
}

/* Take a time in milliseconds; *us is -1 if it is null. Returns whether it is there. */
static bool microseconds(const cJSON *o, const char *name, long long *us)
{
	const cJSON *n = cJSON_GetObjectItem(o, name);

	*us = -1;
	if (cJSON_IsNull(n))
		return true;
	if (!cJSON_IsNumber(n) || !(n->valuedouble >= 0 && n->valuedouble < 1e9))
		return false;
	*us = (long long)(n->valuedouble * 1000 + 0.5);
	return true;
}

static bool eventread(struct boot *b, const cJSON *o)
{
	const char *name = cJSON_GetStringValue(cJSON_GetObjectItem(o, "name"));
	const char *kind = cJSON_GetStringValue(cJSON_GetObjectItem(o, "kind"));
	struct bootevent *e;
	enum bootkind k = 0;
	long long us;

	if (!name || !kind || !microseconds(o, "ms", &us) || us < 0)
		return false;
	while (k < BOOT_KINDS && strcmp(bootkindname(k), kind) != 0)
		k++;
	if (k == BOOT_KINDS)
		return false;
	e = booteventadd(b, k, name, strlen(name));
	e->us = us;
	return true;
}

static bool recordread(struct boot *b, const cJSON *o)
{
	const char *kernel = cJSON_GetStringValue(cJSON_GetObjectItem(o, "kernel"));
	const cJSON *phases = cJSON_GetObjectItem(o, "phases");
	const cJSON *events = cJSON_GetObjectItem(o, "events"), *item;

	if (!cJSON_IsArray(phases) || !cJSON_IsArray(events) ||
	    !microseconds(o, "init_ms", &b->init) || !microseconds(o, "ready_ms", &b->ready) ||
	    !microseconds(o, "end_ms", &b->end) || b->end < 0)
		return false;
	b->kernel = kernel ? xstrdup(kernel) : NULL;
	cJSON_ArrayForEach(item, phases)
	{
		const char *name = cJSON_GetStringValue(cJSON_GetObjectItem(item, "name"));
		long long begin;

		if (!name || !microseconds(item, "from_ms", &begin) || begin < 0)
			return false;
		bootphaseadd(b, name, begin);
	}
	cJSON_ArrayForEach(item, events)
	{
		if (!eventread(b, item))
			return false;
	}
	return true;
}

const char *bootjsonread(struct boot *b, const char *text)
{
	cJSON *o = cJSON_Parse(text);
	const char *why =
		!o ? "it is not JSON" : "it is no record of a boot, as bootchart --json writes it";

	if (o && recordread(b, o))
		why = NULL;
	cJSON_Delete(o);
	return why;
}
