/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Whether a program finds all its libraries, and those find theirs, as when it is started. */
#ifndef MKINITRAMFS_LIBRARY_H
#define MKINITRAMFS_LIBRARY_H

#include "loader.h"
#include "object.h"

/*
 * Load the libraries of the ELF file o, and theirs, and say in p what is not found, each thing
 * once for each file that needs it.
 */
void librariesload(struct objects *all, const struct contents *c, const struct loader *l,
		   struct object *o, struct problems *p);

#endif
