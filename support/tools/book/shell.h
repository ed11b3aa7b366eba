/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Commands of a shell that the reader is to type. */
#ifndef BOOK_SHELL_H
#define BOOK_SHELL_H

#include "base/buf.h"

/* Append "$VAR/REL" in double quotes, or an absolute path as it is, in double quotes. */
void shellpath(struct buf *out, const char *var, const char *path);

/* Append a here-document of text, a line break before it: <<'END' ... END. */
void shellhere(struct buf *out, const char *text);

/* Append the same of the file at path. 0, or -1 with *why (caller frees). */
int shellherefile(struct buf *out, const char *path, char **why);

#endif
