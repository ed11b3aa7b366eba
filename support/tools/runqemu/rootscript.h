/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Scripts in the guest for a root file system of the host. */
#ifndef RUNQEMU_ROOTSCRIPT_H
#define RUNQEMU_ROOTSCRIPT_H

#include "base/buf.h"
#include "guestroot.h"
#include "share.h"

#define ENTER_FILE ".whittle/enter"

/*
 * Append shell commands that mount the root file system, with what a running system has in it; they
 * set the variable root to its mount point.
 */
void rootmount(struct buf *out, const struct guestroot *r, const struct shares *shares);

/*
 * Append a script that enters it as the user: ENTER_FILE [FILE]. Without FILE it is a login shell,
 * else FILE is run by sh.
 */
void rootenter(struct buf *out, const struct guestroot *r);

#endif
