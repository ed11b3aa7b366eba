/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The computed parts of the pages, except the packages' chapters. All return 0, or -1 with *why. */
#ifndef BOOK_TABLES_H
#define BOOK_TABLES_H

#include "doc.h"

/* Append an overview of the packages. */
int tableoverview(struct doc *d, struct book *b, char **why);
/* Append commands that create the packages' directories. */
int tabledirectories(struct doc *d, struct book *b, char **why);
/* Append commands that compile the helper programs. */
int tabletools(struct doc *d, struct book *b, char **why);
/* Append commands that download and verify the sources. */
int tablesources(struct doc *d, struct book *b, char **why);
/* Append the size of each package's files in the root filesystem. */
int tablemanifest(struct doc *d, struct book *b, char **why);
/* Append commands that collect the boot files in one directory. */
int tableimages(struct doc *d, struct book *b, char **why);

#endif
