/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Comparing what the kernel is linked of, and what it is linked to (ELF, elf(5)). */
#ifndef REPLAY_LINKELF_H
#define REPLAY_LINKELF_H

#include <stdbool.h>

/*
 * Whether two objects, of the same assembler, take up the same space in a link, and have their
 * symbols at the same places in it. Files of one length may not.
 */
bool linkelflayout(const char *a, const char *b);

/*
 * Whether two links have the same symbols, at the same addresses and of the same types, as nm
 * prints them. What is in their sections may differ, and so may the size of these.
 */
bool linkelfsymbols(const char *a, const char *b);

#endif
