// SPDX-License-Identifier: GPL-2.0-or-later
#include "images.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "fs/file.h"

/* Return the path of the file name in the directory, if it is among names; else NULL. */
static const char *find(struct options *o, const struct strlist *names, const char *name)
{
	char *path;

	for (size_t i = 0; i < names->len; i++) {
		if (strcmp(names->item[i], name) != 0)
			continue;
		path = pathjoin(o->images, name);
		listadd(&o->found, path);
		free(path);
		return o->found.item[o->found.len - 1];
	}
	return NULL;
}

/* Add the kernel called name, if there is one. */
static void kerneltake(struct options *o, const struct strlist *names, const char *name)
{
	const char *path = find(o, names, name);

	if (path && !listhas(&o->kernels, path))
		listadd(&o->kernels, path);
}

static void kernelsfind(struct options *o, const struct strlist *names)
{
	for (size_t i = 0; i < o->archs.len; i++) {
		const char *image = o->archs.item[i].image, *slash;

		slash = image ? strrchr(image, '/') : NULL;
		if (image)
			kerneltake(o, names, slash ? slash + 1 : image);
	}
	kerneltake(o, names, "vmlinux");
	if (!o->config)
		o->config = find(o, names, "kernel.config");
}

int imagesfind(struct options *o)
{
	static const char initramfs[] = "initramfs.cpio";
	struct strlist names = { 0 };

	if (dirlist(o->images, &names) < 0)
		return -1;
	if (!o->kernels.len)
		kernelsfind(o, &names);
	for (size_t i = 0; i < names.len && !o->initramfs && !o->boot; i++)
		if (strncmp(names.item[i], initramfs, strlen(initramfs)) == 0)
			o->initramfs = find(o, &names, names.item[i]);
	listfree(&names);
	errno = ENOENT;
	return o->kernels.len ? 0 : -1;
}
