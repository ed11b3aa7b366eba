// SPDX-License-Identifier: GPL-2.0-or-later
#include "writelist.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/path.h"
#include "word.h"

/*
 * Return the inode that an entry creates or changes: that of an earlier name for a hard link, or
 * the existing one of the same type, as in the kernel. old may be NULL.
 */
static struct inode *entryinode(struct unpacked *u, uint32_t archive, const struct newc *h,
				struct inode *old)
{
	struct inode *o = old && ((old->mode ^ h->mode) & S_IFMT) == 0 ? old : NULL;
	void **seen;

	if (S_ISREG(h->mode) && h->nlink > 1) {
		seen = linkslot(&u->links, (uint64_t)archive << 32 | h->ino,
				(uint64_t)h->major << 32 | h->minor);
		if (!*seen)
			*seen = o ? o : inodenew(&u->tree, h->mode);
		return *seen;
	}
	return o ? o : inodenew(&u->tree, h->mode);
}

/* Data may come with any name of a file. An entry without data changes nothing. */
static void contentset(const struct unpacked *u, struct inode *o, const struct cpioentry *e)
{
	o->size = e->head.size;
	if (u->digests)
		digestbytes(e->data, e->head.size, o->digest);
}

static void nodeset(struct unpacked *u, struct node *n, uint32_t archive, const struct cpioentry *e)
{
	const struct newc *h = &e->head;
	bool isnew = !n->inode || (n->inode->mode ^ h->mode) & S_IFMT;

	n->inode = entryinode(u, archive, h, n->inode);
	n->inode->mode = h->mode;
	n->inode->uid = h->uid;
	n->inode->gid = h->gid;
	if (isnew) { /* the kernel does not change an existing device */
		n->inode->rmajor = h->rmajor;
		n->inode->rminor = h->rminor;
	}
	if (S_ISREG(h->mode) && (h->size || h->nlink < 2 || !*n->inode->digest))
		contentset(u, n->inode, e);
	if (e->target) {
		free(n->inode->target);
		n->inode->target = xstrdup(e->target);
	}
}

/* Check that the entry can be at path. Returns NULL, or an error message. */
static const char *entryreason(const struct unpacked *u, const char *path,
			       const struct cpioentry *e)
{
	bool isdir = S_ISDIR(e->head.mode);
	const struct node *n, *up;
	char *parent;

	if (!path)
		return "the name leads out of the tree";
	if (strcmp(typename(e->head.mode), "unknown") == 0)
		return "an entry of unknown type";
	if (!*path)
		return isdir ? NULL : "it would take the place of the root";
	parent = pathparent(path);
	up = nodeget(&u->tree, parent);
	free(parent);
	if (up && !S_ISDIR(up->inode->mode))
		return "it lies below what is no directory";
	n = nodeget(&u->tree, path);
	if (n && !isdir && S_ISDIR(n->inode->mode) && treebelow(&u->tree, path))
		return "it cannot take the place of a directory that is not empty";
	return NULL;
}

int unpackentry(void *context, uint32_t archive, const struct cpioentry *e)
{
	struct unpacked *u = context;
	char *path = cpiopath(e);
	const char *why = entryreason(u, path, e);
	struct buf name = { 0 };

	if (why) {
		wordquote(&name, e->name);
		problemadd(u->problems, "%s: %s", bufstr(&name), why);
		buffree(&name);
	} else {
		nodeset(u, nodeput(&u->tree, path), archive, e);
	}
	free(path);
	return 0;
}

static void addname(struct buf *out, const struct node *n)
{
	/* Write the root as ".", because gen_init_cpio would remove all of "/". */
	char *name = xasprintf("/%s", *n->path ? n->path : ".");

	bufputc(out, ' ');
	wordquote(out, name);
	free(name);
}

/* Append the further names of the file whose first name is node i. */
static void addlinks(struct buf *out, const struct tree *t, size_t i)
{
	const struct inode *o = t->node[i]->inode;
	uint32_t left = o->nlink - 1;

	while (left && ++i < t->len) {
		if (t->node[i]->inode != o)
			continue;
		addname(out, t->node[i]);
		left--;
	}
}

void listformat(const struct tree *t, const char *prefix, struct buf *out)
{
	for (size_t i = 0; i < t->len; i++) {
		const struct node *n = t->node[i];
		const struct inode *o = n->inode;
		bool device = S_ISCHR(o->mode) || S_ISBLK(o->mode);

		if (n != o->first)
			continue;
		bufputs(out, device ? "nod" : typename(o->mode));
		addname(out, n);
		if (S_ISREG(o->mode)) {
			bufputc(out, ' ');
			wordquotesource(out, prefix, n->path);
		} else if (S_ISLNK(o->mode)) {
			bufputc(out, ' ');
			wordquote(out, o->target);
		}
		bufprintf(out, " %04o %u %u", o->mode & 07777, o->uid, o->gid);
		if (device)
			bufprintf(out, " %c %u %u", S_ISCHR(o->mode) ? 'c' : 'b', o->rmajor,
				  o->rminor);
		if (S_ISREG(o->mode))
			addlinks(out, t, i);
		bufputc(out, '\n');
	}
}
