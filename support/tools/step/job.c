// SPDX-License-Identifier: GPL-2.0-or-later
#include "job.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "file.h"

void pairadd(struct pairs *p, const char *name, size_t namelen, const char *value)
{
	p->item = xrealloc(p->item, (p->len + 1) * sizeof(*p->item));
	p->item[p->len].name = xstrndup(name, namelen);
	p->item[p->len].value = xstrdup(value);
	p->len++;
}

char *jobpath(const struct job *j, const char *name)
{
	return pathjoin(j->dir, name);
}

char *jobfile(const struct job *j, const char *prefix, const char *step, const char *suffix)
{
	return xasprintf("%s/%s%s%s", j->dir, prefix, step, suffix);
}

static int pairhas(const struct pairs *p, const char *name, size_t len)
{
	for (size_t i = 0; i < p->len; i++) {
		if (strlen(p->item[i].name) == len && memcmp(p->item[i].name, name, len) == 0)
			return 1;
	}
	return 0;
}

/* Add the packages that the deps file at path names. */
static int depsread(struct pairs *deps, const char *path)
{
	struct buf text = { 0 };
	char *p, *line, *space;

	if (fileread(path, &text) < 0) {
		buffree(&text);
		return errno == ENOENT ? 0 : -1;
	}
	p = text.data;
	while (p && (line = strsep(&p, "\n"))) {
		space = strchr(line, ' ');
		if (space && !pairhas(deps, line, (size_t)(space - line)))
			pairadd(deps, line, (size_t)(space - line), space + 1);
	}
	buffree(&text);
	return 0;
}

static int byname(const void *a, const void *b)
{
	return strcmp(((const struct pair *)a)->name, ((const struct pair *)b)->name);
}

int jobdeps(struct job *j)
{
	size_t direct = j->deps.len;
	struct buf out = { 0 };
	char *path;
	int ret = 0;

	for (size_t i = 0; ret == 0 && i < direct; i++) {
		path = pathjoin(j->deps.item[i].value, "deps");
		ret = depsread(&j->deps, path);
		free(path);
	}
	if (j->deps.len)
		qsort(j->deps.item, j->deps.len, sizeof(*j->deps.item), byname);
	for (size_t i = 0; i < j->deps.len; i++)
		bufprintf(&out, "%s %s\n", j->deps.item[i].name, j->deps.item[i].value);
	path = jobpath(j, "deps");
	if (ret == 0 && fileupdate(path, bufstr(&out), out.len, 0666) < 0)
		ret = -1;
	free(path);
	buffree(&out);
	return ret;
}
