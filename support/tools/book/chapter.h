/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The chapters on the packages, and the computed part of the one on the root filesystem. */
#ifndef BOOK_CHAPTER_H
#define BOOK_CHAPTER_H

#include "doc.h"

/* Append a chapter for each package. Returns 0, or -1 with *why (caller frees). */
int chapterpackages(struct doc *d, struct book *b, char **why);

/* Append the root filesystem's script. Returns 0, or -1 with *why (caller frees). */
int chapterrootfs(struct doc *d, struct book *b, char **why);

/* Return a duration in SBU; the caller frees it. */
char *sbutext(const struct book *b, double seconds);

/* Return a size in a suitable unit; the caller frees it. */
char *sizetext(unsigned long long bytes);

#endif
