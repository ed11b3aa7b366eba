/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the pages leave to be filled in, beside the chapters of the packages. All return 0, or -1
 * with *why. */
#ifndef BOOK_TABLES_H
#define BOOK_TABLES_H

#include "doc.h"

/* The packages at a glance. */
int tableoverview(struct doc *d, struct book *b, char **why);
/* Commands that make every package's directories. */
int tabledirectories(struct doc *d, struct book *b, char **why);
/* Commands that compile the helper programs. */
int tabletools(struct doc *d, struct book *b, char **why);
/* Commands that get and verify the sources. */
int tablesources(struct doc *d, struct book *b, char **why);
/* Who brought how much of the root filesystem. */
int tablemanifest(struct doc *d, struct book *b, char **why);
/* Commands that put what is to be booted into one directory. */
int tableimages(struct doc *d, struct book *b, char **why);

#endif
