/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The values that an expression of a makefile may have. */
#ifndef CHECKRECIPE_MKVALUES_H
#define CHECKRECIPE_MKVALUES_H

#include "mkfile.h"

/*
 * Append to out the values that text can have, its references replaced by what this recipe
 * gives them: a variable set in two branches of an ifeq has two values. One that depends on
 * what the recipe does not say, such as an option of the configuration, is left out.
 */
void mkvalues(const struct mkfile *m, const char *text, struct strlist *out);

#endif
