/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The pages that people wrote (support/book/book.txt), with what is computed put in.
 *
 *   # TITLE {ID}        begins a chapter     ## TITLE    a section in it
 *   - TEXT              an item of a list    | A | B |   a row of a table, the first its head
 *   ~~~ sh ... ~~~      commands to run      ~~~ text ... ~~~   to look at
 *   `code` [text](href) in text             % TEXT      a comment
 *   @VARIABLE@          its value            @WORD       what is computed goes here
 *   @define VARIABLE       the paragraph that follows becomes its value, to be used later
 *   @if VARIABLE ... @else ... @end   one or the other, as it has a value or not
 *
 * All else is paragraphs, with an empty line between them.
 */
#ifndef BOOK_PAGES_H
#define BOOK_PAGES_H

#include "doc.h"

/* What goes in at @WORD. */
struct insert {
	const char *word;
	/* 0, or -1 with *why (caller frees) */
	int (*add)(struct doc *d, struct book *b, char **why);
};

/*
 * Read the pages at path into d; variables are b->set; inserts end with a NULL word. 0, or -1
 * with *why (caller frees), which names file and line.
 */
int pagesread(struct doc *d, struct book *b, const char *path, const struct insert *inserts,
	      char **why);

#endif
