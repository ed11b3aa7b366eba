/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What has to be installed on the machine that builds. */
#ifndef BOOK_REQUIREMENTS_H
#define BOOK_REQUIREMENTS_H

#include "doc.h"

/*
 * Append it, as a table and as a command for each kind of distribution, from lines
 * "WHEN PROBE APT DNF PACMAN APK ZYPPER WHY" in the file b->needs. 0, or -1 with *why (caller
 * frees).
 */
int needstable(struct doc *d, struct book *b, char **why);

#endif
