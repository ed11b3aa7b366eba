/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the book's commands use that it does not bring: of the Whittle tree, and of the user's. */
#ifndef BOOK_PREREQUISITES_H
#define BOOK_PREREQUISITES_H

#include "doc.h"

/*
 * Append a table of the files and directories that the commands use, by whom, and commands that
 * copy those of the Whittle tree to another place. 0; scripts that cannot be read are told of by
 * the chapters that have them.
 */
int treetable(struct doc *d, struct book *b, char **why);

#endif
