// SPDX-License-Identifier: GPL-2.0-or-later
#include "xml/junitxml.h"

#include <stdio.h>
#include <time.h>

static void number(const struct xml *w, const char *name, unsigned long n)
{
	char text[24];

	snprintf(text, sizeof(text), "%lu", n);
	xmlattribute(w, name, text);
}

void junitsuite(const struct xml *w, const char *name, const char *hostname,
		const struct junitcounts *counts)
{
	char now[32];
	time_t t = time(NULL);

	strftime(now, sizeof(now), "%Y-%m-%dT%H:%M:%S", gmtime(&t));
	xmlopen(w, "testsuite");
	xmlattribute(w, "name", name);
	number(w, "tests", counts->tests);
	number(w, "failures", counts->failures);
	number(w, "errors", counts->errors);
	number(w, "skipped", counts->skipped);
	xmlattribute(w, "timestamp", now);
	xmlattribute(w, "hostname", hostname);
}

void junitcase(const struct xml *w, const char *name, const char *classname, long ms)
{
	char text[32];

	ms = ms > 0 ? ms : 0;
	snprintf(text, sizeof(text), "%ld.%03ld", ms / 1000, ms % 1000);
	xmlopen(w, "testcase");
	xmlattribute(w, "name", name);
	xmlattribute(w, "classname", classname);
	xmlattribute(w, "time", text);
}

void junitoutcome(const struct xml *w, const char *element, const char *type, const char *message,
		  const char *text)
{
	xmlopen(w, element);
	xmlattribute(w, "type", type);
	xmlattribute(w, "message", message ? message : type);
	if (text && *text)
		xmlstring(w, text);
	xmlclose(w);
}
