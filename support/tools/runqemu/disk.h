/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Disks of the guest: files and block devices of the host, by virtio-blk or NVMe. */
#ifndef RUNQEMU_DISK_H
#define RUNQEMU_DISK_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

/* What a disk is to the guest. */
enum diskkind { DISK_VIRTIO, DISK_NVME, DISK_USB, DISK_CD };

struct disk {
	char *path;    /* absolute, owned */
	bool device;   /* a block device of the host, not a file */
	bool qcow2;    /* an image in qcow2 format; else raw */
	bool readonly; /* read-only for the guest */
	enum diskkind kind;
	bool boot;     /* the firmware boots it */
	bool snapshot; /* what the guest writes is lost at the end */
};

/* Zero-initialise before use. */
struct disks {
	struct disk *item; /* owned */
	size_t len;
};

/*
 * Add the disk described by text, FILE[:ro][:nvme]. FILE is opened to check it, also for writing
 * unless it is read-only. Returns NULL, or the reason for failure (caller frees).
 */
char *diskadd(struct disks *all, const char *text);

/*
 * The same for the disk that the guest boots from, a plain path, before any other. It is the
 * firmware that boots it, or else the kernel that runqemu starts mounts it as its root. Unless keep
 * is set, what is written to it is lost.
 */
char *diskboot(struct disks *all, const char *path, enum diskkind kind, bool firmware, bool keep);

/* Return whether one of the disks described so is an NVMe disk. */
bool disksnvme(const struct strlist *texts);

/*
 * Append QEMU's arguments for the disks to argv, in order. bus: suffix of the names of the
 * machine's virtio devices.
 */
void diskargs(const struct disks *all, const char *bus, struct strlist *argv);

void disksfree(struct disks *all);

#endif
