// SPDX-License-Identifier: GPL-2.0-or-later
#include "measure.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "fs/file.h"

double measuretime(const char *dir)
{
	static const char *const steps[] = { "unpack", "configure", "build", "install" };
	struct buf text = { 0 };
	double sum = 0;

	for (size_t i = 0; i < sizeof(steps) / sizeof(*steps); i++) {
		char *path = xasprintf("%s/%s.time", dir, steps[i]);
		int ret;

		bufclear(&text);
		ret = fileread(path, &text);
		free(path);
		if (ret == 0)
			sum += strtod(bufstr(&text), NULL);
		else if (strcmp(steps[i], "install") == 0)
			sum = -1;
	}
	buffree(&text);
	return sum;
}

/* Split a line "MODE WHAT PATH" of a manifest in place. */
static int cutline(char *line, unsigned long *mode, char **what, char **path)
{
	char *end;

	*mode = strtoul(line, &end, 8);
	if (end == line || *end != ' ')
		return -1;
	*what = end + 1;
	*path = strchr(*what, ' ');
	if (!*path)
		return -1;
	*(*path)++ = '\0';
	return 0;
}

static struct part *partof(struct package *p, const char *path, const char **rel)
{
	for (size_t i = 0; i < NPARTS; i++) {
		size_t len = strlen(p->part[i].name);

		if (strncmp(path, p->part[i].name, len) == 0 && path[len] == '/') {
			*rel = path + len + 1;
			return &p->part[i];
		}
	}
	return NULL;
}

/* Add a file or link of the part to its directory. */
static void addpath(struct part *part, const char *rel)
{
	const char *slash = strrchr(rel, '/');
	char *dir = slash ? xstrndup(rel, (size_t)(slash - rel)) : xstrdup("");
	char **names = NULL;

	for (size_t i = 0; i < part->paths.len; i++) {
		if (strcmp(part->paths.item[i].name, dir) == 0)
			names = &part->paths.item[i].value;
	}
	if (names) {
		char *more = xasprintf("%s %s", *names, slash ? slash + 1 : rel);

		free(*names);
		*names = more;
	} else {
		pairadd(&part->paths, dir, slash ? slash + 1 : rel);
	}
	free(dir);
}

static int addline(struct package *p, char *line)
{
	unsigned long mode;
	char *what, *path, *file;
	const char *rel;
	struct part *part;
	struct stat st;

	if (cutline(line, &mode, &what, &path) < 0)
		return 0;
	part = partof(p, path, &rel);
	if (!part || S_ISDIR(mode))
		return 0;
	addpath(part, rel);
	if (S_ISLNK(mode)) {
		part->links++;
		return 0;
	}
	part->files++;
	file = xasprintf("%s/image/%s", p->dir, path);
	if (lstat(file, &st) < 0) {
		free(file);
		return -1;
	}
	part->bytes += (unsigned long long)st.st_size;
	free(file);
	return 0;
}

int measureimage(struct package *p, char **why)
{
	static const char *const names[NPARTS] = { "target", "sysroot", "host", "images" };
	char *path = pathjoin(p->dir, "manifest");
	struct buf text = { 0 };
	char *s, *line;
	int ret = 0;

	for (size_t i = 0; i < NPARTS; i++)
		p->part[i].name = names[i];
	if (fileread(path, &text) < 0) {
		bool none = errno == ENOENT;

		if (!none)
			*why = xasprintf("cannot read %s: %s", path, strerror(errno));
		free(path);
		return none ? 0 : -1;
	}
	s = text.data;
	while (ret == 0 && s && (line = strsep(&s, "\n")))
		ret = addline(p, line);
	if (ret < 0)
		*why = xasprintf("%s: a file in it cannot be read: %s", path, strerror(errno));
	p->measured = ret == 0;
	buffree(&text);
	free(path);
	return ret;
}

void measuredigests(struct pairs *d, const char *dir, const char *part)
{
	char *file = pathjoin(dir, "manifest");
	size_t len = strlen(part);
	struct buf text = { 0 };
	char *s = NULL, *line, *what, *path;
	unsigned long mode;

	if (fileread(file, &text) == 0)
		s = text.data;
	while (s && (line = strsep(&s, "\n"))) {
		if (cutline(line, &mode, &what, &path) == 0 && S_ISREG(mode) &&
		    strncmp(path, part, len) == 0 && path[len] == '/')
			pairadd(d, path + len + 1, what);
	}
	buffree(&text);
	free(file);
}
