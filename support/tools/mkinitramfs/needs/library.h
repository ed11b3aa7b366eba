/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Check that a program finds all its libraries, and that they find theirs, as at program start. */
#ifndef MKINITRAMFS_LIBRARY_H
#define MKINITRAMFS_LIBRARY_H

#include "loader.h"
#include "object.h"

/*
 * Load the libraries of the ELF file o, and their libraries. Report in p what is missing, once for
 * each file that needs it.
 */
void librariesload(struct objects *all, const struct contents *c, const struct loader *l,
		   struct object *o, struct problems *p);

#endif
