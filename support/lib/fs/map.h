/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Files mapped into memory: large ones are not read completely. */
#ifndef FS_MAP_H
#define FS_MAP_H

#include <stddef.h>

struct map {
	void *data; /* the file's bytes, read-only; NULL if it is empty */
	size_t len;
};

/* Map the file at path; end it with mapclose. Returns 0, or -1 with errno set. */
int mapopen(struct map *m, const char *path);
void mapclose(struct map *m);

#endif
