/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The book as a list of nodes, independent of the output format. */
#ifndef BOOK_DOC_H
#define BOOK_DOC_H

#include <stdbool.h>
#include <stddef.h>

#include "book.h"

enum kind {
	CHAPTER, /* text: its title */
	SECTION, /* text: its title */
	PARA,	 /* text, with markup */
	ITEM,	 /* list item: text, with markup */
	RUN,	 /* text: commands to run, in order */
	SHOW,	 /* text: commands to read or to try; output */
	TABLE,	 /* rows */
	FILES,	 /* paths: directory -> names; text: a summary */
};

struct row {
	struct strlist cell; /* with markup */
	bool group;	     /* its only cell is a heading for the rows below */
};

struct node {
	enum kind kind;
	char *id;		    /* of a CHAPTER: id for links and fences; else NULL */
	char *text;		    /* owned */
	const struct node *chapter; /* its chapter, or NULL */
	int number;		    /* of a CHAPTER: its number, from 1 */
	struct row *row;	    /* of a TABLE; the first row is the header if head */
	size_t nrows;
	bool head;
	unsigned right;		   /* of a TABLE: bit N: column N, from 0, is right-aligned */
	bool folded;		   /* a long TABLE: collapsed, with text as its summary */
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

/*
 * Append a node of a kind with only text, formatted like printf; it may have markup if the kind
 * allows it.
 */
void docadd(struct doc *d, enum kind kind, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/* Append a table; add rows to it: cells, ended by NULL. */
struct node *doctable(struct doc *d, bool head);
void docrow(struct node *table, const char *cell, ...) __attribute__((sentinel));
/* Add a heading among the rows. */
void docgroup(struct node *table, const char *text);

/* Append the list of the files in part of a package's image. */
void docfiles(struct doc *d, const struct part *part, const char *summary);

/* Return the chapter of that id, or NULL. */
const struct node *docfind(const struct doc *d, const char *id, size_t len);

void docfree(struct doc *d);

#endif
