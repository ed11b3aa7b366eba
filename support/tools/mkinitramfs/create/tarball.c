// SPDX-License-Identifier: GPL-2.0-or-later
#include "tarball.h"

#include <sys/stat.h>

#include "archive/tar.h"
#include "filecontent.h"

static int tofile(void *to, const void *data, size_t len)
{
	const struct outfile *o = to;

	return writeall(o->fd, data, len);
}

static int toentry(void *to, const void *data, size_t len)
{
	return tardata(to, data, len);
}

/* Write the entry of n, with its content if it is the first name of a file. */
static int entryput(struct tarout *to, const struct node *n, uint32_t mtime, const char *name,
		    struct problems *p)
{
	const struct contentout out = { toentry, to, name };
	const struct inode *o = n->inode;
	struct tarentry e = {
		.name = *n->path ? n->path : ".",
		.mode = o->mode,
		.uid = o->uid,
		.gid = o->gid,
		.mtime = mtime,
		.rmajor = o->rmajor,
		.rminor = o->rminor,
	};

	if (S_ISSOCK(o->mode))
		return problemadd(
			p,
			"/%s (from %s) is a socket, which a tar archive cannot hold: leave it out",
			n->path, n->who);
	if (S_ISLNK(o->mode))
		e.target = o->target;
	else if (!S_ISDIR(o->mode) && n != o->first)
		e.target = o->first->path;
	else if (S_ISREG(o->mode))
		e.size = o->size;
	if (tarbegin(to, &e) < 0)
		return problemadd(p, "%s: cannot write:", name);
	if (e.size && contentput(o, &out, NULL, p) < 0)
		return -1;
	return tarpad(to) < 0 ? problemadd(p, "%s: cannot write:", name) : 0;
}

int tarball(const struct tree *t, uint32_t mtime, const struct outfile *o, struct problems *p)
{
	struct tarout to = { .put = tofile, .to = (void *)o };

	for (size_t i = 0; i < t->len; i++) {
		if (!t->node[i]->held && entryput(&to, t->node[i], mtime, o->path, p) < 0)
			return -1;
	}
	return tarend(&to) < 0 ? problemadd(p, "%s: cannot write:", o->path) : 0;
}
