/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which packages are in the image. */
#ifndef INVENTORY_USE_H
#define INVENTORY_USE_H

#include "inventory.h"

/*
 * Set the fields brings, develops and used of each package. Returns 0, or -1 with *why (caller
 * frees).
 */
int inventoryuse(struct inventory *v, char **why);

#endif
