/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The errors found, in order. */
#ifndef CHECKRECIPE_FINDINGS_H
#define CHECKRECIPE_FINDINGS_H

#include <stddef.h>
#include <stdio.h>

struct finding {
	char *file;  /* path as given by the user; owned */
	size_t line; /* from 1; line 1 if it concerns the whole file */
	char *text;  /* the error and the remedy; owned */
};

/* Zero-initialise before use. */
struct report {
	struct finding *item; /* owned array */
	size_t len;
	size_t cap;
};

void reportadd(struct report *r, const char *file, size_t line, const char *fmt, ...)
	__attribute__((format(printf, 4, 5)));
void reportprint(const struct report *r, FILE *out); /* print a line "FILE:LINE: text" for each */
void reportfree(struct report *r);

#endif
