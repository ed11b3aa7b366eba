/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The layer of the guest's root filesystem that makes a boot a session: /.whittle/session, a
 * shell script that runs a command or a shell and tells how it ended, and /.whittle/cmd, the
 * command. docs/guest.md describes what the image has to do with them.
 */
#ifndef RUNQEMU_SESSION_H
#define RUNQEMU_SESSION_H

#include <stdbool.h>

#include "buf.h"

#define SESSION_FILE ".whittle/session"
#define SESSION_PATH "/" SESSION_FILE

/* Names of the virtio-serial ports of a command's output. */
#define PORT_OUT "whittle.out"
#define PORT_ERR "whittle.err"

struct session {
	const char *mark;    /* what its records begin with (stream.h) */
	const char *command; /* shell text; NULL: an interactive shell on the console */
	bool virtio;	     /* the machine has the ports named above */
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
