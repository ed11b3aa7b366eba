/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The modules of a kernel whose drivers are not built in, such as a distribution's: those that the
 * guest needs before it can mount anything are loaded first.
 */
#ifndef RUNQEMU_MODULES_H
#define RUNQEMU_MODULES_H

#include <stddef.h>

#include "base/buf.h"

/* Zero-initialise before use. */
struct modules {
	char *release;	      /* the kernel's, as uname -r has it; owned; NULL: not known */
	char *dir;	      /* lib/modules/RELEASE, absolute; owned; NULL: there are none */
	char *index;	      /* its modules.dep; owned */
	struct strlist paths; /* what to load, in order */
	struct buf *file;     /* their contents, without compression; owned; NULL: not read yet */
};

/* Set m->release to that of a kernel image: the file at path, of len bytes at data. */
void modulesrelease(struct modules *m, const char *path, const void *data, size_t len);

/*
 * Find the modules of the kernel at path, whose release is known: in given, which is
 * lib/modules/RELEASE or a directory that has that; if given is NULL, at the places where
 * distributions have them, beside the kernel. Returns NULL, or the reason for failure (caller
 * frees): without given it is none that there are no modules.
 */
char *modulesfind(struct modules *m, const char *path, const char *given);

/* Return the configuration of the kernel at path, as distributions have it; NULL: none. Caller
 * frees. */
char *modulesconfig(const struct modules *m, const char *path);

/*
 * Add to m->paths what the kernel needs for the driver of a symbol (VIRTIO_PCI ...), as far as it
 * is a module.
 */
void modulesneed(struct modules *m, const char *symbol);

/* Read what m->paths names. Returns NULL, or the reason for failure (caller frees). */
char *modulesread(struct modules *m);

void modulesfree(struct modules *m);

#endif
