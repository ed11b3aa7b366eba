/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Whether all that the programs of an image need to run is in it. */
#ifndef MKINITRAMFS_NEEDS_H
#define MKINITRAMFS_NEEDS_H

#include "mkinitramfs/tree/node.h"
#include "mkinitramfs/tree/problem.h"

/*
 * Look at each program and library of the sealed tree, and say in p what is missing: the
 * interpreters of scripts, the interpreters and libraries of ELF files. What is held, and what
 * the archives in append have, counts as there; it is not looked at itself.
 */
void needscheck(const struct tree *t, const struct strlist *append, struct problems *p);

#endif
