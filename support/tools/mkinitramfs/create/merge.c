// SPDX-License-Identifier: GPL-2.0-or-later
#include "merge.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/path.h"
#include "fs/file.h"

/* Return the name of an origin in messages: FILE:LINE, else the layer. */
static const char *originname(const char *who, const char *where)
{
	return where ? where : who;
}

/* Return 1 if the two files have the same content, 0 if not, -1 on an error. */
static int samebytes(const char *a, const char *b)
{
	char x[65536], y[65536];
	ssize_t n = -1, m;
	int same = -1;
	int fa = open(a, O_RDONLY | O_CLOEXEC);
	int fb = open(b, O_RDONLY | O_CLOEXEC);

	while (fa >= 0 && fb >= 0 && same < 0) {
		n = readall(fa, x, sizeof(x));
		m = readall(fb, y, sizeof(y));
		if (n < 0 || m < 0)
			break;
		if (n != m || memcmp(x, y, (size_t)n) != 0)
			same = 0;
		else if (n == 0)
			same = 1;
	}
	if (fa >= 0)
		close(fa);
	if (fb >= 0)
		close(fb);
	return same;
}

/* Compare the content of two inodes in the same way. Of a held one, only the digest is known. */
static int samecontent(const struct inode *a, const struct inode *b)
{
	char hex[DIGESTHEX];

	if (a->source)
		return samebytes(a->source, b->source);
	return digestfile(b->source, hex) < 0 ? -1 : strcmp(a->digest, hex) == 0;
}

/*
 * Return a description of the difference of two inodes for one path; NULL if there is none. Caller
 * frees.
 */
static char *difference(const struct inode *a, const struct inode *b)
{
	int same;

	if ((a->mode ^ b->mode) & S_IFMT)
		return xasprintf("different types (%s, %s)", typename(a->mode), typename(b->mode));
	if (S_ISLNK(a->mode)) {
		if (strcmp(a->target, b->target) == 0)
			return NULL;
		return xasprintf("different targets (%s, %s)", a->target, b->target);
	}
	if (a->mode != b->mode)
		return xasprintf("different modes (%04o, %04o)", a->mode & 07777, b->mode & 07777);
	if (a->rmajor != b->rmajor || a->rminor != b->rminor)
		return xasprintf("different device numbers (%u:%u, %u:%u)", a->rmajor, a->rminor,
				 b->rmajor, b->rminor);
	if (!S_ISREG(a->mode))
		return NULL;
	same = a->size == b->size ? samecontent(a, b) : 0;
	if (same < 0)
		return xstrdup("files that cannot be read to compare them");
	return same ? NULL : xstrdup("different content");
}

/* Another layer has the path: report a problem unless the content is the same. */
static void mergelayer(struct node *n, const struct origin *from, const struct inode *inode,
		       struct problems *p)
{
	char *what = difference(n->inode, inode);

	if (what)
		problemadd(p, "/%s: layers '%s' and '%s' bring %s: let only one of them bring it",
			   n->path, n->who, from->who, what);
	free(what);
}

/* Return whether inode may replace the inode of n. Reports a problem if not. */
static bool mayreplace(struct tree *t, struct node *n, const struct origin *from,
		       const struct inode *inode, struct problems *p)
{
	bool wasdir = S_ISDIR(n->inode->mode);
	bool isdir = S_ISDIR(inode->mode);

	if (from->table && n->table == from->table) {
		problemadd(p, "%s: /%s is in this table already (%s): remove one of them",
			   from->where, n->path, n->where);
		return false;
	}
	if (n->held && S_ISREG(inode->mode) && n->inode->heldlinks > 1) {
		problemadd(p,
			   "%s: /%s has further names (hard links) in what is there already: the "
			   "kernel would write to all of them: remove one of them",
			   originname(from->who, from->where), n->path);
		return false;
	}
	if (wasdir == isdir)
		return true;
	if (wasdir && !S_ISLNK(inode->mode) && !treebelow(t, n->path))
		return true;
	problemadd(p, "%s: /%s is a %s here, but a %s in '%s': %s",
		   originname(from->who, from->where), n->path, typename(inode->mode),
		   typename(n->inode->mode), originname(n->who, n->where),
		   S_ISLNK(n->inode->mode) ? "put its files where that leads"
					   : "remove one of them");
	return false;
}

void mergeput(struct tree *t, const struct origin *from, const char *path, struct inode *inode,
	      struct problems *p)
{
	const char *reason = pathreason(path);
	struct node *n;

	if (reason) {
		problemadd(p, "%s: /%s: %s", originname(from->who, from->where), path, reason);
		return;
	}
	n = nodeput(t, path);
	if (n->inode) {
		if (from->rank == RANK_LAYER) {
			mergelayer(n, from, inode, p);
			return;
		}
		if (from->rank == RANK_OVERLAY && S_ISDIR(n->inode->mode) && S_ISDIR(inode->mode))
			return;
		if (!mayreplace(t, n, from, inode, p))
			return;
	}
	n->inode = inode;
	n->who = from->who;
	n->held = false;
	free(n->where);
	n->where = from->where ? xstrdup(from->where) : NULL;
	n->table = from->rank == RANK_ENTRY ? from->table : 0;
}

/* Check that the parent of n is a directory, or add it. */
static void parentcheck(struct tree *t, const struct node *n, bool make, struct problems *p)
{
	char *path = pathparent(n->path);
	struct node *parent = nodeget(t, path);
	const char *name = originname(n->who, n->where);

	if (!*path || (parent && S_ISDIR(parent->inode->mode))) {
		/* correct */
	} else if (parent) {
		problemadd(p,
			   "%s: /%s: /%s is not a directory but a %s (from '%s'): "
			   "give the path that it leads to",
			   name, n->path, path, typename(parent->inode->mode), parent->who);
	} else if (make) {
		parent = nodeput(t, path);
		parent->inode = inodenew(t, S_IFDIR | 0755);
		parent->who = n->who;
		parentcheck(t, parent, make, p);
	} else {
		problemadd(p,
			   "%s: /%s: nothing brings the directory /%s: "
			   "add 'dir /%s 0755 0 0', or use --make-parents",
			   name, n->path, path, path);
	}
	free(path);
}

void mergeparents(struct tree *t, bool make, struct problems *p)
{
	for (size_t i = 0; i < t->len; i++)
		parentcheck(t, t->node[i], make, p);
}
