/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The files of modules in directories. */
#ifndef OOPS_KOFILE_H
#define OOPS_KOFILE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

/* Set where before use. */
struct kofiles {
	const struct strlist *where; /* files and directories */
	struct strlist path;	     /* of all files of modules */
	bool read;		     /* path was filled */
};

/*
 * Return the file of index (from 0 on) that is the module name: NAME.ko, also compressed or with
 * .debug behind, and with '-' for '_'. NULL if there are no more. A directory that cannot be read
 * has none.
 */
const char *kofilesfind(struct kofiles *f, const char *name, size_t index);

void kofilesfree(struct kofiles *f); /* where is left alone */

#endif
