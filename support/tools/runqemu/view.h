/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A view of a directory of the host: read-only, without devices, and with some of it hidden. It is
 * a tree of mounts in a namespace of its own, which nobody else sees. A process that opens files
 * below the view's descriptor cannot leave the view, whatever namespace it is in, and sees owners
 * as they are.
 */
#ifndef RUNQEMU_VIEW_H
#define RUNQEMU_VIEW_H

#include <sys/types.h>

#include "base/buf.h"

/* Begin with VIEW_NONE. */
struct view {
	int fd;	   /* the directory; -1: there is none */
	pid_t pid; /* the process that keeps the namespace; -1: there is none */
};

#define VIEW_NONE ((struct view){ .fd = -1, .pid = -1 })

/*
 * Put this process into new namespaces, and into such a view of the absolute path dir. hidden:
 * paths in dir, with or without a leading slash, which may be shell patterns; those that exist are
 * an empty file or directory in the view. The system's own file systems (proc, sysfs, devices, ...)
 * and /run are always hidden. Returns the path of the view, which is static, or NULL with errno;
 * EPERM, ENOSPC or EACCES: this machine does not allow it.
 */
const char *viewenter(const char *dir, const struct strlist *hidden);

/* Open a view in a process of its own, which ends with this one. Returns 0, or -1 with errno. */
int viewopen(struct view *v, const char *dir, const struct strlist *hidden);

/* End the process, and with it the view. */
void viewclose(struct view *v);

#endif
