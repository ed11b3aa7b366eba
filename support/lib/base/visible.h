/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Escaping of untrusted text (from a server, an archive, a guest, a file name) for a terminal, so
 * that it cannot move the cursor, change colours or send commands to the terminal.
 */
#ifndef BASE_VISIBLE_H
#define BASE_VISIBLE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

/*
 * Append len bytes of text to out. Tabs, line feeds and valid UTF-8 are kept. Every byte of another
 * control character (C0, DEL, C1) and every invalid byte becomes \xHH.
 */
void bufvisible(struct buf *out, const char *text, size_t len);

/* Return whether bufvisible would leave text unchanged. */
bool isvisible(const char *text);

#endif
