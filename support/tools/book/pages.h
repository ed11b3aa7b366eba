/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The pages (support/book/book.txt), and the insertion of computed parts.
 *
 *   # TITLE {ID}        begins a chapter     ## TITLE    a section in it
 *   - TEXT              a list item          | A | B |   a table row; the first is the header
 *   ~~~ sh ... ~~~      commands to run      ~~~ text ... ~~~   text to read
 *   `code` [text](href) in text             % TEXT      a comment
 *   @VARIABLE@          its value            @WORD       a computed part
 *   @define VARIABLE       assign the following paragraph, for later use
 *   @if VARIABLE ... @else ... @end   one or the other: whether the variable has a value
 *
 * Everything else is paragraphs, separated by empty lines.
 */
#ifndef BOOK_PAGES_H
#define BOOK_PAGES_H

#include "doc.h"

/* The part to insert at @WORD. */
struct insert {
	const char *word;
	/* returns 0, or -1 with *why (caller frees) */
	int (*add)(struct doc *d, struct book *b, char **why);
};

/*
 * Read the pages at path into d. The variables are b->set; inserts ends with a NULL word. Returns
 * 0, or -1 with *why (caller frees), which names file and line.
 */
int pagesread(struct doc *d, struct book *b, const char *path, const struct insert *inserts,
	      char **why);

#endif
