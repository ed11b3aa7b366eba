// SPDX-License-Identifier: GPL-2.0-or-later
#include "node.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "archive/bound.h"
#include "archive/newc.h"
#include "base/buf.h"

struct inode *inodenew(struct tree *t, uint32_t mode)
{
	struct inode *i = xcalloc(1, sizeof(*i));

	i->mode = mode;
	i->next = t->inodes;
	t->inodes = i;
	return i;
}

static size_t pathhash(const char *path)
{
	uint64_t h = 0xcbf29ce484222325; /* FNV-1a */

	for (; *path; path++)
		h = (h ^ (unsigned char)*path) * 0x100000001b3;
	return (size_t)(h ^ h >> 32);
}

struct node *nodeget(const struct tree *t, const char *path)
{
	struct node *n;

	if (!t->nbucket)
		return NULL;
	n = t->bucket[pathhash(path) & (t->nbucket - 1)];
	while (n && strcmp(n->path, path) != 0)
		n = n->chain;
	return n;
}

static void nodechain(struct tree *t, struct node *n)
{
	struct node **head = &t->bucket[pathhash(n->path) & (t->nbucket - 1)];

	n->chain = *head;
	*head = n;
}

/* Create as many buckets as the tree has room for nodes: a power of two. */
static void treegrow(struct tree *t)
{
	t->cap = t->cap ? 2 * t->cap : 256;
	t->node = xrealloc(t->node, t->cap * sizeof(struct node *));
	t->nbucket = t->cap;
	free(t->bucket);
	t->bucket = xcalloc(t->nbucket, sizeof(struct node *));
	for (size_t i = 0; i < t->len; i++)
		nodechain(t, t->node[i]);
}

struct node *nodeput(struct tree *t, const char *path)
{
	struct node *n = nodeget(t, path);

	if (n)
		return n;
	if (t->len == t->cap)
		treegrow(t);
	n = xcalloc(1, sizeof(*n));
	n->path = xstrdup(path);
	t->node[t->len++] = n;
	nodechain(t, n);
	return n;
}

bool treebelow(const struct tree *t, const char *path)
{
	size_t len = strlen(path);

	for (size_t i = 0; i < t->len; i++) {
		const char *p = t->node[i]->path;

		if (strncmp(p, path, len) == 0 && p[len] == '/')
			return true;
	}
	return false;
}

static int bypath(const void *a, const void *b)
{
	const struct node *const *x = a;
	const struct node *const *y = b;

	return strcmp((*x)->path, (*y)->path);
}

void treeseal(struct tree *t)
{
	if (t->len)
		qsort(t->node, t->len, sizeof(struct node *), bypath);
	for (size_t i = 0; i < t->len; i++) {
		struct inode *o = t->node[i]->inode;

		if (o->nlink++ == 0)
			o->first = t->node[i];
		o->last = t->node[i];
	}
}

void nodesfree(struct tree *t)
{
	struct inode *o;

	for (size_t i = 0; i < t->len; i++) {
		free(t->node[i]->path);
		free(t->node[i]->where);
		free(t->node[i]);
	}
	while ((o = t->inodes)) {
		t->inodes = o->next;
		free(o->source);
		free(o->target);
		free(o->capabilities);
		free(o);
	}
	listfree(&t->names);
	free(t->node);
	free(t->bucket);
	*t = (struct tree){ 0 };
}

const char *typename(uint32_t mode)
{
	switch (mode & S_IFMT) {
	case S_IFREG:
		return "file";
	case S_IFDIR:
		return "dir";
	case S_IFLNK:
		return "slink";
	case S_IFCHR:
		return "char";
	case S_IFBLK:
		return "block";
	case S_IFIFO:
		return "pipe";
	case S_IFSOCK:
		return "sock";
	default:
		return "unknown";
	}
}

const char *pathreason(const char *path)
{
	if (strlen(path) > BOUND_NAME)
		return "the path is longer than the 4095 bytes that the kernel takes: shorten it";
	if (strcmp(path, NEWC_TRAILER) == 0)
		return "this very name marks the end of a cpio archive: rename it";
	while (*path) {
		size_t len = strcspn(path, "/");

		if (len > BOUND_PART)
			return "a name in it is longer than 255 bytes: shorten it";
		path += len + (path[len] == '/');
	}
	return NULL;
}
