// SPDX-License-Identifier: GPL-2.0-or-later
#include "manifest.h"

#include <stdlib.h>
#include <sys/stat.h>

#include "mkinitramfs/tree/word.h"

static void addpath(struct buf *out, const struct node *n)
{
	char *path = xasprintf("/%s", n->path);

	wordquote(out, path);
	free(path);
}

void manifestformat(const struct tree *t, struct buf *out)
{
	for (size_t i = 0; i < t->len; i++) {
		const struct node *n = t->node[i];
		const struct inode *o = n->inode;
		bool link = !S_ISDIR(o->mode) && n != o->first;

		addpath(out, n);
		bufprintf(out, " %s %04o %u %u %llu ", link ? "link" : typename(o->mode),
			  o->mode & 07777, o->uid, o->gid, (unsigned long long)o->size);
		if (link)
			addpath(out, o->first);
		else if (S_ISREG(o->mode))
			bufputs(out, o->digest);
		else if (S_ISLNK(o->mode))
			wordquote(out, o->target);
		else if (S_ISCHR(o->mode) || S_ISBLK(o->mode))
			bufprintf(out, "%u:%u", o->rmajor, o->rminor);
		else
			bufputc(out, '-');
		bufputc(out, ' ');
		wordquote(out, n->who);
		if (o->capabilities && !link)
			bufprintf(out, " %s", o->capabilities);
		bufputc(out, '\n');
	}
}
