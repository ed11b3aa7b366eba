/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Text from outside (a server, an archive, a guest, a file name) as a terminal may be given it: it
 * cannot move the cursor, change colours, or send commands to the terminal.
 */
#ifndef BASE_VISIBLE_H
#define BASE_VISIBLE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

/*
 * Append len bytes of text to out. A tab, a line feed and well-formed UTF-8 stay as they are. Any
 * other control character (C0, DEL, C1) and any byte that is no UTF-8 becomes \xHH, byte by byte.
 */
void bufvisible(struct buf *out, const char *text, size_t len);

/* Whether bufvisible leaves text as it is. */
bool isvisible(const char *text);

#endif
