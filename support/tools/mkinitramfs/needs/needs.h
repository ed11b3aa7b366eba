/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Check that an image contains everything that its programs need to run. */
#ifndef MKINITRAMFS_NEEDS_H
#define MKINITRAMFS_NEEDS_H

#include "elf.h"
#include "mkinitramfs/tree/node.h"
#include "mkinitramfs/tree/problem.h"

/*
 * Check each program and library of the sealed tree, and report in p what is missing: the
 * interpreters of scripts, and the interpreters and libraries of ELF files. Held files and the
 * archives in append count as present; they are not checked themselves. If target is not NULL, a
 * program for another machine than its is reported, too.
 */
void needscheck(const struct tree *t, const struct strlist *append, const struct elf *target,
		struct problems *p);

#endif
