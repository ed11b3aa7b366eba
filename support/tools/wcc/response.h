/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Response files, by gcc's rules: an argument @FILE stands for the arguments in FILE. */
#ifndef WCC_RESPONSE_H
#define WCC_RESPONSE_H

#include "base/buf.h"

/*
 * Append arg to out, or what it stands for if it is @FILE; files may name files. As in gcc, one
 * that cannot be read is an argument like any other. Returns the number of files that were
 * read, or -1 with errno set: ELOOP when they name each other without end.
 */
int responseexpand(const char *arg, struct strlist *out);

/* Append the arguments that text holds to out; @ means nothing here. */
void responsesplit(const char *text, struct strlist *out);

/* Append args to out, such that responsesplit gives them back. */
void responsejoin(const struct strlist *args, struct buf *out);

#endif
