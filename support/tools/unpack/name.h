/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Names of archive entries: which are refused, and what path they stand for below the
 * directory that is unpacked into. Nothing here touches the file system.
 */
#ifndef UNPACK_NAME_H
#define UNPACK_NAME_H

/* Why an entry's name (or a hard link's target) is refused, as static text; NULL: it is fine. */
const char *namerefuse(const char *raw);

/*
 * The path that raw stands for: without "." and empty components, and without the first
 * strip ones; "" where nothing is left. raw must not be one that is refused. Caller frees.
 */
char *nameclean(const char *raw, int strip);

/* Nonzero if path is prefix or lies below it; both as nameclean gives them. */
int nameunder(const char *path, const char *prefix);

/* raw in quotes for a message, its control characters shown as \ooo, its end left out where it is
 * long. Caller frees. */
char *namequote(const char *raw);

#endif
