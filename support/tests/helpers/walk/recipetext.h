/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The text of the packages' recipes and menus. What comes of them, model.h knows. */
#ifndef WALK_RECIPETEXT_H
#define WALK_RECIPETEXT_H

#include "world.h"

/* <package>.mk and Kconfig of package p, appended to out. */
void recipetext(const struct world *w, int p, struct buf *out);
void menutext(const struct world *w, int p, struct buf *out);

/* The makefile among keep's sources: like kbuild, it redoes what is older than its option. */
extern const char *const keepmakefile;

#endif
