/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What was found wrong, in the order it was found.
 */
#ifndef CHECKRECIPE_FINDINGS_H
#define CHECKRECIPE_FINDINGS_H

#include <stddef.h>
#include <stdio.h>

struct finding {
	char *file;  /* path as it was given; owned */
	size_t line; /* from 1; what concerns the whole file is said of line 1 */
	char *text;  /* what is wrong and what to write instead; owned */
};

/* Zero-initialise before use. */
struct report {
	struct finding *item; /* owned array */
	size_t len;
	size_t cap;
};

void reportadd(struct report *r, const char *file, size_t line, const char *fmt, ...)
	__attribute__((format(printf, 4, 5)));
void reportprint(const struct report *r, FILE *out); /* FILE:LINE: text, a line each */
void reportfree(struct report *r);

#endif
