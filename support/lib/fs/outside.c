// SPDX-License-Identifier: GPL-2.0-or-later
#include "fs/outside.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "fs/file.h"

struct search {
	const char *skip;
	char *top;	     /* the tree's real path */
	char *except;	     /* real path, or NULL */
	struct strlist *out; /* found so far */
	size_t first;	     /* index in out of the first path found here */
};

/* Whether the real path is dir or lies in it. */
static bool within(const char *path, const char *dir)
{
	size_t len = strlen(dir);

	if (strcmp(dir, "/") == 0)
		return true;
	return strncmp(path, dir, len) == 0 && (path[len] == '/' || !path[len]);
}

/* Whether real, which a link leads to, counts and is new. */
static bool counts(const struct search *s, const char *real)
{
	struct stat st;

	if (within(real, s->top) || within(s->top, real))
		return false;
	if (s->except && (within(real, s->except) || within(s->except, real)))
		return false;
	for (size_t i = s->first; i < s->out->len; i++) {
		if (within(real, s->out->item[i]))
			return false;
	}
	return stat(real, &st) == 0 && (S_ISREG(st.st_mode) || S_ISDIR(st.st_mode));
}

/* Follow the link at path. */
static void followlink(struct search *s, const char *path)
{
	char *real = realpath(path, NULL);

	if (real && counts(s, real))
		listadd(s->out, real);
	free(real);
}

/* Follow the links in the directory at path. */
static void followlinks(struct search *s, const char *path, const struct treedir *dir)
{
	for (size_t i = 0; i < dir->len; i++) {
		const struct treenode *n = &dir->item[i];
		char *sub;

		if (!n->dir && !S_ISLNK(n->st.st_mode))
			continue;
		sub = pathjoin(path, n->name);
		if (n->dir)
			followlinks(s, sub, n->dir);
		else
			followlink(s, sub);
		free(sub);
	}
}

/* Follow the links in the directories found so far; more may be found meanwhile. */
static int followfound(struct search *s, char **where)
{
	for (size_t i = s->first; i < s->out->len; i++) {
		struct treedir *dir = treeread(s->out->item[i], s->skip, where);

		if (!dir && errno != ENOTDIR && errno != ENOENT)
			return -1;
		if (!dir && where) {
			free(*where);
			*where = NULL;
		}
		if (dir)
			followlinks(s, s->out->item[i], dir);
		treefree(dir);
	}
	return 0;
}

/* Follow the links of a tree that was read, or else those in the list. */
static int follow(const char *path, const struct treedir *dir, const struct strlist *links,
		  const char *except, struct search *s, char **where)
{
	int ret = -1;

	s->top = realpath(path, NULL);
	s->except = except ? realpath(except, NULL) : NULL;
	if (s->top) {
		if (dir)
			followlinks(s, path, dir);
		for (size_t i = 0; links && i < links->len; i++) {
			char *link = pathjoin(path, links->item[i]);

			followlink(s, link);
			free(link);
		}
		ret = followfound(s, where);
	} else if (where) {
		*where = xstrdup(path);
	}
	free(s->top);
	free(s->except);
	return ret;
}

int outsidelist(const char *path, const struct treedir *dir, const char *skip, const char *except,
		struct strlist *out, char **where)
{
	struct search s = { .skip = skip, .out = out, .first = out->len };

	return follow(path, dir, NULL, except, &s, where);
}

int outsidelinks(const char *path, const struct strlist *links, const char *skip,
		 const char *except, struct strlist *out, char **where)
{
	struct search s = { .skip = skip, .out = out, .first = out->len };

	return follow(path, NULL, links, except, &s, where);
}
