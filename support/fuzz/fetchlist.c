// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Any bytes as a list of files to fetch: reading them gives entries that keep the rules, which are
 * read again from what --list prints of them, or an error that names the line, and no more. Seeds
 * are in corpus/fetchlist; a unit test replays them, and mutations of them.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/digest.h"
#include "base/url.h"
#include "base/visible.h"
#include "fetch/entry.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void want(int good)
{
	if (!good)
		abort();
}

/* A path stays below its directory, and all text is fit for a terminal. */
static void entrycheck(const struct entry *e)
{
	want(e->line >= 1 && e->sums.len >= 1);
	want(*e->path && *e->path != '/' && isvisible(e->path));
	want(!strstr(e->path, "//") && !strstr(e->path, "/../") && strncmp(e->path, "../", 3) != 0);
	for (size_t i = 0; i < e->sums.len; i++)
		want(digestvalid(e->sums.item[i]) && entryaccepts(e, e->sums.item[i]));
	for (size_t i = 0; i < e->urls.len; i++) {
		char *shown = urlshow(e->urls.item[i]);
		char *host = urlhost(e->urls.item[i]);

		want(!urlerror(e->urls.item[i]) && isvisible(shown) && isvisible(host));
		free(host);
		free(shown);
	}
	for (size_t i = 0; i < e->pools.len; i++) {
		char *url = urljoin("http://pool/", e->pools.item[i]);

		want(!urlerror(url));
		free(url);
	}
}

static void listwrite(const struct entries *l, struct buf *out)
{
	for (size_t i = 0; i < l->len; i++) {
		const struct entry *e = &l->item[i];

		bufprintf(out, "file %s\n", e->path);
		for (size_t k = 0; k < e->sums.len; k++)
			bufprintf(out, "sha256 %s\n", e->sums.item[k]);
		for (size_t k = 0; k < e->urls.len; k++)
			bufprintf(out, "url %s\n", e->urls.item[k]);
		for (size_t k = 0; k < e->pools.len; k++)
			bufprintf(out, "pool %s\n", e->pools.item[k]);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct entries l = { 0 }, again = { 0 };
	struct buf text = { 0 }, same = { 0 };
	char *error;

	if (entriesparse("L", (const char *)data, size, &l, &error) < 0) {
		want(error && strncmp(error, "L:", 2) == 0);
		free(error);
	} else {
		for (size_t i = 0; i < l.len; i++)
			entrycheck(&l.item[i]);
		listwrite(&l, &text);
		want(entriesparse("L", bufstr(&text), text.len, &again, &error) == 0);
		listwrite(&again, &same);
		want(strcmp(bufstr(&text), bufstr(&same)) == 0);
	}
	entriesfree(&again);
	entriesfree(&l);
	buffree(&same);
	buffree(&text);
	return 0;
}
