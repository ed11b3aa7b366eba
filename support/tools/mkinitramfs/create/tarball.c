// SPDX-License-Identifier: GPL-2.0-or-later
#include "tarball.h"

#include <sys/stat.h>

#include "filecontent.h"
#include "mkinitramfs/tree/capability.h"
#include "tar.h"

static int tofile(void *to, const void *data, size_t len)
{
	const struct outfile *o = to;

	return writeall(o->fd, data, len);
}

static int toentry(void *to, const void *data, size_t len)
{
	return tardata(to, data, len);
}

/* Make the record of a file's capabilities. */
static void caprecord(struct buf *out, const char *text)
{
	unsigned char bytes[CAPABILITY_BYTES];

	if (text && !capabilityparse(text, bytes))
		tarrecord(out, "SCHILY.xattr." CAPABILITY_ATTRIBUTE, bytes, sizeof(bytes));
}

/* Write the entry of n, with its content if it is the first name of a file. */
static int entryput(struct tarout *to, const struct node *n, uint32_t mtime, const char *name,
		    struct problems *p)
{
	const struct contentout out = { toentry, to, name };
	const struct inode *o = n->inode;
	struct buf records = { 0 };
	struct tarentry e = {
		.name = *n->path ? n->path : ".",
		.mode = o->mode,
		.uid = o->uid,
		.gid = o->gid,
		.mtime = mtime,
		.rmajor = o->rmajor,
		.rminor = o->rminor,
		.records = &records,
	};
	int ret;

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
	if (S_ISREG(o->mode) && n == o->first)
		caprecord(&records, o->capabilities);
	ret = tarbegin(to, &e) < 0 ? problemadd(p, "%s: cannot write:", name) : 0;
	buffree(&records);
	if (ret == 0 && e.size)
		ret = contentput(o, &out, NULL, p);
	if (ret == 0 && tarpad(to) < 0)
		ret = problemadd(p, "%s: cannot write:", name);
	return ret;
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
