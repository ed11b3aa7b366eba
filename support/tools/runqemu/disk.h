/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Disks of the guest: files and block devices of the host, by virtio-blk. */
#ifndef RUNQEMU_DISK_H
#define RUNQEMU_DISK_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

struct disk {
	char *path;    /* absolute, owned */
	bool device;   /* a block device of the host, not a file */
	bool qcow2;    /* an image in QEMU's format; otherwise its bytes are those of the disk */
	bool readonly; /* the guest may not write to it */
};

/* Zero-initialise before use. */
struct disks {
	struct disk *item; /* owned */
	size_t len;
};

/*
 * Add the disk that text, FILE[:ro], describes; FILE is opened to look at it, and for writing
 * unless it is read-only. Returns NULL, or why there can be no such disk (caller frees).
 */
char *diskadd(struct disks *all, const char *text);

/*
 * Append QEMU's arguments for them to argv, in their order. bus: the end of the names of the
 * machine's virtio devices.
 */
void diskargs(const struct disks *all, const char *bus, struct strlist *argv);

void disksfree(struct disks *all);

#endif
