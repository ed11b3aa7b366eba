// SPDX-License-Identifier: GPL-2.0-or-later
#include "diff.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "mkinitramfs/tree/word.h"
#include "origin.h"

/* The differences of the paths in one group. */
struct total {
	char *name; /* owned */
	unsigned added, removed, changed;
	uint64_t was, is; /* bytes of files */
};

struct totals {
	struct total *item;
	size_t len;
};

void sideopen(struct side *s, struct problems *p)
{
	s->unpacked.problems = p;
	s->unpacked.digests = true;
	originread(&s->manifest, s->name, p);
}

void sideclose(struct side *s)
{
	nodesfree(&s->manifest);
	nodesfree(&s->unpacked.tree);
	linksfree(&s->unpacked.links);
}

static void addpath(struct buf *out, const struct node *n)
{
	char *path = xasprintf("/%s", n->path);

	wordquote(out, path);
	free(path);
}

/*
 * Return the origin of the node from either manifest, else its top-level directory. Caller frees.
 */
static char *groupname(const struct side *s, const struct side *other, const struct node *n)
{
	const struct side *knows = nodeget(&s->manifest, n->path) ? s : other;

	return originwho(&knows->manifest, n->path);
}

static struct total *totalget(struct totals *t, char *name)
{
	for (size_t i = 0; i < t->len; i++) {
		if (strcmp(t->item[i].name, name) == 0) {
			free(name);
			return &t->item[i];
		}
	}
	t->item = xrealloc(t->item, (t->len + 1) * sizeof(*t->item));
	t->item[t->len] = (struct total){ .name = name };
	return &t->item[t->len++];
}

/* Return the bytes of a name. Those of a file with hard links are counted once. */
static uint64_t nodebytes(const struct node *n)
{
	return S_ISREG(n->inode->mode) && n == n->inode->first ? n->inode->size : 0;
}

/* Start the description of a change: the first one after the path, others after a comma. */
static void change(struct buf *out, int *count)
{
	bufputs(out, (*count)++ ? ", " : " ");
}

static void diffcontent(const struct inode *a, const struct inode *b, struct buf *out, int *count)
{
	if (S_ISREG(a->mode) && strcmp(a->digest, b->digest) != 0) {
		change(out, count);
		bufprintf(out, "content %llu -> %llu bytes (%+lld)", (unsigned long long)a->size,
			  (unsigned long long)b->size, (long long)(b->size - a->size));
	} else if (S_ISLNK(a->mode) && strcmp(a->target, b->target) != 0) {
		change(out, count);
		bufputs(out, "target ");
		wordquote(out, a->target);
		bufputs(out, " -> ");
		wordquote(out, b->target);
	} else if (a->rmajor != b->rmajor || a->rminor != b->rminor) {
		change(out, count);
		bufprintf(out, "device %u:%u -> %u:%u", a->rmajor, a->rminor, b->rmajor, b->rminor);
	}
}

/* Append the differences after a space. Returns their number. */
static int diffinode(const struct inode *a, const struct inode *b, struct buf *out)
{
	int count = 0;

	if ((a->mode ^ b->mode) & S_IFMT) {
		change(out, &count);
		bufprintf(out, "type %s -> %s", typename(a->mode), typename(b->mode));
	} else {
		diffcontent(a, b, out, &count);
	}
	if ((a->mode ^ b->mode) & 07777) {
		change(out, &count);
		bufprintf(out, "mode %04o -> %04o", a->mode & 07777, b->mode & 07777);
	}
	if (a->uid != b->uid || a->gid != b->gid) {
		change(out, &count);
		bufprintf(out, "owner %u:%u -> %u:%u", a->uid, a->gid, b->uid, b->gid);
	}
	return count;
}

/* Report a path that only one image has. */
static void diffone(char sign, const struct node *n, struct buf *out)
{
	bufprintf(out, "%c ", sign);
	addpath(out, n);
	bufprintf(out, " %s", typename(n->inode->mode));
	if (nodebytes(n))
		bufprintf(out, " %llu bytes", (unsigned long long)nodebytes(n));
	bufputc(out, '\n');
}

static void diffboth(const struct node *a, const struct node *b, struct total *t, struct buf *out)
{
	struct buf what = { 0 };

	if (diffinode(a->inode, b->inode, &what)) {
		t->changed++;
		bufputs(out, "~ ");
		addpath(out, b);
		bufprintf(out, "%s\n", bufstr(&what));
	}
	buffree(&what);
}

static void totalformat(const struct total *t, struct buf *out)
{
	bufputs(out, "# ");
	wordquote(out, t->name);
	bufprintf(out, ": %u added, %u removed, %u changed; %llu -> %llu bytes (%+lld)\n", t->added,
		  t->removed, t->changed, (unsigned long long)t->was, (unsigned long long)t->is,
		  (long long)(t->is - t->was));
}

static int byname(const void *a, const void *b)
{
	const struct total *x = a, *y = b;

	return strcmp(x->name, y->name);
}

/* Print the groups with differences, then the total. */
static void totalsformat(struct totals *t, struct buf *out)
{
	struct total all = { .name = "total" };

	if (t->len)
		qsort(t->item, t->len, sizeof(*t->item), byname);
	for (size_t i = 0; i < t->len; i++) {
		const struct total *g = &t->item[i];

		if (g->added || g->removed || g->changed || g->was != g->is)
			totalformat(g, out);
		all.added += g->added;
		all.removed += g->removed;
		all.changed += g->changed;
		all.was += g->was;
		all.is += g->is;
		free(g->name);
	}
	totalformat(&all, out);
	free(t->item);
}

void diffformat(struct side *old, struct side *new, struct buf *out)
{
	struct tree *a = &old->unpacked.tree, *b = &new->unpacked.tree;
	struct totals totals = { 0 };
	size_t i = 0, k = 0;

	treeseal(a);
	treeseal(b);
	while (i < a->len || k < b->len) {
		const struct node *x = i < a->len ? a->node[i] : NULL;
		const struct node *y = k < b->len ? b->node[k] : NULL;
		int cmp = !x ? 1 : !y ? -1 : strcmp(x->path, y->path);
		struct total *t;

		if (cmp <= 0) {
			t = totalget(&totals, groupname(old, new, x));
			t->was += nodebytes(x);
			t->removed += cmp < 0;
			i++;
		}
		if (cmp >= 0) {
			t = totalget(&totals, groupname(new, old, y));
			t->is += nodebytes(y);
			t->added += cmp > 0;
			k++;
		}
		if (cmp < 0)
			diffone('-', x, out);
		else if (cmp > 0)
			diffone('+', y, out);
		else
			diffboth(x, y, t, out);
	}
	totalsformat(&totals, out);
}
