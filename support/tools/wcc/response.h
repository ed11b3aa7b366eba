/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Response files, by gcc's rules: an argument @FILE is replaced by the arguments in FILE. */
#ifndef WCC_RESPONSE_H
#define WCC_RESPONSE_H

#include "base/buf.h"

/*
 * Append arg to out, or the arguments in FILE if it is @FILE; files may refer to other files. As in
 * gcc, @FILE is an ordinary argument if FILE cannot be read. Returns the number of files read, or
 * -1 with errno set: ELOOP if files are nested too deep.
 */
int responseexpand(const char *arg, struct strlist *out);

/* Split text into arguments and append them to out. @ has no special meaning here. */
void responsesplit(const char *text, struct strlist *out);

/* Append args to out, quoted so that responsesplit returns them unchanged. */
void responsejoin(const struct strlist *args, struct buf *out);

#endif
