/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The layer of the guest's root filesystem that makes a boot ours, all below /.whittle, which is
 * root's alone: session, a shell script that runs a command or a shell and tells how it ended; cmd,
 * the command; start, what is done before that (start.h); shell, what gives further shells
 * (agent.h). docs/guest.md describes what the image has to do with them.
 *
 * What their records begin with must not be known to what they run. It stands in files of its own,
 * which are read and emptied before anything is run, and then in the memory of the two shells.
 */
#ifndef RUNQEMU_SESSION_H
#define RUNQEMU_SESSION_H

#include <stdbool.h>

#include "agent.h"
#include "base/buf.h"
#include "share.h"

#define SESSION_FILE ".whittle/session"
#define SESSION_PATH "/" SESSION_FILE
#define START_FILE   ".whittle/start"
#define SHELL_FILE   ".whittle/shell"
#define MARK_FILE    ".whittle/mark"
#define SHELL_MARKS  ".whittle/marks"	/* those of agent.h */
#define START_ERRORS "/.whittle/errors" /* what start could not do, in the guest */

/* Where scripts in the guest find programs. */
#define GUEST_PATH "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"

struct session {
	const char *mark; /* what its records begin with (stream.h) */
	const struct agentmarks
		*marks;		     /* those of further shells; NULL: there are no such shells */
	const char *command;	     /* shell text; NULL: an interactive shell on the console */
	bool virtio;		     /* the machine has virtio-serial ports */
	bool network;		     /* the command waits for an address */
	bool own;		     /* the guest boots as it does by itself: no session */
	const struct shares *shares; /* directories to be mounted; NULL: none */
};

/* Append the script to out. */
void sessionscript(struct buf *out, const struct session *s);

/* Append the layer to out: a cpio archive in newc format, padded to 512 bytes. */
void sessionlayer(struct buf *out, const struct session *s);

/*
 * A memory file that holds the layer and then the archive at path, NULL for none: the kernel
 * unpacks one after the other, whatever the second is compressed with. Returns a descriptor, or
 * -1 with errno set.
 */
int sessioninitrd(const struct session *s, const char *path);

#endif
