/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What an archive may ask for at most, whoever made it: the bounds keep its unpacking within a
 * known memory, and what was unpacked within reach of every program. They are far above what real
 * archives have.
 */
#ifndef ARCHIVE_BOUND_H
#define ARCHIVE_BOUND_H

#include <stddef.h>

enum {
	BOUND_NAME = 4095,	 /* bytes of a name: Linux takes no longer path */
	BOUND_PART = 255,	 /* bytes of a component: nor a longer one */
	BOUND_DEPTH = 256,	 /* components of a name */
	BOUND_ENTRIES = 1000000, /* entries of an archive */
	BOUND_NAMES = 256 << 20, /* bytes that are kept of names while it is unpacked */
};

/* What was counted so far; zero-initialise before use. */
struct bound {
	size_t entries;
	size_t names;
};

/* Why name is beyond a bound, as static text; NULL: it is fine. */
const char *boundname(const char *name);

/* Count that len bytes of a name are kept. NULL, or why they are too many, as static text. */
const char *boundkeep(struct bound *b, size_t len);

/* boundname and boundkeep for the name of one more entry, which is counted as well. */
const char *boundentry(struct bound *b, const char *name);

#endif
