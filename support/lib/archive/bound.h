/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Limits for archives. They bound the memory that unpacking needs, and keep the unpacked paths
 * short enough for every program. Real archives stay far below them.
 */
#ifndef ARCHIVE_BOUND_H
#define ARCHIVE_BOUND_H

#include <stddef.h>

enum {
	BOUND_NAME = 4095,	 /* bytes of a name: the longest path that Linux accepts */
	BOUND_PART = 255,	 /* bytes of a component: the longest that Linux accepts */
	BOUND_DEPTH = 256,	 /* components of a name */
	BOUND_ENTRIES = 1000000, /* entries of an archive */
	BOUND_NAMES = 256 << 20, /* bytes of names kept in memory while unpacking */
};

/* The counts so far. Zero-initialise before use. */
struct bound {
	size_t entries;
	size_t names;
};

/* Check the length and depth of name. Returns NULL, or an error message as static text. */
const char *boundname(const char *name);

/*
 * Count len bytes of a name that is kept. Returns NULL, or an error message as static text if there
 * are too many.
 */
const char *boundkeep(struct bound *b, size_t len);

/* Count one more entry, and call boundname and boundkeep for its name. Returns as they do. */
const char *boundentry(struct bound *b, const char *name);

#endif
