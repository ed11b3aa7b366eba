/* SPDX-License-Identifier: GPL-2.0-or-later */
/* SPDX licence expressions. */
#ifndef INVENTORY_SPDX_H
#define INVENTORY_SPDX_H

#include "base/buf.h"

enum spdx {
	SPDX_ID,	 /* one licence of SPDX's list */
	SPDX_EXPRESSION, /* an expression of licences, LicenseRef-... and exceptions */
	SPDX_NAME,	 /* any other text */
};

/*
 * Read SPDX's list of licences and exceptions from its JSON schema; ids is then sorted. Returns 0,
 * or -1 with *why (caller frees).
 */
int spdxread(struct strlist *ids, const char *schema, char **why);

/* Return the kind of text. */
enum spdx spdxkind(const struct strlist *ids, const char *text);

#endif
