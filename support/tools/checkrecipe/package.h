/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The files of a package, of a board, and Kconfig files as such. Directories are given
 * without a slash at the end; known holds the names of all packages.
 */
#ifndef CHECKRECIPE_PACKAGE_H
#define CHECKRECIPE_PACKAGE_H

#include "base/buf.h"
#include "findings.h"
#include "vocabulary.h"

void packagecheck(const char *dir, const struct strlist *known, const struct vocabulary *v,
		  struct report *r);
/* Of a package just the names of its recipe's variables. */
void packagenames(const char *dir, const struct strlist *known, const struct vocabulary *v,
		  struct report *r);
void boardcheck(const char *dir, const struct strlist *known, struct report *r);

/* package is the name of the one that the file belongs to, NULL if to none. */
void kconfigcheck(const char *path, const char *package, const struct strlist *known,
		  struct report *r);

/* The name of the package in directory dir: a pointer into dir. */
const char *packagename(const char *dir);

#endif
