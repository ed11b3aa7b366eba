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

void pairsfree(struct pairs *p)
{
	for (size_t i = 0; i < p->len; i++) {
		free(p->item[i].name);
		free(p->item[i].value);
	}
	free(p->item);
	*p = (struct pairs){ 0 };
}

int pairhas(const struct pairs *p, const char *name, size_t len)
{
	for (size_t i = 0; i < p->len; i++) {
		if (strlen(p->item[i].name) == len && memcmp(p->item[i].name, name, len) == 0)
			return 1;
	}
	return 0;
}

static int byname(const void *a, const void *b)
{
	return strcmp(((const struct pair *)a)->name, ((const struct pair *)b)->name);
}

void pairsort(struct pairs *p)
{
	if (p->len)
		qsort(p->item, p->len, sizeof(*p->item), byname);
}

char *jobpath(const struct job *j, const char *name)
{
	return pathjoin(j->dir, name);
}

char *jobfile(const struct job *j, const char *prefix, const char *step, const char *suffix)
{
	return xasprintf("%s/%s%s%s", j->dir, prefix, step, suffix);
}

/* The directory NAME beside dir, as a new string. */
static char *beside(const char *dir, const char *name, size_t namelen)
{
	const char *slash = strrchr(dir, '/');

	return xasprintf("%.*s%.*s", slash ? (int)(slash + 1 - dir) : 0, dir, (int)namelen, name);
}

/* Add the packages that the deps file of the one in dir names. */
static int depsread(struct pairs *deps, const char *dir)
{
	char *path = pathjoin(dir, "deps");
	struct buf text = { 0 };
	char *p, *line, *to;
	int ret = fileread(path, &text);

	if (ret < 0 && errno == ENOENT)
		ret = 0;
	p = text.data;
	while (ret == 0 && p && (line = strsep(&p, "\n"))) {
		size_t len = strcspn(line, " ");

		if (!len || pairhas(deps, line, len))
			continue;
		to = line[len] ? xstrdup(line + len + 1) : beside(dir, line, len);
		pairadd(deps, line, len, to);
		free(to);
	}
	buffree(&text);
	free(path);
	return ret;
}

/* The line of one package in the deps file of the one in dir. */
static void depsline(struct buf *out, const struct pair *dep, const char *dir)
{
	char *sibling = beside(dir, dep->name, strlen(dep->name));

	bufputs(out, dep->name);
	if (strcmp(sibling, dep->value) != 0)
		bufprintf(out, " %s", dep->value);
	bufputc(out, '\n');
	free(sibling);
}

int jobdeps(struct job *j)
{
	size_t direct = j->deps.len;
	struct buf out = { 0 };
	char *path;
	int ret = 0;

	for (size_t i = 0; ret == 0 && i < direct; i++)
		ret = depsread(&j->deps, j->deps.item[i].value);
	pairsort(&j->deps);
	for (size_t i = 0; i < j->deps.len; i++)
		depsline(&out, &j->deps.item[i], j->dir);
	path = jobpath(j, "deps");
	if (ret == 0 && fileupdate(path, bufstr(&out), out.len, 0666) < 0)
		ret = -1;
	free(path);
	buffree(&out);
	return ret;
}
