// SPDX-License-Identifier: GPL-2.0-or-later
#include "archive.h"

#include <string.h>
#include <sys/stat.h>

#include "archive/newc.h"
#include "filecontent.h"

/* An archive that is being written. */
struct archive {
	struct newcout to;
	const char *out; /* name of the output file */
	struct problems *problems;
	uint32_t mtime;
	uint32_t inodes; /* number of inode numbers in use */
	bool digests;
};

/* Return the name in the archive. The root is ".", because a name must not be empty. */
static const char *entryname(const struct node *n)
{
	return *n->path ? n->path : ".";
}

/* Return the bytes of data of this name. The data of a file belongs to its last name. */
static uint64_t entrydata(const struct node *n)
{
	if (S_ISLNK(n->inode->mode))
		return strlen(n->inode->target);
	return n == n->inode->last ? n->inode->size : 0;
}

uint64_t archivesize(const struct tree *t, unsigned part)
{
	uint64_t size = 0;

	for (size_t i = 0; i < t->len; i++) {
		if (t->node[i]->part == part)
			size += newcsize(strlen(entryname(t->node[i])), entrydata(t->node[i]));
	}
	return newctotal(size);
}

static int tosink(void *to, const void *data, size_t len)
{
	return compresswrite(to, data, len);
}

static int unwritten(struct archive *a)
{
	return problemadd(a->problems, "%s: cannot write:", a->out);
}

static int toarchive(void *to, const void *data, size_t len)
{
	return newcdata(to, data, len);
}

static int putfile(struct archive *a, struct inode *o)
{
	const struct contentout out = { toarchive, &a->to, a->out };
	struct digest *d = a->digests ? digestnew() : NULL;
	int ret = contentput(o, &out, d, a->problems);

	if (d)
		digestend(d, o->digest);
	if (ret == 0 && newcpad(&a->to) < 0)
		ret = unwritten(a);
	return ret;
}

static int putnode(struct archive *a, const struct node *n)
{
	struct inode *o = n->inode;
	struct newc h = {
		.mode = o->mode,
		.uid = o->uid,
		.gid = o->gid,
		.nlink = S_ISDIR(o->mode) ? 2 : o->nlink,
		.mtime = a->mtime,
		.size = (uint32_t)entrydata(n),
		.rmajor = o->rmajor,
		.rminor = o->rminor,
	};
	int ret;

	if (n == o->first)
		o->number = ++a->inodes;
	h.ino = o->number;
	if (S_ISLNK(o->mode))
		ret = newcentry(&a->to, &h, entryname(n), o->target);
	else
		ret = newcbegin(&a->to, &h, entryname(n));
	if (ret < 0)
		return unwritten(a);
	return S_ISREG(o->mode) && n == o->last ? putfile(a, o) : 0;
}

int archivewrite(const struct tree *t, unsigned part, uint32_t mtime, bool digests, struct sink *s,
		 const char *out, struct problems *p)
{
	struct archive a = { .to = { .put = tosink, .to = s },
			     .out = out,
			     .problems = p,
			     .mtime = mtime,
			     .digests = digests };

	for (size_t i = 0; i < t->len; i++) {
		if (t->node[i]->part == part && putnode(&a, t->node[i]) < 0)
			return -1;
	}
	return newcend(&a.to) < 0 || sinkend(s) < 0 ? unwritten(&a) : 0;
}
