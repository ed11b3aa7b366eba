/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The chapters of the packages, and of the root filesystem the part that is computed. */
#ifndef BOOK_CHAPTER_H
#define BOOK_CHAPTER_H

#include "doc.h"

/* Append a chapter for each package. 0, or -1 with *why (caller frees). */
int chapterpackages(struct doc *d, struct book *b, char **why);

/* Append the root filesystem's script. 0, or -1 with *why (caller frees). */
int chapterrootfs(struct doc *d, struct book *b, char **why);

/* How long something took, in SBU; caller frees. */
char *sbutext(const struct book *b, double seconds);

/* Bytes, in a unit that suits; caller frees. */
char *sizetext(unsigned long long bytes);

#endif
