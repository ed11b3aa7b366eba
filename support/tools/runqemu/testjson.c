// SPDX-License-Identifier: GPL-2.0-or-later
#include "testjson.h"

static void caseadd(struct test *t, const char *path, enum testresult as, void *arg)
{
	cJSON *o = cJSON_CreateObject();

	cJSON_AddStringToObject(o, "name", path);
	cJSON_AddStringToObject(o, "result", testresultname(as));
	if (t->count != 1)
		cJSON_AddNumberToObject(o, "count", (double)t->count);
	if (t->reason)
		cJSON_AddStringToObject(o, "reason", t->reason);
	if (t->log)
		cJSON_AddStringToObject(o, "log", t->log);
	if (t->ms >= 0)
		cJSON_AddNumberToObject(o, "ms", (double)t->ms);
	cJSON_AddItemToArray(arg, o);
}

void testjson(cJSON *to, const char *name, struct results *r)
{
	cJSON *o, *list;

	if (!r || !resultstotal(r)) {
		cJSON_AddNullToObject(to, name);
		return;
	}
	o = cJSON_AddObjectToObject(to, name);
	for (int i = 0; i < TEST_RESULTS; i++)
		cJSON_AddNumberToObject(o, testresultname(i), (double)r->counts[i]);
	cJSON_AddNumberToObject(o, "odd", (double)r->odd);
	cJSON_AddNumberToObject(o, "unplanned", (double)r->unplanned);
	list = cJSON_AddArrayToObject(o, "fixed");
	for (size_t i = 0; i < r->fixed.len; i++)
		cJSON_AddItemToArray(list, cJSON_CreateString(r->fixed.item[i]));
	list = cJSON_AddArrayToObject(o, "cases");
	testswalk(&r->tests, caseadd, list);
}
