// SPDX-License-Identifier: GPL-2.0-or-later
#include "sbom.h"

#include <cjson/cJSON.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "base/digest.h"
#include "component.h"
#include "fs/file.h"

#define EPOCH_LEAST 315532800 /* 1980: like in the root filesystem */

/* The time of the image: from the list, else that of its newest source. */
static time_t imagetime(const struct inventory *v)
{
	long long newest = EPOCH_LEAST;

	if (v->epoch)
		return (time_t)strtoll(v->epoch, NULL, 10);
	for (size_t i = 0; i < v->len; i++) {
		char *path = pathjoin(v->package[i]->dir, "epoch");
		struct buf text = { 0 };
		long long seconds =
			fileread(path, &text) < 0 ? 0 : strtoll(bufstr(&text), NULL, 10);

		newest = seconds > newest ? seconds : newest;
		buffree(&text);
		free(path);
	}
	return (time_t)newest;
}

/* Add each file below dir to files; rel is the name of dir there. 0, or -1 with *why. */
static int addimages(cJSON *files, const char *dir, const char *rel, char **why)
{
	struct strlist names = { 0 };
	char hex[DIGESTHEX];
	struct stat st;
	int ret = dirlist(dir, &names);

	if (ret < 0)
		*why = xasprintf("cannot read %s: %s", dir, strerror(errno));
	for (size_t i = 0; ret == 0 && i < names.len; i++) {
		char *path = pathjoin(dir, names.item[i]), *name = pathjoin(rel, names.item[i]);
		cJSON *file;

		ret = lstat(path, &st);
		if (ret == 0 && S_ISDIR(st.st_mode)) {
			ret = addimages(files, path, name, why);
		} else if (ret == 0 && S_ISREG(st.st_mode) && (ret = digestfile(path, hex)) == 0) {
			file = cJSON_CreateObject();
			cJSON_AddStringToObject(file, "type", "file");
			cJSON_AddStringToObject(file, "name", name);
			cJSON_AddItemToObject(file, "hashes", hashesmake(hex));
			cJSON_AddItemToArray(files, file);
		}
		if (ret < 0 && !*why)
			*why = xasprintf("cannot read %s: %s", path, strerror(errno));
		free(path);
		free(name);
	}
	listfree(&names);
	return ret;
}

/* Add the subject, the author and the time. */
static int addmetadata(cJSON *doc, const struct inventory *v, const char *ref, char **why)
{
	cJSON *metadata = cJSON_AddObjectToObject(doc, "metadata");
	cJSON *tools = cJSON_CreateArray(), *tool = cJSON_CreateObject();
	time_t when = imagetime(v);
	cJSON *image;
	char text[64];
	struct tm tm;

	strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%SZ", gmtime_r(&when, &tm));
	cJSON_AddStringToObject(metadata, "timestamp", text);
	cJSON_AddStringToObject(tool, "type", "application");
	cJSON_AddStringToObject(tool, "name", "whittle");
	cJSON_AddItemToArray(tools, tool);
	cJSON_AddItemToObject(cJSON_AddObjectToObject(metadata, "tools"), "components", tools);
	image = cJSON_AddObjectToObject(metadata, "component");
	cJSON_AddStringToObject(image, "type", "firmware");
	cJSON_AddStringToObject(image, "bom-ref", ref);
	cJSON_AddStringToObject(image, "name", v->board);
	return addimages(cJSON_AddArrayToObject(image, "components"), v->images, "", why);
}

/* Add the dependencies of ref: names. */
static void adddepends(cJSON *all, const char *ref, struct strlist *names)
{
	cJSON *one = cJSON_CreateObject(), *on = cJSON_CreateArray();

	listsort(names);
	cJSON_AddStringToObject(one, "ref", ref);
	for (size_t i = 0; i < names->len; i++) {
		if (i == 0 || strcmp(names->item[i], names->item[i - 1]) != 0)
			cJSON_AddItemToArray(on, cJSON_CreateString(names->item[i]));
	}
	cJSON_AddItemToObject(one, "dependsOn", on);
	cJSON_AddItemToArray(all, one);
}

static int addpackages(cJSON *doc, const struct inventory *v, const struct strlist *ids,
		       const char *ref, char **why)
{
	cJSON *components = cJSON_AddArrayToObject(doc, "components");
	cJSON *dependencies = cJSON_AddArrayToObject(doc, "dependencies");
	struct strlist brought = { 0 };

	for (size_t i = 0; i < v->len; i++) {
		if (v->package[i]->brings)
			listadd(&brought, v->package[i]->name);
	}
	adddepends(dependencies, ref, &brought);
	listfree(&brought);
	for (size_t i = 0; i < v->len; i++) {
		cJSON *c = componentmake(v, v->package[i], ids, why);

		if (!c)
			return -1;
		cJSON_AddItemToArray(components, c);
		adddepends(dependencies, v->package[i]->name, &v->package[i]->depends);
	}
	return 0;
}

/*
 * Return a UUID from the digest of text: version 8, which allows that (RFC 9562). The caller frees
 * it.
 */
static char *serialnumber(const char *text)
{
	char hex[DIGESTHEX];

	digestbytes(text, strlen(text), hex);
	hex[12] = '8';
	hex[16] = "89ab"[strtoul((char[]){ hex[16], '\0' }, NULL, 16) & 3];
	return xasprintf("urn:uuid:%.8s-%.4s-%.4s-%.4s-%.12s", hex, hex + 8, hex + 12, hex + 16,
			 hex + 20);
}

int sbomwrite(const struct inventory *v, const struct strlist *ids, struct buf *out, char **why)
{
	char *ref = xasprintf("board/%s", v->board);
	cJSON *doc = cJSON_CreateObject(), *serial = cJSON_CreateString("");
	char *text, *number;
	int ret;

	cJSON_AddStringToObject(doc, "bomFormat", "CycloneDX");
	cJSON_AddStringToObject(doc, "specVersion", "1.6");
	cJSON_AddItemToObject(doc, "serialNumber", serial);
	cJSON_AddNumberToObject(doc, "version", 1);
	ret = addmetadata(doc, v, ref, why);
	if (ret == 0)
		ret = addpackages(doc, v, ids, ref, why);
	if (ret == 0) {
		text = cJSON_PrintUnformatted(doc);
		number = serialnumber(text);
		cJSON_SetValuestring(serial, number);
		free(number);
		free(text);
		text = cJSON_Print(doc);
		bufprintf(out, "%s\n", text);
		free(text);
	}
	cJSON_Delete(doc);
	free(ref);
	return ret;
}
