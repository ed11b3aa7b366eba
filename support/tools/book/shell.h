/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Shell commands for the reader. */
#ifndef BOOK_SHELL_H
#define BOOK_SHELL_H

#include "base/buf.h"

/* Append "$VAR/REL" in double quotes; or an absolute path, in double quotes. */
void shellpath(struct buf *out, const char *var, const char *path);

/* Append a newline and a here-document of text: <<'END' ... END. */
void shellhere(struct buf *out, const char *text);

/* Append the same for the file at path. Returns 0, or -1 with *why (caller frees). */
int shellherefile(struct buf *out, const char *path, char **why);

#endif
