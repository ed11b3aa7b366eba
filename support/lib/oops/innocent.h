/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Functions that do not name a report (guilty.h), by patterns of their names. */
#ifndef OOPS_INNOCENT_H
#define OOPS_INNOCENT_H

#include <stdbool.h>

/*
 * Patterns of names, with blanks between them: a text that the name contains, or begins with (^ in
 * front) or ends with ($ behind).
 */
extern const char innocents[]; /* never name a report */
extern const char entries[];   /* entries into parts of the kernel, for PICK_ENTRY */
extern const char waits[];     /* helpers to wait, for PICK_WAITER */
extern const char prefixes[];  /* parts in front of names (no patterns): system calls */

/* Whether the name fits one of the patterns. */
bool innocentfits(const char *name, const char *patterns);

#endif
