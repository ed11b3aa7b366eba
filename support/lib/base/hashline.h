/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The lines of a package's .hash file: "sha256  <64 hex digits>  <file>", and comments. */
#ifndef BASE_HASHLINE_H
#define BASE_HASHLINE_H

struct hashline {
	const char *digest; /* in lower case */
	const char *file;   /* NULL: the line is empty or a comment */
};

/*
 * Read one line, which is cut up; *h points into it. Returns what is wrong with it, NULL if nothing
 * is.
 */
const char *hashline(struct hashline *h, char *line);

#endif
