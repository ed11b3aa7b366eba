/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The possible values of an expression of a makefile. */
#ifndef CHECKRECIPE_MKVALUES_H
#define CHECKRECIPE_MKVALUES_H

#include "mkfile.h"

/*
 * Append to out all possible values of text. References are replaced by the values that this recipe
 * assigns: a variable set in two branches of an ifeq has two values. A value that depends on
 * something outside the recipe, such as a configuration option, is skipped.
 */
void mkvalues(const struct mkfile *m, const char *text, struct strlist *out);

#endif
