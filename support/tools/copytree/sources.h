/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The files to copy of a working directory: files and links, but not .git and not compiled files,
 * which make would take for up to date.
 */
#ifndef COPYTREE_SOURCES_H
#define COPYTREE_SOURCES_H

#include "base/buf.h"

/*
 * Append a line to out for each file and link below dir, sorted: "WHAT  MODE  PATH". WHAT is the
 * sha256 of a file's contents, "->" and the digest of a link's target, or "-/" for a directory with
 * no files to copy. Returns 0, or -1 with *why (caller frees).
 */
int treelist(const char *dir, struct buf *out, char **why);

/*
 * Compare two such lists. If only the contents of source files (C, C++, assembler) differ, append
 * their paths to paths and return 0. Return -1 after any other change: names, modes, links, other
 * files.
 */
int treeedited(const char *was, const char *now, struct strlist *paths);

#endif
