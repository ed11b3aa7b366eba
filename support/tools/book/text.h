/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The book as plain text, for terminals, and for programs that extract its commands. */
#ifndef BOOK_TEXT_H
#define BOOK_TEXT_H

#include "doc.h"

/*
 * Append the text to out. Commands are between a line "~~~ sh CHAPTER" and a line "~~~", text to
 * read between "~~~ text CHAPTER" and "~~~". There are more tildes if the commands have such a
 * line.
 */
void textwrite(struct buf *out, const struct doc *d, const char *title);

#endif
