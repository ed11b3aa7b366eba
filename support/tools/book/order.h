/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The build order of packages. */
#ifndef BOOK_ORDER_H
#define BOOK_ORDER_H

#include "book.h"

/*
 * Sort the packages in build order: each after its dependencies, kernels as late as possible; also
 * set the fields all and users. Returns 0, or -1 with *why (caller frees): a dependency cycle.
 */
int bookorder(struct book *b, char **why);

#endif
