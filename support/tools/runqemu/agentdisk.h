/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The layer of session.h for a guest whose root file system is on a disk. The kernel unpacks no
 * archive there, so the layer is on a disk of its own, as a shell script that makes its files. The
 * image finds that disk by its serial number and runs the script (docs/guest.md).
 */
#ifndef RUNQEMU_AGENTDISK_H
#define RUNQEMU_AGENTDISK_H

#include "base/buf.h"
#include "session.h"

#define AGENT_SERIAL "whittle"

/*
 * Append the script that makes the directories and files of the archive layer, whose files are
 * texts. Returns 0, or -1 if one is none.
 */
int agentdisk(struct buf *out, const struct buf *layer);

/*
 * Create a memory file with that script for the session. Returns a descriptor, or -1 with errno;
 * EINVAL: it has modules of the kernel, which are no texts.
 */
int agentdiskopen(const struct session *s);

/* Append QEMU's arguments for the disk, the file at path, to argv. */
void agentdiskargs(const char *path, const char *bus, struct strlist *argv);

#endif
