/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The list of files to fetch. Each entry begins with a 'file' line; the lines that follow belong to
 * it:
 *
 *     file PATH     below the download directory
 *     sha256 HEX    one or more; a file with any of them is accepted
 *     url URL       tried in order
 *     pool RELPATH  below pool/main/ of the Debian mirror, tried last
 *
 * Blank lines and lines that begin with # are ignored.
 */
#ifndef FETCH_ENTRY_H
#define FETCH_ENTRY_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

struct entry {
	char *path;	      /* relative, without . and .. */
	unsigned line;	      /* first line in the list, from 1 */
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
 * Parse the list text (name is for messages) and append its entries to out. A second entry for a
 * file with the same digests is dropped. Returns 0, or -1 with *error (caller frees) set to
 * "NAME:LINE: message".
 */
int entriesparse(const char *name, const char *text, size_t len, struct entries *out, char **error);
void entriesfree(struct entries *l);

/* Whether sum is one of the entry's digests. */
bool entryaccepts(const struct entry *e, const char *sum);

#endif
