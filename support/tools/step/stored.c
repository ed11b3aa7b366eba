// SPDX-License-Identifier: GPL-2.0-or-later
#include "stored.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/affix.h"
#include "base/clock.h"
#include "base/msg.h"
#include "dirs.h"
#include "done.h"
#include "fs/file.h"
#include "imagedigest.h"
#include "key.h"
#include "sandbox.h"

static const char *const parts[] = { "target", "sysroot", "images" };

void storedname(const struct job *j, const struct buf *keys, char name[DIGESTHEX])
{
	struct digest *d = digestnew();

	for (size_t i = 0; i < j->steps.len; i++) {
		digestadd(d, j->steps.item[i], strlen(j->steps.item[i]) + 1);
		if (keys[i].len)
			digestadd(d, keys[i].data, keys[i].len);
		digestadd(d, "", 1);
	}
	digestend(d, name);
}

static void note(const struct job *j, char *text)
{
	if (text)
		warn("%s: %s", j->name, text);
	free(text);
}

bool storedlook(const struct job *j, const struct buf *keys, struct buf *meta)
{
	char name[DIGESTHEX];
	char *text = NULL;
	bool ret;

	if (!j->store.dir)
		return false;
	storedname(j, keys, name);
	ret = artifactfind(&j->store, name, meta, &text);
	note(j, text);
	return ret;
}

/* Append "digest.PART HEX" for each part of the image. */
static void putdigests(const struct job *j, struct buf *meta)
{
	for (size_t i = 0; i < sizeof(parts) / sizeof(*parts); i++) {
		char *path = jobfile(j, "digest.", parts[i], "");
		struct buf text = { 0 };

		if (fileread(path, &text) == 0)
			bufprintf(meta, "digest.%s %.64s\n", parts[i], bufstr(&text));
		buffree(&text);
		free(path);
	}
}

/* Append the lines "time STEP SECONDS" and "epoch SECONDS"; taketimes writes their files. */
static void puttimes(const struct job *j, struct buf *meta)
{
	struct buf text = { 0 };

	for (size_t i = 0; i < j->steps.len; i++) {
		char *path = jobfile(j, "", j->steps.item[i], ".time");

		bufclear(&text);
		if (fileread(path, &text) == 0)
			bufprintf(meta, "time %s %s", j->steps.item[i], bufstr(&text));
		free(path);
	}
	bufclear(&text);
	if (imageepoch(j, &text))
		bufprintf(meta, "epoch %s", bufstr(&text));
	buffree(&text);
}

static void taketimes(const struct job *j, const char *meta)
{
	for (const char *p = meta; *p; p += strcspn(p, "\n"), p += *p == '\n') {
		const char *value = strchr(p, ' ');
		size_t len = value ? strcspn(value + 1, " \n") : 0;
		char *name;

		if (!value || !startswith(p, "time "))
			continue;
		name = xasprintf("%.*s.time", (int)len, value + 1);
		value += 1 + len;
		value += *value == ' ';
		if (!strchr(name, '/'))
			dirrecord(j, name, value, strcspn(value, "\n") + 1);
		free(name);
	}
}

/*
 * Return the rest of the line in meta that begins with word, as a new string; NULL if there is
 * none.
 */
static char *metaline(const char *meta, const char *word)
{
	size_t len = strlen(word);

	for (const char *p = meta; *p; p += strcspn(p, "\n"), p += *p == '\n') {
		if (strncmp(p, word, len) == 0 && p[len] == ' ')
			return xasprintf("%.*s\n", (int)strcspn(p + len + 1, "\n"), p + len + 1);
	}
	return NULL;
}

/* Write the digests of the new image/ and compare them with the description. */
static bool adopt(const struct job *j, struct buf *meta)
{
	char *epoch = metaline(bufstr(meta), "epoch");
	struct buf digests = { 0 };
	char *why;
	bool ret;

	if (imagedigest(j, epoch, &why) < 0)
		die("%s: %s", j->name, why);
	putdigests(j, &digests);
	ret = strstr(bufstr(meta), bufstr(&digests)) != NULL;
	if (!ret)
		warn("%s: the stored image does not match its description; building instead",
		     j->name);
	else
		taketimes(j, bufstr(meta));
	buffree(&digests);
	free(epoch);
	return ret;
}

static void recordkeys(const struct job *j, const struct stale *s)
{
	for (size_t i = 0; i < j->steps.len; i++) {
		char *name = xasprintf("restored/%s", j->steps.item[i]);

		dirrecord(j, name, s->keys[i].data, s->keys[i].len);
		free(name);
	}
}

bool storedrestore(const struct job *j, const struct stale *s)
{
	char name[DIGESTHEX];
	struct buf meta = { 0 };
	int64_t start = clockms();
	char *to, *text;
	int ret;

	if (!j->store.dir)
		return false;
	storedname(j, s->keys, name);
	/* The present image stays until the new one is complete. */
	dirforget(j, "image.new");
	to = jobpath(j, "image.new");
	ret = artifactload(&j->store, name, to, &meta, &text);
	/* If its files cannot be written, those of a build cannot either. */
	if (ret < 0)
		die("%s: %s", j->name, text);
	note(j, text);
	if (ret == 1) {
		doneundo(j, "install");
		dirmove(j, "image.new", "image");
	}
	ret = ret == 1 && adopt(j, &meta);
	if (ret) {
		recordkeys(j, s);
		donesay(j, "cache", (double)(clockms() - start) / 1000);
	}
	buffree(&meta);
	free(to);
	return ret;
}

void storedkeep(const struct job *j, const struct stale *s)
{
	struct buf meta = { 0 };
	char name[DIGESTHEX];
	char *from, *why, *text = NULL;

	/* A script without the sandbox may have used files that are not in its key. */
	if (!j->store.dir || sandboxmissed(j))
		return;
	/* Another make may have rewritten the scripts meanwhile. */
	for (size_t i = 0; i < j->steps.len; i++) {
		struct buf key = { 0 };
		bool same = keymake(j, j->steps.item[i], NULL, &key, &why) == 0 &&
			    keysame(&key, &s->keys[i]);

		buffree(&key);
		if (!same)
			return;
	}
	storedname(j, s->keys, name);
	bufprintf(&meta, "%s\n", j->title);
	putdigests(j, &meta);
	puttimes(j, &meta);
	from = jobpath(j, "image");
	artifactstore(&j->store, name, from, &meta, &text);
	note(j, text);
	buffree(&meta);
	free(from);
}
