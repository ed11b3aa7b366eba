/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Opening a crash: its core, made fit for a debugger, and gdb's commands for it. */
#ifndef CORES_GDBSCRIPT_H
#define CORES_GDBSCRIPT_H

#include <stdbool.h>

#include "base/buf.h"

struct opening {
	const char *dir;     /* of the crash */
	const char *vmlinux; /* the kernel; NULL: that of the crash, if there is one */
	const char *core;    /* where the core goes, decompressed */
	bool plain;	     /* for others than gdb: the core stays as QEMU wrote it */
};

/*
 * Make the core, and append gdb's commands to out, and to notes what is missing, a line each.
 * Returns NULL, or why it cannot be opened (caller frees).
 */
char *crashopen(const struct opening *o, struct buf *out, struct strlist *notes);

#endif
