// SPDX-License-Identifier: GPL-2.0-or-later
#include "lastrun.h"

#include <cjson/cJSON.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "fs/file.h"

#define FORMAT 2 /* of run.json */

/* Parse the file name in dir; NULL: it is no such file, with errno, or 0 if it cannot be parsed. */
static cJSON *parse(const char *dir, const char *name)
{
	char *path = pathjoin(dir, name);
	struct buf text = { 0 };
	cJSON *o = NULL;

	if (fileread(path, &text) == 0) {
		o = cJSON_ParseWithLength(bufstr(&text), text.len);
		errno = 0;
	}
	buffree(&text);
	free(path);
	return o;
}

int runread(struct run *r, const char *dir, char **why)
{
	r->about = parse(dir, "run.json");
	if (!r->about && errno == ENOENT) {
		*why = xasprintf(
			"there is no run in %s to pack: 'make qemu-run' leaves one, once its "
			"guest has ended",
			dir);
		return -1;
	}
	r->record = r->about ? parse(dir, "record.json") : NULL;
	if (r->record && runnumber(r->about, "format") == FORMAT)
		return 0;
	*why = xasprintf(
		"cannot read the run in %s: %s", dir,
		errno ? strerror(errno)
		      : "another version of runqemu wrote it, or it is damaged: run it again");
	runfree(r);
	return -1;
}

void runfree(struct run *r)
{
	cJSON_Delete(r->about);
	cJSON_Delete(r->record);
	*r = (struct run){ 0 };
}

const char *runtext(const cJSON *object, const char *name)
{
	const char *text = cJSON_GetStringValue(cJSON_GetObjectItem(object, name));

	return text ? text : "";
}

long runnumber(const cJSON *object, const char *name)
{
	const cJSON *number = cJSON_GetObjectItem(object, name);

	return cJSON_IsNumber(number) ? (long)cJSON_GetNumberValue(number) : 0;
}

bool runtrue(const cJSON *object, const char *name)
{
	return cJSON_IsTrue(cJSON_GetObjectItem(object, name));
}

char *runrefuse(const struct run *r)
{
	const cJSON *file;

	if (*runtext(r->about, "root"))
		return xasprintf(
			"the guest's root was %s of this machine, which is not packed: run it "
			"without ROOT=",
			runtext(r->about, "root"));
	if (runtrue(r->about, "keep"))
		return xstrdup(
			"the guest wrote to the image that it booted: run it without KEEP=y");
	cJSON_ArrayForEach(file, cJSON_GetObjectItem(r->about, "files")) if (
		!*runtext(
			file,
			"state")) return xasprintf("%s, which was booted, is no regular file, or could not be read",
						   runtext(file, "path"));
	return NULL;
}
