// SPDX-License-Identifier: GPL-2.0-or-later
#include "unpacked.h"

#include <search.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"

struct node {
	char *path; /* as nameclean gives it; owned */
	enum kind kind;
};

static const char *const kindname[] = {
	[KIND_NONE] = "nothing",
	[KIND_FILE] = "a file",
	[KIND_DIR] = "a directory",
	[KIND_SYMLINK] = "a symbolic link",
};

static int nodecompare(const void *a, const void *b)
{
	return strcmp(((const struct node *)a)->path, ((const struct node *)b)->path);
}

static void nodefree(void *p)
{
	struct node *n = p;

	free(n->path);
	free(n);
}

enum kind treekind(struct tree *t, const char *path)
{
	struct node key = { .path = (char *)path };
	struct node **found = tfind(&key, &t->root, nodecompare);

	return found ? (*found)->kind : KIND_NONE;
}

/* Returns NULL, or why there are too many, as treeadd does. */
static char *nodeadd(struct tree *t, const char *path, enum kind kind)
{
	const char *why = boundkeep(&t->bound, strlen(path));
	struct node *n;

	if (why)
		return xstrdup(why);
	n = xmalloc(sizeof(*n));
	*n = (struct node){ .path = xstrdup(path), .kind = kind };
	if (!tsearch(n, &t->root, nodecompare))
		abort();
	return NULL;
}

/* Note path's parents as directories; the first that is something else is a refusal. */
static char *parentsadd(struct tree *t, const char *path)
{
	const char *slash = strrchr(path, '/');
	char *parent, *why = NULL;

	if (!slash)
		return NULL;
	parent = xstrndup(path, (size_t)(slash - path));
	if (t->parent && strcmp(t->parent, parent) == 0) {
		free(parent);
		return NULL;
	}
	for (char *p = parent; p && !why;) {
		p = strchr(p, '/');
		if (p)
			*p = '\0';
		enum kind kind = treekind(t, parent);

		if (kind == KIND_NONE)
			why = nodeadd(t, parent, KIND_DIR);
		else if (kind != KIND_DIR)
			why = xasprintf("it goes through '%s', which is %s", parent,
					kindname[kind]);
		if (p)
			*p++ = '/';
	}
	free(t->parent);
	t->parent = why ? NULL : parent;
	if (why)
		free(parent);
	return why;
}

char *treeadd(struct tree *t, const char *path, enum kind kind)
{
	enum kind old = treekind(t, path);

	if (old == kind)
		return NULL;
	if (old != KIND_NONE)
		return xasprintf("it is %s, but an earlier entry made it %s", kindname[kind],
				 kindname[old]);
	char *why = parentsadd(t, path);

	return why ? why : nodeadd(t, path, kind);
}

void unpackedfree(struct tree *t)
{
	tdestroy(t->root, nodefree);
	free(t->parent);
	*t = (struct tree){ 0 };
}
