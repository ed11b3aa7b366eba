/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The list file: make's description of the configuration (docs/book.md). */
#ifndef BOOK_BOOKLIST_H
#define BOOK_BOOKLIST_H

#include "book.h"

/*
 * Read the list at path into b. Returns 0, or -1 with *why (caller frees), which names file and
 * line.
 */
int listread(struct book *b, const char *path, char **why);

/* Free the contents of b. */
void bookfree(struct book *b);

#endif
