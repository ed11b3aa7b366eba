/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The rules for the variables of a recipe.
 */
#ifndef CHECKRECIPE_RECIPE_H
#define CHECKRECIPE_RECIPE_H

#include <stdbool.h>

#include "base/buf.h"
#include "findings.h"
#include "hashes.h"
#include "mkfile.h"
#include "vocabulary.h"

struct recipe {
	const char *name;	     /* of the package */
	const char *file;	     /* path of its .mk, for reports */
	const struct mkfile *mk;     /* its contents */
	const struct hashes *hashes; /* its digests */
	bool ownsource;		     /* the package contains its source, in src/ */
	const struct strlist *known; /* names of all packages */
	const struct vocabulary *vocabulary;
};

void recipecheck(const struct recipe *rc, struct report *r);
void recipenames(const struct recipe *rc, struct report *r); /* check only the names of variables */

#endif
