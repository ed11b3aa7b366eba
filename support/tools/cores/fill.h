/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The parts of the memory that QEMU's headers of a core leave out. */
#ifndef CORES_FILL_H
#define CORES_FILL_H

#include "elfcore.h"

/*
 * QEMU says only of the first piece of the guest's memory that a range of virtual addresses covers
 * where it is in the file. Add the other pieces to the segments, as far as the physical addresses
 * of other segments tell where they are, and write new headers behind the memory.
 *
 * plain: for programs that go by physical addresses, and want the headers at the beginning, replace
 * those there by headers of the pieces by physical address and of the largest segments. Returns 0,
 * or -1 with errno.
 */
int elfcorefill(struct elfcore *c, bool plain);

#endif
