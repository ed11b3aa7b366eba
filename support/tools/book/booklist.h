/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The list file: what make tells of the configuration. docs/book.md has its format. */
#ifndef BOOK_BOOKLIST_H
#define BOOK_BOOKLIST_H

#include "book.h"

/* Read the list at path into b. 0, or -1 with *why (caller frees), which names file and line. */
int listread(struct book *b, const char *path, char **why);

/* Free all that is in b. */
void bookfree(struct book *b);

#endif
