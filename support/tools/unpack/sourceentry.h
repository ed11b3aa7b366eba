/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Rules for the entries of a source archive. */
#ifndef UNPACK_SOURCEENTRY_H
#define UNPACK_SOURCEENTRY_H

#include <sys/stat.h>

struct archive_entry;

/*
 * Return the type of e (S_IFREG, S_IFDIR or S_IFLNK); 0 with *why set to static text if it is
 * refused.
 */
mode_t entrytype(struct archive_entry *e, const char **why);

/*
 * Limit the time of e to what cpio, make and file systems support: unsigned 32 bits. An older time
 * becomes 1970, as for tar archives without times. A newer one is refused, because it would be
 * newer than any build. Returns NULL, or an error message as static text.
 */
const char *entrytime(struct archive_entry *e);

/* Return the phrase for a type in messages: "a file", "a directory", "a symbolic link". */
const char *typephrase(mode_t type);

#endif
