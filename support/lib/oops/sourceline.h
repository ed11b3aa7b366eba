/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Lines of source files. */
#ifndef OOPS_SOURCELINE_H
#define OOPS_SOURCELINE_H

#include <stddef.h>

#include "base/buf.h"

/* The files that were read. Zero-initialise. */
struct sources {
	struct source *item; /* owned */
	size_t len;
};

/*
 * Return the line of that number (from 1 on) of the file at path, without blanks around it; NULL
 * if there is none, or the file cannot be read. It lasts until sourcesfree.
 */
const char *sourceline(struct sources *s, const char *path, int line);

void sourcesfree(struct sources *s);

#endif
