/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The sources that makefiles name: there may be rules for them that leave no record. */
#ifndef REPLAY_MAKEFILES_H
#define REPLAY_MAKEFILES_H

#include <stdbool.h>

#include "base/buf.h"
#include "fs/snapshot.h"

/*
 * Read the makefiles among source, the files below src, that build a kernel in the directory whose
 * files are in build, and append what paths of C, assembler and header files are in them, each
 * as far as it is known: the end of a path, or "*" and the end of a name. Returns 0, or -1 with
 * errno and *where set to the one that cannot be read (caller frees).
 */
int makefilesread(const char *src, const struct snapshot *source, const struct snapshot *build,
		  struct strlist *names, char **where);

/* Append the names in one makefile's text. */
void makefilenames(const char *text, struct strlist *names);

/* Whether the file at path has one of these names. */
bool makefilesname(const struct strlist *names, const char *path);

#endif
