/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The layer that runqemu adds to the guest's root filesystem, below /.whittle, which only root can
 * read: session, a shell script that runs a command or a shell and reports its status; cmd, the
 * command; start, which runs before (start.h); shell, the agent for further shells (agent.h).
 * docs/guest.md describes how the image uses them.
 *
 * The processes they run must not know the marks of their records. The marks are in files, which
 * the scripts read and empty before they run anything.
 */
#ifndef RUNQEMU_SESSION_H
#define RUNQEMU_SESSION_H

#include <stdbool.h>

#include "agent.h"
#include "base/buf.h"
#include "guestroot.h"
#include "lan.h"
#include "modules.h"
#include "share.h"

#define SESSION_FILE ".whittle/session"
#define SESSION_PATH "/" SESSION_FILE
#define START_FILE   ".whittle/start"
#define SHELL_FILE   ".whittle/shell"
#define MODULES_DIR  ".whittle/modules"
#define MARK_FILE    ".whittle/mark"
#define SHELL_MARKS  ".whittle/marks"	/* those of agent.h */
#define START_ERRORS "/.whittle/errors" /* what start could not do, in the guest */

/* PATH of scripts in the guest. */
#define GUEST_PATH "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"

struct session {
	const char *mark;		/* mark of its records (records.h) */
	const struct agentmarks *marks; /* marks of further shells; NULL: no further shells */
	const char *command; /* shell command; NULL: an interactive shell on the console */
	bool virtio;	     /* the machine has virtio-serial ports */
	const char *tty;     /* the guest's name of the second serial port; NULL: there is none */
	bool interface;	     /* the guest has a network interface */
	bool network;	     /* wait for an address before the command */
	bool own;	     /* the guest's own boot, without a session that reports to us */
	const struct shares *shares;   /* directories to mount; NULL: none */
	const struct modules *modules; /* modules to load first; NULL: none */
	const struct lan *lan;	       /* a network with other guests */
	const struct guestroot *root;  /* one of them is the root file system; NULL: none is */
};

/* Append the script to out. */
void sessionscript(struct buf *out, const struct session *s);

/* Append the layer to out: a cpio archive in newc format, padded to 512 bytes. */
void sessionlayer(struct buf *out, const struct session *s);

/*
 * Create a memory file with the layer and then the archive at path (NULL: none). The kernel unpacks
 * both, whatever the compression of the second. Returns a descriptor, or -1 with errno.
 */
int sessioninitrd(const struct session *s, const char *path);

#endif
