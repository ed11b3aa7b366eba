// SPDX-License-Identifier: GPL-2.0-or-later
#include "contents.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/path.h"
#include "fs/file.h"
#include "mkinitramfs/tree/image.h"
#include "mkinitramfs/tree/writelist.h"

#define LINKS_LIMIT 40 /* maximum number of symbolic links that the kernel follows in a path */

void contentsappend(struct contents *c, const char *file, struct problems *p)
{
	struct problems skipped = { 0 }; /* entries that the kernel skips, too */
	struct unpacked u = { .tree = c->appended, .problems = &skipped };
	const struct visitor v = { .context = &u, .entry = unpackentry };
	struct buf data = { 0 }, why = { 0 };

	if (fileread(file, &data) < 0)
		problemadd(p, "%s: cannot read:", file);
	else if (imageread(data.data, data.len, UNPACK_LIMIT, &v, &why) < 0)
		problemadd(p, "%s: cannot look for programs and libraries there: %s", file,
			   bufstr(&why));
	c->appended = u.tree;
	linksfree(&u.links);
	problemfree(&skipped);
	buffree(&data);
	buffree(&why);
}

static struct node *lookup(const struct contents *c, const char *path)
{
	struct node *n = nodeget(&c->appended, path);

	return n ? n : nodeget(c->tree, path);
}

/* Move *at, the path of a directory, to name in it. Returns the node there; the root has none. */
static struct node *stepdown(const struct contents *c, char **at, const char *name, size_t len)
{
	char *word = xstrndup(name, len);
	char *next;

	if (strcmp(word, "..") == 0)
		next = pathparent(*at);
	else if (len == 0 || strcmp(word, ".") == 0)
		next = xstrdup(*at);
	else
		next = pathjoin(*at, word);
	free(word);
	free(*at);
	*at = next;
	return lookup(c, next);
}

struct node *contentsfollow(const struct contents *c, const char *path)
{
	char *left = xstrdup(path), *at = xstrdup("");
	const char *p = left;
	struct node *n = NULL;
	unsigned links = 0;

	while (*p) {
		size_t len = strcspn(p, "/");
		bool link;

		n = stepdown(c, &at, p, len);
		p += len + (p[len] == '/');
		link = n && S_ISLNK(n->inode->mode);
		if ((!n && *at) || (link && ++links > LINKS_LIMIT)) {
			n = NULL;
			break;
		}
		if (link) {
			char *more = xasprintf("%s/%s", n->inode->target, p);
			char *dir = pathparent(*n->inode->target == '/' ? "" : at);

			free(left);
			free(at);
			p = left = more;
			at = dir;
		}
	}
	free(left);
	free(at);
	return n;
}

struct node *contentsfile(const struct contents *c, const char *dir, const char *name)
{
	char *path = xasprintf("%s/%s", dir, name);
	struct node *n = contentsfollow(c, path);

	free(path);
	return n && S_ISREG(n->inode->mode) ? n : NULL;
}
