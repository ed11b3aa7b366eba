/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Parsing of the fields of a line in a table. The first error is reported and marks the line as
 * bad. After that, all functions return an empty result, so a caller can read all fields and check
 * bad once.
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
	struct strlist held; /* the words that were returned */
	bool bad;
};

/* Report an error in the line. If the format ends in ':', strerror(errno) is appended. */
void lineerror(struct line *l, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/*
 * Return the next word, or NULL if there is none. It is valid as long as the line. With expand,
 * ${NAME} is replaced from the environment.
 */
const char *lineextra(struct line *l, bool expand);

/*
 * Do the same, but a missing word is an error; what is its name in the message. Returns NULL if the
 * line is bad.
 */
const char *lineword(struct line *l, const char *what, bool expand);

/* Return the next word as a path of the tree, "" for the root; NULL if the line is bad. */
const char *linepath(struct line *l);

/* Return the next word as a number in base 8 or 10, at most max; 0 if the line is bad. */
uint32_t linenumber(struct line *l, const char *what, unsigned base, uint32_t max);

/*
 * Return the next word as a mode. linetyped adds the type to it: the mode may contain the bits of
 * this type, but not of another one.
 */
uint32_t linemode(struct line *l);
uint32_t linetyped(struct line *l, uint32_t mode, uint32_t type);

/* Parse the next two words as UID and GID. */
void lineowner(struct line *l, uint32_t *uid, uint32_t *gid);

/* Check that only a comment follows. */
void lineend(struct line *l);

/* Return whether word, the last one, starts a comment. */
bool linecomment(const struct line *l, const char *word);

void linefree(struct line *l);

#endif
