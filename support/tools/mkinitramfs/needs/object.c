// SPDX-License-Identifier: GPL-2.0-or-later
#include "object.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "fs/file.h"

/* Read the start of a file into head. Returns the number of bytes, or -1. */
static ssize_t headread(const char *file, char head[SHEBANG_LIMIT])
{
	int fd = open(file, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	ssize_t n = fd < 0 ? -1 : readall(fd, head, SHEBANG_LIMIT);

	if (fd >= 0)
		close(fd);
	return n;
}

static void broken(struct object *o, const char *what, const char *why, struct problems *p)
{
	char *name = objectname(o);

	problemadd(p, "%s: it cannot run as %s: %s: build it anew, or leave it out", name, what,
		   why);
	o->content = CONTENT_UNKNOWN;
	elffree(&o->elf);
	free(name);
}

static void contentread(struct object *o, struct problems *p)
{
	const char *file = o->node->inode->source, *why = NULL;
	char head[SHEBANG_LIMIT];
	ssize_t len = headread(file, head);
	struct buf all = { 0 };

	o->content = CONTENT_OTHER;
	if (len > 0 && elfis(head, (size_t)len)) {
		o->content = CONTENT_ELF;
		if (fileread(file, &all) < 0)
			len = -1;
		else if ((why = elfread(&o->elf, all.data, all.len)))
			broken(o, "an ELF file", why, p);
		buffree(&all);
	} else if (len > 0 && shebangis(head, (size_t)len) && o->node->inode->mode & 0111) {
		o->content = CONTENT_SCRIPT;
		if ((why = shebangread(&o->script, head, (size_t)len)))
			broken(o, "a script", why, p);
	}
	if (len < 0)
		problemadd(p, "%s: cannot read:", file);
}

struct object *objectget(struct objects *all, const struct node *n, struct problems *p)
{
	void **slot = linkslot(&all->seen, (uint64_t)(uintptr_t)n->inode, 0);
	struct object *o = *slot;

	if (o)
		return o;
	o = *slot = xcalloc(1, sizeof(*o));
	o->node = n;
	if (n->inode->source)
		contentread(o, p);
	all->item = xrealloc(all->item, (all->len + 1) * sizeof(struct object *));
	all->item[all->len++] = o;
	return o;
}

char *objectname(const struct object *o)
{
	const struct node *n = o->node;

	return xasprintf("/%s (from %s)", n->path, n->where ? n->where : n->who);
}

void objectsfree(struct objects *all)
{
	for (size_t i = 0; i < all->len; i++) {
		elffree(&all->item[i]->elf);
		shebangfree(&all->item[i]->script);
		listfree(&all->item[i]->told);
		free(all->item[i]);
	}
	free(all->item);
	linksfree(&all->seen);
}
