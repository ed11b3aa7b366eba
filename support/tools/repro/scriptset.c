// SPDX-License-Identifier: GPL-2.0-or-later
#include "scriptset.h"

#include <cjson/cJSON.h>
#include <stdlib.h>
#include <string.h>

#include "base/shellword.h"

static void set(struct buf *out, const char *name, const char *value)
{
	bufprintf(out, "%s=", name);
	if (*value)
		shellword(out, value);
	bufputc(out, '\n');
}

static void setnumber(struct buf *out, const char *name, long value)
{
	bufprintf(out, "%s=%ld\n", name, value);
}

/* The names of an array's objects, or its texts, as words. */
static void setwords(struct buf *out, const char *name, const cJSON *array)
{
	struct buf words = { 0 };
	const cJSON *item;

	cJSON_ArrayForEach(item, array)
	{
		const char *text =
			cJSON_IsString(item) ? cJSON_GetStringValue(item) : runtext(item, "name");

		bufprintf(&words, "%s%s", words.len ? " " : "", text);
	}
	set(out, name, bufstr(&words));
	buffree(&words);
}

/* What stands behind option in argv; "": it is not there. */
static const char *valueof(const cJSON *argv, const char *option)
{
	const cJSON *item;

	cJSON_ArrayForEach(item, argv)
	{
		const char *text = cJSON_GetStringValue(item);

		if (text && strcmp(text, option) == 0 && item->next)
			return item->next->valuestring;
	}
	return "";
}

/* A function with QEMU's command line: a line for each option. */
static void commandprint(struct buf *out, const cJSON *argv)
{
	const cJSON *item;
	const char *before = "";

	bufputs(out,
		"\n# words COMMAND [ARGUMENT...]: run COMMAND with QEMU's command line and the arguments.\n"
		"words() {\n\trun=$1\n\tshift\n\t\"$run\" \"$qemu\"");
	cJSON_ArrayForEach(item, argv)
	{
		const char *text = cJSON_GetStringValue(item);

		if (!text || item == argv->child)
			continue;
		bufputs(out, *text == '-' ? " \\\n\t\t" : " ");
		if (strcmp(before, "-accel") == 0)
			bufputs(out, "\"$accel\"");
		else if (strcmp(before, "-cpu") == 0)
			bufputs(out, "\"$cpu\"");
		else
			shellword(out, text);
		before = text;
	}
	bufputs(out, " \\\n\t\t\"$@\"\n}\n");
}

void settingsprint(struct buf *out, const struct run *r, const struct strlist *more)
{
	const cJSON *argv = cJSON_GetObjectItem(r->about, "argv");

	bufputs(out,
		"# shellcheck shell=sh disable=SC2034 # the script reads them\n"
		"# What the script boots, and how the run was. Written by 'make repro' of Whittle.\n");
	set(out, "qemu",
	    argv && argv->child && argv->child->valuestring ? argv->child->valuestring : "");
	set(out, "version", runtext(r->about, "qemu"));
	set(out, "packages", runtext(r->about, "packages"));
	set(out, "accel", valueof(argv, "-accel"));
	set(out, "cpu", valueof(argv, "-cpu"));
	set(out, "mode", runtext(r->about, "mode"));
	set(out, "mark", runtext(r->about, "mark"));
	set(out, "channel", runtext(r->about, "channel"));
	setnumber(out, "silence", runnumber(r->about, "silence"));
	set(out, "strict", runtrue(r->about, "strict") ? "y" : "");
	set(out, "command", runtext(r->record, "command"));
	set(out, "cause", runtext(r->record, "cause"));
	set(out, "detail", runtext(r->record, "detail"));
	setnumber(out, "code", runnumber(r->record, "exit"));
	setwords(out, "disks", cJSON_GetObjectItem(r->about, "disks"));
	setwords(out, "shares", cJSON_GetObjectItem(r->about, "shares"));
	for (size_t i = 0; i < more->len; i++) {
		char *eq = strchr(more->item[i], '=');
		char *name = xstrndup(more->item[i], (size_t)(eq - more->item[i]));

		set(out, name, eq + 1);
		free(name);
	}
	commandprint(out, argv);
}
