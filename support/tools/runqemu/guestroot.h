/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The guest's root file system is a directory of the host: a system of its own, or the host's (/).
 * The guest has it read-only, with a layer in its memory above it that takes what is written.
 */
#ifndef RUNQEMU_GUESTROOT_H
#define RUNQEMU_GUESTROOT_H

#include "base/buf.h"
#include "options.h"
#include "share.h"
#include "view.h"

/* Zero-initialise before use. */
struct guestroot {
	char *dir;	       /* the directory, absolute; owned; NULL: there is none */
	size_t share;	       /* its index among the shares */
	char *user;	       /* name of the user in the guest; owned */
	unsigned uid;	       /* the user, its group and */
	unsigned gid;	       /* ... */
	char *groups;	       /* its other groups, joined by commas; owned */
	char *home;	       /* its home directory; owned */
	char *shell;	       /* its login shell; owned */
	struct strlist hidden; /* what the guest must not see of it (view.h) */
	struct view view;      /* what QEMU serves by 9p */
	bool network;	       /* the guest has QEMU's user network; set by the caller */
	char *cwd; /* our working directory, as the guest has it; NULL: it has not; owned */
};

/*
 * Set *r, and add the directory to shares, as o asks for. Returns NULL, or the reason for failure
 * (caller frees). *r must stay where it is.
 */
char *guestrootget(struct guestroot *r, struct shares *shares, const struct options *o);

/*
 * Prepare what QEMU serves, unless a virtiofsd serves it. Returns NULL, or the reason why nothing
 * is hidden from the guest (caller frees).
 */
char *guestrootserve(struct guestroot *r, struct shares *shares);

void guestrootfree(struct guestroot *r);

#endif
