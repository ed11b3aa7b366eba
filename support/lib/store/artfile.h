/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The file of one artifact: a text header, the meta text, the packed tree (lib/archive/pack.h).
 *
 *   whittle-artifact 1
 *   key HEX       64 digits
 *   digest HEX    sha256 of everything after this line
 *   size N        bytes of the packed tree, 20 digits
 *   meta N        bytes of the meta text, 10 digits
 */
#ifndef STORE_ARTFILE_H
#define STORE_ARTFILE_H

#include "base/buf.h"

/*
 * Write an artifact to fd, which is open for reading and writing, and empty. Returns 0, or -1 with
 * *why (caller frees).
 */
int artwrite(int fd, const char *key, const struct buf *meta, const char *fromdir, char **why);

/*
 * Verify the artifact in fd, append its meta text to meta (may be NULL) and set fd's offset to the
 * packed tree. Returns 0; or -1 with *why, a static text, if it is not the complete artifact of
 * that key.
 */
int artverify(int fd, const char *key, struct buf *meta, char **why);

/* Like artverify, but check only the header and the size of the file. */
int artpeek(int fd, const char *key, struct buf *meta, char **why);

/* Append the header in fd, as it is, to text; fd's offset stays. Returns 0, or -1 if it is none. */
int artheader(int fd, struct buf *text);

#endif
