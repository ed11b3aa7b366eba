// SPDX-License-Identifier: GPL-2.0-or-later
#include "plan.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "file.h"
#include "url.h"

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

/* The first mirror in apt's list that is no security archive, as a new string, or NULL. */
static char *aptmirror(void)
{
	FILE *f = popen("apt-get indextargets --format '$(REPO_URI)' 2>/dev/null", "re");
	char *line = NULL;
	char *found = NULL;
	size_t size = 0;

	if (!f)
		return NULL;
	while (getline(&line, &size, f) > 0) {
		line[strcspn(line, "\r\n")] = '\0';
		if (!found && !strstr(line, "security") && !urlerror(line))
			found = xstrdup(line);
	}
	free(line);
	pclose(f);
	return found;
}

void planpool(const struct entry *e, const struct config *c, struct strlist *out)
{
	static char *found;
	static int asked;

	if (c->offline || !e->pools.len)
		return;
	if (!c->pool && !asked) {
		asked = 1;
		found = aptmirror();
	}
	for (size_t i = 0; i < e->pools.len && (c->pool || found); i++) {
		char *path = pathjoin("pool/main", e->pools.item[i]);

		addjoined(out, c->pool ? c->pool : found, path);
		free(path);
	}
}
