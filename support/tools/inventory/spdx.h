/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Licences as SPDX writes them. */
#ifndef INVENTORY_SPDX_H
#define INVENTORY_SPDX_H

#include "base/buf.h"

enum spdx {
	SPDX_ID,	 /* one licence of SPDX's list */
	SPDX_EXPRESSION, /* such ones, LicenseRef-... and exceptions, put together */
	SPDX_NAME,	 /* neither: what somebody calls it */
};

/* Read SPDX's list of licences and exceptions, sorted, from its JSON schema. 0, or -1 with *why
 * (caller frees). */
int spdxread(struct strlist *ids, const char *schema, char **why);

/* What text is. */
enum spdx spdxkind(const struct strlist *ids, const char *text);

#endif
