/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The packages to install on the build machine. */
#ifndef BOOK_REQUIREMENTS_H
#define BOOK_REQUIREMENTS_H

#include "doc.h"

/*
 * Append them as a table and as a command for each kind of distribution, from lines "WHEN PROBE APT
 * DNF PACMAN APK ZYPPER WHY" in the file b->needs. Returns 0, or -1 with *why (caller frees).
 */
int needstable(struct doc *d, struct book *b, char **why);

#endif
