// SPDX-License-Identifier: GPL-2.0-or-later
#include "origin.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "mkinitramfs/tree/basemanifest.h"

#define MANIFEST "rootfs.manifest"

void originread(struct tree *manifest, const char *file, struct problems *p)
{
	const char *slash = strrchr(file, '/');
	char *path = xasprintf("%.*s" MANIFEST, slash ? (int)(slash - file) + 1 : 0, file);

	if (access(path, F_OK) == 0)
		basemanifestread(manifest, path, p);
	free(path);
}

char *originwho(const struct tree *manifest, const char *path)
{
	const struct node *known = nodeget(manifest, path);

	return known ? xstrdup(known->who) : xasprintf("/%.*s", (int)strcspn(path, "/"), path);
}
