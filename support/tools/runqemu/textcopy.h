/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A copy of a text that may be lost: an error ends the copy, and never the run. */
#ifndef RUNQEMU_TEXTCOPY_H
#define RUNQEMU_TEXTCOPY_H

#include <stddef.h>

#define TEXTCOPY_MAX (16 << 20) /* bytes that are kept of a text */

struct textcopy {
	int fd;	     /* where it is written; -1: nowhere (any more) */
	size_t left; /* bytes that may follow */
	int error;   /* errno of what failed; 0: nothing has */
};

/* Write what there is room for. k may be NULL: no copy is wanted. */
void textcopywrite(struct textcopy *k, const void *data, size_t len);

/* Close it. Returns 0, or -1 with errno if something could not be written. */
int textcopyclose(struct textcopy *k);

#endif
