/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The book as plain text, for terminals and for programs that pick out its commands. */
#ifndef BOOK_TEXT_H
#define BOOK_TEXT_H

#include "doc.h"

/*
 * Append the text. Commands stand between a line "~~~ sh CHAPTER" and a line "~~~", what is just to
 * be looked at between "~~~ text CHAPTER" and "~~~"; the tildes are more where the commands have
 * such a line.
 */
void textwrite(struct buf *out, const struct doc *d, const char *title);

#endif
