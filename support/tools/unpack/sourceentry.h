/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What an entry of a source archive may be. */
#ifndef UNPACK_SOURCEENTRY_H
#define UNPACK_SOURCEENTRY_H

#include <sys/stat.h>

struct archive_entry;

/* The type of e (S_IFREG, S_IFDIR or S_IFLNK); 0, with *why as static text, if it is refused. */
mode_t entrytype(struct archive_entry *e, const char **why);

/*
 * Bring the time of e to what cpio, make and file systems can have, 32 bits without a sign: what
 * is older becomes 1970, as tar's without a time do; what is newer would be newer than any build.
 * NULL, or why it is refused, as static text.
 */
const char *entrytime(struct archive_entry *e);

/* How messages call a thing of that type: "a file", "a directory", "a symbolic link". */
const char *typephrase(mode_t type);

#endif
