/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The fields of one line of a table. The first thing that is wrong is said; from then on the
 * line is bad and every function gives nothing, so a reader can ask for all fields in a row
 * and look at bad once.
 */
#ifndef MKINITRAMFS_LINE_H
#define MKINITRAMFS_LINE_H

#include <stdbool.h>
#include <stdint.h>

#include "problem.h"
#include "word.h"

struct line {
	const char *where; /* FILE:LINE, borrowed */
	struct words words;
	struct problems *problems;
	struct strlist held; /* the words given out */
	bool bad;
};

/* Say what is wrong with the line; a format that ends in ':' gets strerror(errno) added. */
void lineerror(struct line *l, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/*
 * The next word, or NULL when there is none. It lives as long as the line. With expand,
 * ${NAME} is replaced from the environment.
 */
const char *lineextra(struct line *l, bool expand);

/* The same, but it must be there; what names it in the message. NULL if the line is bad. */
const char *lineword(struct line *l, const char *what, bool expand);

/* A word as a path of the tree, "" for the root; NULL if the line is bad. */
const char *linepath(struct line *l);

/* The next word as a number in base 8 or 10, at most max; 0 if the line is bad. */
uint32_t linenumber(struct line *l, const char *what, unsigned base, uint32_t max);

/* The next word as a mode. It may have the bits of the type; no other type's. */
uint32_t linemode(struct line *l);
uint32_t linetyped(struct line *l, uint32_t mode, uint32_t type);

/* The next two words as UID and GID. */
void lineowner(struct line *l, uint32_t *uid, uint32_t *gid);

/* Nothing may follow but a comment. */
void lineend(struct line *l);

/* Whether the last word opens a comment. */
bool linecomment(const struct line *l, const char *word);

void linefree(struct line *l);

#endif
