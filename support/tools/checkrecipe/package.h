/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Checks of the files of a package, the files of a board, and single Kconfig files. Directories are
 * given without a trailing slash; known has the names of all packages.
 */
#ifndef CHECKRECIPE_PACKAGE_H
#define CHECKRECIPE_PACKAGE_H

#include "base/buf.h"
#include "findings.h"
#include "vocabulary.h"

void packagecheck(const char *dir, const struct strlist *known, const struct vocabulary *v,
		  struct report *r);
/* Check only the names of the recipe's variables. */
void packagenames(const char *dir, const struct strlist *known, const struct vocabulary *v,
		  struct report *r);
void boardcheck(const char *dir, const struct strlist *known, struct report *r);

/* Check a Kconfig file. package is the name of its package, or NULL. */
void kconfigcheck(const char *path, const char *package, const struct strlist *known,
		  struct report *r);

/* Return the name of the package in directory dir: a pointer into dir. */
const char *packagename(const char *dir);

#endif
