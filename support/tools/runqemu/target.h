/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is to be booted: the architecture, the kernel, the machine, and QEMU's program for it. */
#ifndef RUNQEMU_TARGET_H
#define RUNQEMU_TARGET_H

#include "guest.h"
#include "machine.h"
#include "modules.h"
#include "options.h"

/*
 * Read the boot files that o names, and choose a machine for them; find the modules of a kernel
 * that is named itself; set o's program of QEMU if it has none. Exits if --machine names no machine
 * of the architecture. Returns NULL, or the reason for failure (caller frees).
 */
char *targetget(struct machine *m, struct modules *modules, struct options *o, enum mode mode);

/* Return how to install a QEMU for the architecture: "apt-get install ..."; caller frees. */
char *targetpackages(const struct arch *a);

/*
 * Return the program that debugs guests of the architecture: of another one than this machine's,
 * gdb-multiarch; where there is none, gdb, which knows them all elsewhere than on Debian.
 */
const char *targetgdb(const struct arch *a);

/* Print how to connect gdb to a guest that waits for it. */
void targetwaits(const struct options *o, const struct machine *m);

#endif
