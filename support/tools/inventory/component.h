/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A package as a component of a CycloneDX document. */
#ifndef INVENTORY_COMPONENT_H
#define INVENTORY_COMPONENT_H

#include <cjson/cJSON.h>

#include "inventory.h"

/*
 * Return the JSON object of p, which the caller owns. ids is SPDX's list. On error, NULL with *why
 * (caller frees).
 */
cJSON *componentmake(const struct inventory *v, const struct package *p, const struct strlist *ids,
		     char **why);

/* Return [{"alg": "SHA-256", "content": hex}]; the caller owns it. */
cJSON *hashesmake(const char *hex);

#endif
