/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The files that the book's commands use: of the Whittle tree, and of the user. */
#ifndef BOOK_PREREQUISITES_H
#define BOOK_PREREQUISITES_H

#include "doc.h"

/*
 * Append a table of the files and directories that the commands use, by user, and commands to copy
 * those of the Whittle tree elsewhere. Returns 0. Scripts that cannot be read are reported by their
 * chapters.
 */
int treetable(struct doc *d, struct book *b, char **why);

#endif
