// SPDX-License-Identifier: GPL-2.0-or-later
#include "kernels.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

char *kernelfileadd(struct kernelfiles *all, const char *path)
{
	struct kernelfile f = { .path = path };

	if (mapopen(&f.map, path) < 0)
		return xasprintf("cannot read the kernel %s: %s", path, strerror(errno));
	f.head = kernelhead(f.map.data, f.map.len);
	all->item = xrealloc(all->item, (all->len + 1) * sizeof(f));
	all->item[all->len++] = f;
	return NULL;
}

static bool iself(const struct kernelfile *f)
{
	return f->head.type == KERNEL_ELF || f->head.type == KERNEL_PVH;
}

bool kernelfits(const struct kernelfile *f, const struct arch *a, bool unsure)
{
	if (iself(f))
		return f->head.elf == a->elf && f->head.bits == a->bits && f->head.big == a->big;
	if (a->magic.len)
		return archhasmagic(a, f->map.data, f->map.len);
	return unsure && a->image && f->head.type == KERNEL_UNKNOWN;
}

void kernelput(struct kernels *k, const struct kernelfile *f)
{
	if (f->head.type == KERNEL_PVH)
		k->pvh = f->path;
	else if (f->head.type == KERNEL_ELF)
		k->elf = f->path;
	else
		k->image = f->path;
}

struct kernels kernelsof(const struct kernelfiles *all, const struct arch *a)
{
	struct kernels k = { 0 };

	for (size_t i = 0; i < all->len; i++) {
		const struct kernelfile *f = &all->item[i];

		if (kernelfits(f, a, true))
			kernelput(&k, f);
	}
	return k;
}

const char *kernelfor(const struct kernels *k, const struct archmachine *m)
{
	for (size_t i = 0; i < m->kernel.len; i++) {
		const char *kind = m->kernel.item[i], *path;

		if (strcmp(kind, "image") == 0)
			path = k->image;
		else if (strcmp(kind, "pvh") == 0)
			path = k->pvh;
		else
			path = k->elf ? k->elf : k->pvh;
		if (path)
			return path;
	}
	return NULL;
}

unsigned long long kernelmemory(const struct arch *a, const char *path)
{
	unsigned long long reach;
	struct map m;

	if (mapopen(&m, path) < 0)
		return 0;
	reach = kernelreach(m.data, m.len);
	if (!reach && archhasmagic(a, m.data, m.len))
		reach = archsize(a, m.data, m.len);
	mapclose(&m);
	return reach;
}

void kernelfilesfree(struct kernelfiles *all)
{
	for (size_t i = 0; i < all->len; i++)
		mapclose(&all->item[i].map);
	free(all->item);
	*all = (struct kernelfiles){ 0 };
}
