/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Directories of the host in the guest, and ports of the guest on the host. */
#ifndef RUNQEMU_SHARE_H
#define RUNQEMU_SHARE_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "base/buf.h"

struct share {
	char *dir;   /* the host's directory, absolute path; owned */
	char *mount; /* mount point in the guest; owned */
	bool write;  /* the guest may write to it */
	bool setgid; /* set-group-ID: new files get its group, new directories also the bit */
	bool root;   /* the guest's root file system (guestroot.h): start does not mount it */
	const struct strlist *hidden; /* of root: what the guest must not see (view.h); not owned */
	bool virtiofs;		      /* served by a virtiofsd (virtiofs.h), else by 9p */
	int fd;	   /* for QEMU: virtiofsd's socket, or of root the directory; -1: there is none */
	pid_t pid; /* virtiofs: its process */
};

/* Zero-initialise before use. */
struct shares {
	struct share *item; /* owned */
	size_t len;
};

/*
 * Add the directory described by text: DIR[:MOUNT][:rw]. The default of MOUNT is /mnt/ and the last
 * component of DIR. MOUNT is an absolute path, and none of the directories without which the guest
 * does not work, such as /bin. Returns NULL, or an error (caller frees).
 */
char *shareadd(struct shares *s, const char *text);

/*
 * Add the directory dir, absolute, as the guest's root file system, read-only. hidden must outlive
 * it. Returns its index.
 */
size_t shareaddroot(struct shares *s, const char *dir, const struct strlist *hidden);

/* Return whether one of them uses virtiofs. */
bool sharevirtiofs(const struct shares *s);

/*
 * Return whether QEMU itself writes to one of them for the guest. *setgid is set to whether one of
 * those is set-group-ID.
 */
bool sharewrites(const struct shares *s, bool *setgid);

/*
 * Append QEMU's arguments to argv. bus is as in struct machine. fd is the first of QEMU's
 * descriptors for virtiofs sockets.
 */
void shareargs(const struct shares *s, const char *bus, int fd, struct strlist *argv);

/*
 * Append "mount" and what it needs to mount the share of that index, but for the mount point.
 * options: those of mount, such as "ro".
 */
void sharemount(const struct shares *s, size_t index, const char *options, struct buf *out);

/*
 * Append shell commands to out that mount them in the guest. root is the path there of the root
 * file system that they are for, "" for the present one.
 */
void sharescript(const struct shares *s, const char *root, struct buf *out);

void sharesfree(struct shares *s);

struct port {
	unsigned host;	/* on 127.0.0.1 */
	unsigned guest; /* port of the server in the guest */
};

/* Parse HOST:GUEST. Returns whether text is valid. */
bool portparse(struct port *p, const char *text);

#endif
