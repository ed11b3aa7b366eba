/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The list of files to fetch. Each entry opens with a 'file' line; the other lines belong to it:
 *
 *	file PATH	below the download directory
 *	sha256 HEX	one or more; a file with any of them is accepted
 *	url URL		tried in order
 *	pool RELPATH	below pool/main/ of the Debian mirror, tried last
 *
 * Blank lines and lines that start with # mean nothing.
 */
#ifndef FETCH_ENTRY_H
#define FETCH_ENTRY_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

struct entry {
	char *path;	      /* relative, without . and .. */
	unsigned line;	      /* where it starts in the list, from 1 */
	struct strlist sums;  /* accepted digests, at least one */
	struct strlist urls;  /* upstream */
	struct strlist pools; /* paths below pool/main/ */
};

/* Zero-initialise before use. */
struct entries {
	struct entry *item;
	size_t len;
	size_t cap;
};

/*
 * Append the entries of text to out. Returns 0, or -1 with *error set to "NAME:LINE: what is
 * wrong", which the caller frees. An entry given twice with the same digests is kept once.
 */
int entriesparse(const char *name, const char *text, size_t len, struct entries *out, char **error);
void entriesfree(struct entries *l);

/* Whether sum is one of the entry's digests. */
bool entryaccepts(const struct entry *e, const char *sum);

#endif
