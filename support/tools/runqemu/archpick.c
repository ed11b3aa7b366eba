// SPDX-License-Identifier: GPL-2.0-or-later
#include "archpick.h"

#include <stdlib.h>
#include <string.h>

/* Whether the configuration is one of a's kernel. */
static bool isconfig(const struct ikconfig *c, const struct arch *a)
{
	for (size_t i = 0; i < a->symbols.len; i++)
		if (!ikconfighas(c, a->symbols.item[i]))
			return false;
	return true;
}

/* Return the architecture that the configuration tells of, or NULL. */
static const struct arch *ofconfig(const struct ikconfig *c, const struct archs *all)
{
	for (size_t i = 0; i < all->len; i++)
		if (isconfig(c, &all->item[i]))
			return &all->item[i];
	return NULL;
}

/* Whether a machine of a boots such a file. */
static bool boots(const struct arch *a, const struct kernelfile *f)
{
	struct kernels k = { 0 };

	kernelput(&k, f);
	for (size_t i = 0; i < a->machines; i++)
		if (kernelfor(&k, &a->machine[i]))
			return true;
	return false;
}

/* Search the kernels for their configuration; not the compressed ones. */
static void configfind(const struct archpick *p)
{
	if (p->configpath)
		return;
	for (size_t i = 0; i < p->files->len; i++) {
		const struct kernelfile *f = &p->files->item[i];
		bool some = false;

		for (size_t j = 0; j < p->all->len && f->head.type != KERNEL_BZIMAGE; j++)
			some = some || (kernelfits(f, &p->all->item[j], false) &&
					boots(&p->all->item[j], f));
		if (some && ikconfigfind(p->config, f->map.data, f->map.len))
			return;
	}
}

/* Whether a is an architecture for the files. unsure as for kernelfits. */
static bool fits(const struct archpick *p, const struct arch *a, bool unsure)
{
	size_t count = 0;

	for (size_t i = 0; i < p->files->len; i++)
		count += kernelfits(&p->files->item[i], a, unsure);
	return count == p->files->len || (p->any && count);
}

/* The names of the architectures that f is for, with "or" between them; NULL: none. Caller frees.
 */
static char *namesof(const struct archs *all, const struct kernelfile *f)
{
	struct buf text = { 0 };

	for (size_t i = 0; i < all->len; i++)
		if (kernelfits(f, &all->item[i], false))
			bufprintf(&text, "%s%s", text.len ? " or " : "", all->item[i].name);
	return text.len ? bufsteal(&text) : NULL;
}

/* Why f is no kernel. */
static char *nokernel(const struct kernelfile *f)
{
	if (f->head.type == KERNEL_ELF || f->head.type == KERNEL_PVH)
		return xasprintf("%s is a program for a machine that no description knows (ELF "
				 "machine %u, %u bit, %s-endian): --arch FILE names a description",
				 f->path, f->head.elf, f->head.bits,
				 f->head.big ? "big" : "little");
	return xasprintf("%s is not a kernel: neither a vmlinux nor an image that any description "
			 "knows; --arch NAME tells what else it is",
			 f->path);
}

/* Why the files are not for a. */
static char *foreign(const struct archpick *p, const struct arch *a, const char *whence)
{
	const struct kernelfile *f = p->files->item;
	char *names, *why;

	while (kernelfits(f, a, true))
		f++;
	names = namesof(p->all, f);
	if (names)
		why = xasprintf("%s is a kernel for %s, not for %s, which %s names", f->path, names,
				a->name, whence);
	else if (a->image)
		why = xasprintf(
			"%s is not a kernel for %s: neither a vmlinux nor a file like %s of "
			"the kernel's build directory",
			f->path, a->name, a->image);
	else
		why = xasprintf("%s is not a kernel for %s: no vmlinux of it", f->path, a->name);
	free(names);
	return why;
}

/* The architecture that p->wish names. */
static char *named(const struct arch **a, const struct archpick *p)
{
	const struct arch *config;
	struct buf names = { 0 };
	char *why;

	*a = archfind(p->all, p->wish, &why);
	for (size_t i = 0; !*a && !why && i < p->all->len; i++)
		bufprintf(&names, "%s%s", i ? ", " : "", p->all->item[i].name);
	if (!*a && !why)
		why = xasprintf("there is no architecture %s: --arch takes %s, or the path of a "
				"description",
				p->wish, bufstr(&names));
	buffree(&names);
	if (why)
		return why;
	if (!fits(p, *a, true))
		return foreign(p, *a, "--arch");
	configfind(p);
	config = isconfig(p->config, *a) ? *a : ofconfig(p->config, p->all);
	if (config && config != *a)
		return xasprintf("%s is the configuration of a kernel for %s, not for %s, which "
				 "--arch names",
				 p->configpath ? p->configpath : "the one in the kernel",
				 config->name, (*a)->name);
	return NULL;
}

/* The architecture that the files tell of; of several the one that the configuration is for. */
static char *detected(const struct arch **a, const struct archpick *p)
{
	const struct arch *best = NULL, *config;

	configfind(p);
	for (size_t i = 0; i < p->all->len; i++) {
		const struct arch *one = &p->all->item[i];
		bool has = isconfig(p->config, one);

		if (!fits(p, one, has))
			continue;
		if (!best || has || (!isconfig(p->config, best) && one->bits > best->bits))
			best = one;
	}
	*a = best;
	config = ofconfig(p->config, p->all);
	if (best && (!config || isconfig(p->config, best)))
		return NULL;
	if (config)
		return foreign(p, config,
			       p->configpath ? p->configpath : "the configuration in the kernel");
	for (size_t i = 0; i < p->files->len; i++) {
		char *names = namesof(p->all, &p->files->item[i]);

		if (!names)
			return nokernel(&p->files->item[i]);
		free(names);
	}
	return xasprintf("%s and %s are kernels of different architectures: --arch tells which is "
			 "meant",
			 p->files->item[0].path, p->files->item[1].path);
}

char *archpick(const struct arch **a, const struct archpick *p)
{
	return p->wish ? named(a, p) : detected(a, p);
}
