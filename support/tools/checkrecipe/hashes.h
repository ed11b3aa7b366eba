/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The digests of a package, from lines "sha256  <64 hex digits>  <file>" and comments. */
#ifndef CHECKRECIPE_HASHES_H
#define CHECKRECIPE_HASHES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "findings.h"

/* Zero-initialise before use. */
struct hashes {
	struct strlist names;	/* file names, one for each line; a file may have several digests */
	struct strlist digests; /* in the order of names */
};

/* Parse text, called file in reports. */
void hashparse(struct hashes *h, const char *file, const char *text, struct report *r);
bool hashhas(const struct hashes *h, const char *name); /* whether name has a digest */
void hashfree(struct hashes *h);

#endif
