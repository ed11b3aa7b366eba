/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The software bill of materials of an image, as CycloneDX 1.6 in JSON. */
#ifndef INVENTORY_SBOM_H
#define INVENTORY_SBOM_H

#include "inventory.h"

/*
 * Append the document to out; ids is SPDX's list. It is a function of the list and of the image's
 * files only. Returns 0, or -1 with *why (caller frees).
 */
int sbomwrite(const struct inventory *v, const struct strlist *ids, struct buf *out, char **why);

#endif
