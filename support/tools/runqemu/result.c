// SPDX-License-Identifier: GPL-2.0-or-later
#include "result.h"

#include <cjson/cJSON.h>
#include <stdlib.h>

#include "fs/file.h"
#include "report.h"
#include "testjson.h"

const char *resultcause(const struct guestend *end, enum mode mode, int code)
{
	enum trouble trouble = end->console.trouble;

	switch (end->outcome) {
	case OUT_STATUS:
		if (mode != MODE_COMMAND)
			return "ok";
		if (code == EXIT_TROUBLE && trouble)
			return troublename(trouble);
		if (code == EXIT_TESTS && resultsbad(&end->results))
			return "tests failed";
		return code ? "command failed" : "ok";
	case OUT_OFF:
	case OUT_RESET:
	case OUT_QUIT:
		if (code == 0)
			return "ok";
		return end->ready ? "ended" : "no init";
	case OUT_PANIC:
		return "panic";
	case OUT_NOINIT:
		return "no init";
	case OUT_SILENT:
	case OUT_LATE:
		if (trouble)
			return troublename(trouble);
		return code == EXIT_NOINIT ? "no init" : "timeout";
	case OUT_SIGNAL:
		return "interrupted";
	case OUT_WRITE:
		return "output lost";
	default:
		return "QEMU died";
	}
}

const char *resultdetail(const struct guestend *end)
{
	if (end->console.panic || end->console.troubleline)
		return end->console.panic ? end->console.panic : end->console.troubleline;
	return end->results.first;
}

static void addtext(cJSON *to, const char *name, const char *text)
{
	if (text)
		cJSON_AddStringToObject(to, name, text);
	else
		cJSON_AddNullToObject(to, name);
}

/* value < 0: null */
static void addnumber(cJSON *to, const char *name, long value)
{
	if (value >= 0)
		cJSON_AddNumberToObject(to, name, (double)value);
	else
		cJSON_AddNullToObject(to, name);
}

void resultprint(const struct result *r, struct buf *out)
{
	struct guestend *end = r->end;
	cJSON *o = cJSON_CreateObject(), *kernel;
	char *text;

	addtext(o, "cause", r->cause);
	addtext(o, "detail", r->detail);
	addnumber(o, "exit", r->exit);
	addnumber(o, "status", end && end->outcome == OUT_STATUS ? end->status : -1);
	addtext(o, "command", r->command);
	addtext(o, "accelerator", r->accel);
	addtext(o, "machine", r->machine);
	addtext(o, "image", r->kernel);
	addnumber(o, "boot_ms", end ? end->readyms : -1);
	addnumber(o, "total_ms", end ? end->totalms : -1);
	kernel = cJSON_AddObjectToObject(o, "kernel");
	addtext(kernel, "panic", end ? end->console.panic : NULL);
	addtext(kernel, "trouble",
		end && end->console.trouble ? troublename(end->console.trouble) : NULL);
	addtext(kernel, "line", end ? end->console.troubleline : NULL);
	addnumber(kernel, "warnings", end ? (long)end->console.warnings : 0);
	testjson(o, "tests", end ? &end->results : NULL);
	text = cJSON_Print(o);
	if (!text)
		abort(); /* out of memory: like lib/base/buf.h */
	bufprintf(out, "%s\n", text);
	cJSON_free(text);
	cJSON_Delete(o);
}

int resultwrite(const struct result *r, const char *path)
{
	struct buf text = { 0 };
	int ret;

	resultprint(r, &text);
	ret = filewrite(path, text.data, text.len, 0666);
	buffree(&text);
	return ret;
}
