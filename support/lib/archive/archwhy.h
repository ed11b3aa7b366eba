/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Complete error messages for libarchive, whose own text often lacks the system's error. */
#ifndef ARCHIVE_ARCHWHY_H
#define ARCHIVE_ARCHWHY_H

struct archive;

/* For archive_set_error, if the text is complete without an errno. */
#define NOERRNO (-1)

/*
 * Return the error of a, such as "Write failed: No space left on device", or otherwise if
 * libarchive has no text. Caller frees.
 */
char *archwhy(struct archive *a, const char *otherwise);

#endif
