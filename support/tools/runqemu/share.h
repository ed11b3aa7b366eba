/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Directories of the host in the guest, and ports of the guest on the host. */
#ifndef RUNQEMU_SHARE_H
#define RUNQEMU_SHARE_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "base/buf.h"

struct share {
	char *dir;     /* the host's directory, an absolute path; owned */
	char *mount;   /* where the guest has it; owned */
	bool write;    /* the guest may change it */
	bool setgid;   /* what is made in it gets its group, and so do directories in turn */
	bool virtiofs; /* a virtiofsd serves it (virtiofs.h), else 9p */
	int fd;	       /* with virtiofs: the socket to that, for QEMU */
	pid_t pid;     /* with virtiofs: its process */
};

/* Zero-initialise before use. */
struct shares {
	struct share *item; /* owned */
	size_t len;
};

/*
 * Add the one that text describes: DIR[:MOUNT][:rw]. Without MOUNT it is /mnt/ and the last part of
 * DIR. Returns NULL, or what is wrong with it (caller frees).
 */
char *shareadd(struct shares *s, const char *text);

/* Whether one of them goes by virtiofs. */
bool sharevirtiofs(const struct shares *s);

/*
 * Whether QEMU itself writes to one of them as the guest wants. *setgid tells whether one of those
 * is setgid.
 */
bool sharewrites(const struct shares *s, bool *setgid);

/*
 * Append QEMU's arguments to argv; bus is as in struct machine. QEMU finds the sockets of virtiofs
 * at the descriptors from fd on.
 */
void shareargs(const struct shares *s, const char *bus, int fd, struct strlist *argv);

/* Append shell commands that mount them in the guest to out. */
void sharescript(const struct shares *s, struct buf *out);

void sharesfree(struct shares *s);

struct port {
	unsigned host;	/* on 127.0.0.1 */
	unsigned guest; /* where the guest's server listens */
};

/* Read HOST:GUEST. Returns whether it was that. */
bool portparse(struct port *p, const char *text);

#endif
