/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Names of packages in other databases. */
#ifndef INVENTORY_PURL_H
#define INVENTORY_PURL_H

#include "inventory.h"

/* Return the package URL of p, whose sources are those of src; the caller frees it. */
char *purltext(const struct package *p, const struct package *src);

/*
 * Return its CPE 2.3 name; NULL if the recipe has none or the version is not a number. The caller
 * frees it.
 */
char *cpetext(const struct package *p);

#endif
