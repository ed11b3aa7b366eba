/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Why libarchive failed, in full: its own text often leaves out what the system said. */
#ifndef ARCHIVE_ARCHWHY_H
#define ARCHIVE_ARCHWHY_H

struct archive;

/* For archive_set_error, where the text says it all. */
#define NOERRNO (-1)

/*
 * The error of a, such as "Write failed: No space left on device"; otherwise where libarchive has
 * no text. Caller frees.
 */
char *archwhy(struct archive *a, const char *otherwise);

#endif
