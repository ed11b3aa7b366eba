/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What goes with an image that is passed on: licences, sources, patches, and a table of them. */
#ifndef INVENTORY_LEGAL_H
#define INVENTORY_LEGAL_H

#include "inventory.h"

/* What is told to people. Zero-initialise before use. */
struct findings {
	struct strlist wrong; /* errors: nothing is to be passed on */
	struct strlist note;  /* what may be as it should */
};

/* Fill directory dir, which is there and empty. Errors are findings. */
void legalwrite(const struct inventory *v, const char *dir, struct findings *f);

#endif
