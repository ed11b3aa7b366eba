/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The book as a list of things in order, before it is written in one format or another. */
#ifndef BOOK_DOC_H
#define BOOK_DOC_H

#include <stdbool.h>
#include <stddef.h>

#include "book.h"

enum kind {
	CHAPTER, /* text: its title */
	SECTION, /* text: its title */
	PARA,	 /* text, with markup */
	ITEM,	 /* of a list: text, with markup */
	RUN,	 /* text: commands that the reader runs, in order */
	SHOW,	 /* text: commands to look at, or to try; output */
	TABLE,	 /* rows */
	FILES,	 /* paths: directory -> names; text: a summary */
};

struct row {
	struct strlist cell; /* with markup */
	bool group;	     /* its one cell is a heading for those below */
};

struct node {
	enum kind kind;
	char *id;		    /* of a CHAPTER: for links and fences; of others NULL */
	char *text;		    /* owned */
	const struct node *chapter; /* that it is in, or NULL */
	int number;		    /* of a CHAPTER: from 1 */
	struct row *row;	    /* of a TABLE; the first is its head if head is set */
	size_t nrows;
	bool head;
	unsigned right; /* of a TABLE: bit N, column N, from 0, has figures: aligned right */
	bool folded;	/* a TABLE that is long: shown on demand, with text as summary */
	const struct pairs *paths; /* of FILES; not owned */
};

/* Zero-initialise before use. */
struct doc {
	struct node **node;
	size_t len;
	int chapters;
};

/* Begin a chapter; id is a word. */
void docchapter(struct doc *d, const char *id, const char *title);

/* Append a node of a kind that is all text. It is printf's; the result may have markup where kind
 * says so. */
void docadd(struct doc *d, enum kind kind, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/* Append a table and give it rows: cells up to a NULL. */
struct node *doctable(struct doc *d, bool head);
void docrow(struct node *table, const char *cell, ...) __attribute__((sentinel));
/* A heading among the rows. */
void docgroup(struct node *table, const char *text);

/* Append what a part of a package has installed. */
void docfiles(struct doc *d, const struct part *part, const char *summary);

/* The chapter of that id, or NULL. */
const struct node *docfind(const struct doc *d, const char *id, size_t len);

void docfree(struct doc *d);

#endif
