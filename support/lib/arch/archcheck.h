/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Checks of a description as a whole. */
#ifndef ARCH_ARCHCHECK_H
#define ARCH_ARCHCHECK_H

#include "arch/arch.h"

/*
 * Check that a has all that is required and that values are of their kind; set its bits, big, elf,
 * and put its machines in order. Returns NULL, or what is wrong, which begins with file (caller
 * frees).
 */
char *archcheck(struct arch *a, const char *file);

#endif
