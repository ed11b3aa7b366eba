/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The documents for distributing an image: licences, sources, patches, and a table of them. */
#ifndef INVENTORY_LEGAL_H
#define INVENTORY_LEGAL_H

#include "inventory.h"

/* Messages to print. Zero-initialise before use. */
struct findings {
	struct strlist wrong; /* errors: the result must not be used */
	struct strlist note;  /* hints on possible mistakes */
};

/* Write the documents to dir, an existing empty directory. Errors are findings. */
void legalwrite(const struct inventory *v, const char *dir, struct findings *f);

#endif
