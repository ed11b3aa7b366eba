// SPDX-License-Identifier: GPL-2.0-or-later
#include "plan.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/url.h"
#include "fs/capture.h"
#include "fs/file.h"

#define APT_WAIT 20000 /* milliseconds */

static void addjoined(struct strlist *out, const char *base, const char *path)
{
	char *url = urljoin(base, path);

	listadd(out, url);
	free(url);
}

void planurls(const struct entry *e, const struct config *c, struct strlist *out)
{
	for (size_t i = 0; i < c->mirrors.len; i++)
		addjoined(out, c->mirrors.item[i], e->path);
	for (size_t i = 0; i < e->urls.len && !c->offline; i++)
		listadd(out, e->urls.item[i]);
}

/*
 * Return the first mirror in apt's list that is not a security archive, as a new string; or NULL.
 */
static char *aptmirror(void)
{
	char *argv[] = { "apt-get", "indextargets", "--format", "$(REPO_URI)", NULL };
	const struct capture c = {
		.argv = argv, .env = environ, .in = -1, .file = -1, .wait = APT_WAIT
	};
	struct buf text = { 0 };
	char *found = NULL;
	char *p, *line;

	capture(&c, &text, NULL);
	p = text.len ? text.data : NULL;
	while (!found && (line = strsep(&p, "\n"))) {
		line[strcspn(line, "\r")] = '\0';
		if (*line && !strstr(line, "security") && !urlerror(line))
			found = xstrdup(line);
	}
	buffree(&text);
	return found;
}

void planpool(const struct entry *e, const struct config *c, struct strlist *out)
{
	static char *found;
	static bool asked;

	if (c->offline || !e->pools.len)
		return;
	if (!c->pool && !asked) {
		asked = true;
		found = aptmirror();
	}
	for (size_t i = 0; i < e->pools.len && (c->pool || found); i++) {
		char *path = pathjoin("pool/main", e->pools.item[i]);

		addjoined(out, c->pool ? c->pool : found, path);
		free(path);
	}
}
