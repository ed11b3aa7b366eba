// SPDX-License-Identifier: GPL-2.0-or-later
#include "recordingfile.h"

#include <cjson/cJSON.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/digest.h"
#include "fs/file.h"

/* Of the file, and of the numbers of QEMU's descriptors in the command line (vm.h). */
#define FORMAT 1

/* The files that a recording has itself. */
static const char *const parts[] = { "events", "initrd" };

#define PARTS (sizeof(parts) / sizeof(*parts))

/* Add the absolute path of a file to a list, and its digest to files. */
static int fileadd(cJSON *files, cJSON *list, const char *path)
{
	char *full = realpath(path, NULL), hex[DIGESTHEX];
	int ret = full ? digestfile(full, hex) : -1;

	if (ret == 0) {
		cJSON_AddItemToObject(files, full, cJSON_CreateString(hex));
		cJSON_AddItemToArray(list, cJSON_CreateString(full));
	}
	free(full);
	return ret;
}

/* Add the files of this machine that a replay needs. */
static int filesadd(cJSON *json, const struct options *o, const char *program)
{
	cJSON *files = cJSON_AddObjectToObject(json, "files");
	cJSON *kernels = cJSON_AddArrayToObject(json, "kernels");
	cJSON *config = cJSON_AddArrayToObject(json, "config");
	cJSON *qemu = cJSON_AddArrayToObject(json, "qemu");

	for (size_t i = 0; i < o->kernels.len; i++)
		if (fileadd(files, kernels, o->kernels.item[i]) < 0)
			return -1;
	if (o->config && fileadd(files, config, o->config) < 0)
		return -1;
	return fileadd(files, qemu, program);
}

/* Add the digests of the recording's own files. */
static int partsadd(cJSON *json, const char *dir)
{
	cJSON *own = cJSON_AddObjectToObject(json, "parts");
	int ret = 0;

	for (size_t i = 0; ret == 0 && i < PARTS; i++) {
		char *path = pathjoin(dir, parts[i]), hex[DIGESTHEX];

		ret = digestfile(path, hex);
		if (ret == 0)
			cJSON_AddStringToObject(own, parts[i], hex);
		free(path);
	}
	return ret;
}

/* Add what the options have of the guest. */
static void guestadd(cJSON *json, const struct options *o, const struct machine *m)
{
	char *arch = o->arch && strchr(o->arch, '/') ? realpath(o->arch, NULL) : NULL;

	cJSON_AddStringToObject(json, "arch", arch ? arch : m->arch->name);
	free(arch);
	cJSON_AddStringToObject(json, "machine", m->type);
	cJSON_AddNumberToObject(json, "memory", o->memory);
	cJSON_AddNumberToObject(json, "cpus", o->cpus);
	cJSON_AddBoolToObject(json, "guestinit", o->guestinit);
	cJSON_AddStringToObject(json, "command", o->command);
}

char *recordingend(const struct launch *l, const char *program, const char *mark)
{
	const struct options *o = l->options;
	struct strlist argv = { 0 };
	cJSON *json = cJSON_CreateObject(), *words;
	char *path = pathjoin(o->record, RECORDING_FILE), *text = NULL, *why = NULL;

	cJSON_AddNumberToObject(json, "format", FORMAT);
	guestadd(json, o, l->machine);
	cJSON_AddStringToObject(json, "mark", mark);
	words = cJSON_AddArrayToObject(json, "argv");
	launchargv(l, &argv);
	for (size_t i = 0; i < argv.len; i++)
		cJSON_AddItemToArray(words, cJSON_CreateString(argv.item[i]));
	listfree(&argv);
	if (filesadd(json, o, program) == 0 && partsadd(json, o->record) == 0)
		text = cJSON_Print(json);
	if (!text || filewrite(path, text, strlen(text), 0600) < 0)
		why = xasprintf("the recording in %s is not complete: %s", o->record,
				strerror(errno));
	free(text);
	free(path);
	cJSON_Delete(json);
	return why;
}

/* Why the file at path has not the digest any more; NULL: it has. */
static char *verify(const char *path, const cJSON *hex)
{
	char now[DIGESTHEX];

	if (digestfile(path, now) < 0)
		return xasprintf("cannot read %s, which was recorded: %s", path, strerror(errno));
	if (cJSON_IsString(hex) && strcmp(hex->valuestring, now) == 0)
		return NULL;
	return xasprintf("%s has changed since the run was recorded: record it again", path);
}

static char *verifyall(const cJSON *json, const char *dir)
{
	const cJSON *file, *own = cJSON_GetObjectItem(json, "parts");
	char *why = NULL;

	cJSON_ArrayForEach(file, cJSON_GetObjectItem(json, "files"))
	{
		if (!why)
			why = verify(file->string, file);
	}
	for (size_t i = 0; !why && i < PARTS; i++) {
		char *path = pathjoin(dir, parts[i]);

		why = verify(path, cJSON_GetObjectItem(own, parts[i]));
		free(path);
	}
	return why;
}

/* The first text of a list; NULL: it is empty. */
static const char *first(const cJSON *json, const char *name)
{
	return cJSON_GetStringValue(cJSON_GetArrayItem(cJSON_GetObjectItem(json, name), 0));
}

static const char *text(const cJSON *json, const char *name)
{
	return cJSON_GetStringValue(cJSON_GetObjectItem(json, name));
}

/* Append the texts of a list. */
static void listtake(struct strlist *to, const cJSON *json, const char *name)
{
	const cJSON *item;

	cJSON_ArrayForEach(item, cJSON_GetObjectItem(json, name))
	{
		if (cJSON_IsString(item))
			listadd(to, item->valuestring);
	}
}

/* Set what o has of the guest. Returns whether all is there. */
static bool take(struct recording *r, struct options *o, const cJSON *json)
{
	const char *mark = text(json, "mark"), *command = text(json, "command");

	listtake(&o->kernels, json, "kernels");
	listtake(&r->argv, json, "argv");
	o->config = first(json, "config");
	o->qemu = first(json, "qemu");
	o->arch = text(json, "arch");
	o->machine = text(json, "machine");
	o->memory = (unsigned)cJSON_GetNumberValue(cJSON_GetObjectItem(json, "memory"));
	o->cpus = (unsigned)cJSON_GetNumberValue(cJSON_GetObjectItem(json, "cpus"));
	o->guestinit = cJSON_IsTrue(cJSON_GetObjectItem(json, "guestinit"));
	o->accel = ACCEL_TCG;
	if (!mark || strlen(mark) != MARKLEN || !command || !o->qemu || !o->arch || !o->machine ||
	    !o->kernels.len || !r->argv.len)
		return false;
	memcpy(r->mark, mark, MARKLEN + 1);
	o->command = xstrdup(command);
	return true;
}

char *recordingopen(struct recording *r, struct options *o)
{
	char *path = pathjoin(o->replay, RECORDING_FILE), *why;
	struct buf in = { 0 };
	cJSON *json = NULL;

	if (fileread(path, &in) < 0) {
		why = xasprintf("there is no recording in %s: %s: %s", o->replay, path,
				strerror(errno));
		free(path);
		return why;
	}
	json = cJSON_ParseWithLength(bufstr(&in), in.len);
	buffree(&in);
	if (cJSON_GetNumberValue(cJSON_GetObjectItem(json, "format")) != FORMAT)
		why = xasprintf("%s is of another version of runqemu: record it again", path);
	else
		why = verifyall(json, o->replay);
	/* json stays: o refers to it */
	if (!why && !take(r, o, json))
		why = xasprintf("%s is damaged: record it again", path);
	free(path);
	return why;
}
