/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The lines of a package's .hash file: "sha256  <64 hex digits>  <file>", and comments. */
#ifndef BASE_HASHLINE_H
#define BASE_HASHLINE_H

struct hashline {
	const char *digest; /* in lower case; points into the line */
	const char *file;   /* points into the line; NULL: the line is empty or a comment */
};

/*
 * Parse one line. The line is modified, and *h points into it. Returns NULL, or an error message.
 */
const char *hashline(struct hashline *h, char *line);

#endif
