/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Names that others know a package by. */
#ifndef INVENTORY_PURL_H
#define INVENTORY_PURL_H

#include "inventory.h"

/* The package URL of p, whose sources are those of src; caller frees. */
char *purltext(const struct package *p, const struct package *src);

/* Its CPE 2.3 name; NULL if the recipe gives none or the version is no number. Caller frees. */
char *cpetext(const struct package *p);

#endif
