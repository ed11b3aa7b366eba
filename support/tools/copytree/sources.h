/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What there is to copy of a directory that somebody works in: its files and links, but not .git
 * and not what was compiled there, which make would take for its own work.
 */
#ifndef COPYTREE_SOURCES_H
#define COPYTREE_SOURCES_H

#include "base/buf.h"

/*
 * Append a line for each file and link below dir, sorted: "WHAT  MODE  PATH", where WHAT is the
 * sha256 of a file's content, or "->" and the digest of a link's target, or "-/" for a directory
 * with nothing to copy in it. 0, or -1 with *why (caller frees).
 */
int treelist(const char *dir, struct buf *out, char **why);

/*
 * The paths of the lines of now that are not in was, if all that differs is the content of files
 * that a compiler is given as they are (C, C++, assembler); else -1: names, modes, links, other
 * files.
 */
int treeedited(const char *was, const char *now, struct strlist *paths);

#endif
