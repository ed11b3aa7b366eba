// SPDX-License-Identifier: GPL-2.0-or-later
/* inventoryuse: which packages are in the image. */
#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/affix.h"
#include "fs/file.h"
#include "inventory.h"
#include "use.h"

/*
 * Find the packages with files in the root filesystem: the last word of each manifest line, or the
 * one before the capabilities of a file.
 */
static int readmanifest(struct inventory *v, char **why)
{
	struct buf text = { 0 };
	char *at, *line;

	if (fileread(v->manifest, &text) < 0) {
		*why = xasprintf("cannot read %s: %s", v->manifest, strerror(errno));
		return -1;
	}
	at = text.data;
	while (at && (line = strsep(&at, "\n"))) {
		struct package *p = NULL;

		for (int words = 0; !p && words < 2; words++) {
			char *who = strrchr(line, ' ');

			if (!who)
				break;
			p = componentfind(v, who + 1);
			*who = '\0';
		}
		if (p)
			p->brings = true;
	}
	buffree(&text);
	return 0;
}

/*
 * Find what p installed for images/ and for other packages, by the lines "MODE WHAT PART/PATH" of
 * its manifest.
 */
static int readparts(struct package *p, char **why)
{
	char *path = pathjoin(p->dir, "manifest");
	struct buf text = { 0 };
	char *at, *line;
	int ret = fileread(path, &text);

	if (ret < 0)
		*why = xasprintf("cannot read %s: %s: was it built?", path, strerror(errno));
	at = text.data;
	while (at && (line = strsep(&at, "\n"))) {
		const char *what = strchr(line, ' ');
		const char *file = what ? strchr(what + 1, ' ') : NULL;

		if (file && startswith(file, " images/"))
			p->brings = true;
		else if (file && startswith(file, " sysroot/"))
			p->develops = true;
	}
	buffree(&text);
	free(path);
	return ret;
}

/* A package compiled for the target contains code of the libraries that it is linked with. */
static void use(struct inventory *v, struct package *p)
{
	p->used = true;
	for (size_t i = 0; i < p->depends.len; i++) {
		struct package *d = componentfind(v, p->depends.item[i]);

		if (!d->used && d->develops && d->mode &&
		    (strcmp(d->mode, "target") == 0 || strcmp(d->mode, "bare") == 0))
			use(v, d);
	}
}

int inventoryuse(struct inventory *v, char **why)
{
	if (readmanifest(v, why) < 0)
		return -1;
	for (size_t i = 0; i < v->len; i++) {
		if (readparts(v->package[i], why) < 0)
			return -1;
	}
	for (size_t i = 0; i < v->len; i++) {
		if (v->package[i]->brings)
			use(v, v->package[i]);
	}
	return 0;
}
