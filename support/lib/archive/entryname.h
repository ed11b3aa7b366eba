/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Names of archive entries: which are refused, and what path they stand for below the directory
 * that is unpacked into. This is the one place that decides so, for all who unpack; bound.h says
 * how long a name may be. Nothing here touches the file system.
 */
#ifndef ARCHIVE_ENTRYNAME_H
#define ARCHIVE_ENTRYNAME_H

#include <stdbool.h>

/* Why a name leads out of the directory, as static text; NULL: it does not. */
const char *nameleaves(const char *raw);

/* Why a source archive may not have that name (or target of a hard link), likewise: it leads out,
 * is empty, or holds a control character. */
const char *namerefuse(const char *raw);

/*
 * The path that raw stands for: without "." and empty components, and without the first
 * strip ones; "" where nothing is left. raw must not lead out. Caller frees.
 */
char *nameclean(const char *raw, int strip);

/* Whether name is such a path, and not empty. */
bool nameplain(const char *name);

/* Whether path is prefix or lies below it; both as nameclean gives them. */
bool nameunder(const char *path, const char *prefix);

/* raw in quotes for a message, its control characters shown as \ooo, its end left out where it is
 * long. Caller frees. */
char *namequote(const char *raw);

#endif
