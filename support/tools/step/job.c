// SPDX-License-Identifier: GPL-2.0-or-later
#include "job.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "fs/file.h"

char *jobpath(const struct job *j, const char *name)
{
	return pathjoin(j->dir, name);
}

char *jobfile(const struct job *j, const char *prefix, const char *step, const char *suffix)
{
	return xasprintf("%s/%s%s%s", j->dir, prefix, step, suffix);
}

/* Return the path of the directory name in the parent of dir; the caller frees it. */
static char *siblingpath(const char *dir, const char *name)
{
	const char *slash = strrchr(dir, '/');

	return xasprintf("%.*s%s", slash ? (int)(slash + 1 - dir) : 0, dir, name);
}

/* Add the packages in the deps file of the package in directory dir. */
static int depsread(struct pairs *deps, const char *dir)
{
	char *path = pathjoin(dir, "deps");
	struct buf text = { 0 };
	char *p, *line, *name, *to;
	int ret = fileread(path, &text);

	if (ret < 0 && errno == ENOENT)
		ret = 0;
	p = text.data;
	while (ret == 0 && p && (line = strsep(&p, "\n"))) {
		name = strsep(&line, " ");
		if (!*name || pairfind(deps, name))
			continue;
		to = line ? xstrdup(line) : siblingpath(dir, name);
		pairadd(deps, name, to);
		free(to);
	}
	buffree(&text);
	free(path);
	return ret;
}

/* Append the line of dep for the deps file of the package in directory dir. */
static void depsline(struct buf *out, const struct pair *dep, const char *dir)
{
	char *sibling = siblingpath(dir, dep->name);

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
