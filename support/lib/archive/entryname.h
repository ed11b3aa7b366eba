/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Names of archive entries: which names are refused, and which path below the destination directory
 * a name means. All programs that unpack use these functions; bound.h limits the length of names.
 * Nothing here accesses the file system.
 */
#ifndef ARCHIVE_ENTRYNAME_H
#define ARCHIVE_ENTRYNAME_H

#include <stdbool.h>

/* Check that a name stays in the directory. Returns NULL, or an error message as static text. */
const char *nameleaves(const char *raw);

/*
 * Check a name (or hard link target) of a source archive: it must stay in the directory, must not
 * be empty and must not contain a control character. Returns NULL, or an error message as static
 * text.
 */
const char *namerefuse(const char *raw);

/*
 * Return raw as a path without "." and empty components and without its first strip components; ""
 * if nothing is left. raw must have passed nameleaves. Caller frees.
 */
char *nameclean(const char *raw, int strip);

/* Return whether name is not empty and nameclean would leave it unchanged. */
bool nameplain(const char *name);

/* Return whether path is prefix or lies below it. Both are as returned by nameclean. */
bool nameunder(const char *path, const char *prefix);

/*
 * Return raw in quotes for a message: control characters become \ooo, and a long name is cut.
 * Caller frees.
 */
char *namequote(const char *raw);

#endif
