// SPDX-License-Identifier: GPL-2.0-or-later
#include "runset.h"

#include <cjson/cJSON.h>

/* Take a run. Returns whether the fields of a run are there. */
static bool runadd(struct runset *s, const cJSON *run)
{
	const cJSON *exit = cJSON_GetObjectItem(run, "exit");
	const cJSON *boot = cJSON_GetObjectItem(run, "boot_ms");
	const cJSON *total = cJSON_GetObjectItem(run, "total_ms");

	if (!cJSON_IsNumber(exit) || !boot || !total)
		return false;
	s->runs++;
	if (exit->valuedouble != 0) {
		s->failed++;
		return true;
	}
	if (cJSON_IsNumber(boot))
		samplesadd(&s->times[RUN_BOOT], boot->valuedouble);
	if (cJSON_IsNumber(total))
		samplesadd(&s->times[RUN_TOTAL], total->valuedouble);
	if (cJSON_IsNumber(boot) && cJSON_IsNumber(total))
		samplesadd(&s->times[RUN_COMMAND], total->valuedouble - boot->valuedouble);
	return true;
}

static const char *allread(struct runset *s, const cJSON *record)
{
	const cJSON *repeat = cJSON_GetObjectItem(record, "repeat");
	const cJSON *each = cJSON_GetObjectItem(repeat, "each"), *run;

	if (!repeat)
		return runadd(s, record) ? NULL : "it is no record of a run (JSON=FILE of make)";
	cJSON_ArrayForEach(run, each)
	{
		if (!runadd(s, run))
			return "a run in it has not the fields of a record";
	}
	return NULL;
}

const char *runsetparse(struct runset *s, const char *text)
{
	cJSON *record = cJSON_Parse(text);
	const char *why = record ? allread(s, record) : "it is not JSON";

	cJSON_Delete(record);
	if (!why && !s->times[RUN_TOTAL].len)
		why = "no run in it succeeded, so there are no times";
	return why;
}

void runsetfree(struct runset *s)
{
	for (int i = 0; i < RUN_TIMES; i++)
		samplesfree(&s->times[i]);
	*s = (struct runset){ 0 };
}
