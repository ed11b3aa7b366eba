/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A disk as sysfs describes it: what it is, whether it may be written to, what uses it. */
#ifndef WRITEDISK_REMOVABLE_H
#define WRITEDISK_REMOVABLE_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/pairs.h"

/* Where the kernel describes disks and their users; other places are for tests. */
struct places {
	const char *sysfs;  /* /sys */
	const char *mounts; /* /proc/self/mountinfo */
	const char *swaps;  /* /proc/swaps */
};

/* Zero-initialise before use. */
struct disk {
	char *name;		  /* its name in sysfs, "sdb"; owned */
	struct buf title;	  /* vendor and model; empty: not known */
	bool removable;		  /* its medium can be removed */
	bool plugged;		  /* it is on USB, or a memory card */
	bool readonly;		  /* the kernel does not let us write to it */
	unsigned long long bytes; /* its size; 0: no medium */
	struct pairs parts;	  /* the disk and its partitions: name, MAJOR:MINOR */
	struct pairs users;	  /* what is made of them (dm, md): name, MAJOR:MINOR */
};

/*
 * Read what sysfs knows of the disk at path, a device in /dev. If places->sysfs is not /sys, path
 * may be a regular file whose name is that of a disk there. Returns NULL, or why that is no disk to
 * write to (caller frees).
 */
char *diskread(struct disk *d, const char *path, const struct places *places);

/* Return why d must not be written to; NULL: it may be. Caller frees. */
char *diskrefuse(const struct disk *d, const struct places *places);

/* Whether both are one disk, by what is known of it. */
bool disksame(const struct disk *a, const struct disk *b);

void diskfree(struct disk *d);

#endif
