/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Who comes before whom. */
#ifndef BOOK_ORDER_H
#define BOOK_ORDER_H

#include "book.h"

/*
 * Put the packages in an order to build them: each after those it depends on, kernels as late
 * as that allows; and fill in all and users. 0, or -1 with *why (caller frees): a circle.
 */
int bookorder(struct book *b, char **why);

#endif
