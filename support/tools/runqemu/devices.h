/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What of the host a guest is to have: directories, disks, ports; and whether it can. */
#ifndef RUNQEMU_DEVICES_H
#define RUNQEMU_DEVICES_H

#include "disk.h"
#include "launch.h"
#include "options.h"
#include "share.h"

/*
 * Find the directories and disks that o asks for, into shares and disks, start what serves them,
 * and look whether l's machine has drivers for them and ports and memory suffice. Warns of what a
 * guest's root can do here that it should not. Returns NULL, or why the guest cannot have them
 * (caller frees).
 */
char *devicesget(struct shares *shares, struct disks *disks, const struct options *o,
		 const struct launch *l);

/*
 * The MiB of memory below which the guest cannot get anywhere: the machine's kernel and o's
 * initramfs have to be in it. 0: not known.
 */
unsigned memoryleast(const struct options *o, const struct machine *m);

#endif
