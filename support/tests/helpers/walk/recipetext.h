/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The text of the packages' recipes and menus. model.h has their results. */
#ifndef WALK_RECIPETEXT_H
#define WALK_RECIPETEXT_H

#include "world.h"

/* Append <package>.mk, or Kconfig, of package p to out. */
void recipetext(const struct world *w, int p, struct buf *out);
void menutext(const struct world *w, int p, struct buf *out);

/* The makefile in keep's sources. Like kbuild, it rebuilds files that are older than its option. */
extern const char *const keepmakefile;

#endif
