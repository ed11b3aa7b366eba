/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Resources of the host for a guest: directories, disks, ports; and checks that it can use them. */
#ifndef RUNQEMU_DEVICES_H
#define RUNQEMU_DEVICES_H

#include "disk.h"
#include "guestroot.h"
#include "launch.h"
#include "options.h"
#include "share.h"

/*
 * Set shares, disks and *l->root to the directories, the disks and the root file system of the
 * options o; l->root becomes NULL if there is none. Start the servers of the directories; check
 * that l's machine has drivers for them, and that ports and memory are available. Warns if the
 * guest's root can do more on this host than it should. Returns NULL, or the reason for failure
 * (caller frees).
 */
char *devicesget(struct shares *shares, struct disks *disks, const struct options *o,
		 struct launch *l);

/* Start the servers of l's directories again, which ended with their QEMU. */
void devicesagain(struct launch *l);

/*
 * Return the memory, in MiB, that the machine's kernel and o's initramfs need at least; 0: not
 * known.
 */
unsigned memoryleast(const struct options *o, const struct machine *m);

#endif
