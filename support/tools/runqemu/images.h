/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A directory with all that there is to boot, by the names that a build gives it. */
#ifndef RUNQEMU_IMAGES_H
#define RUNQEMU_IMAGES_H

#include "options.h"

/*
 * Look into the directory o->images for what the command line does not name: bzImage, vmlinux and
 * kernel.config, unless a kernel is given, and initramfs.cpio*. Returns 0, or -1 with errno set,
 * to ENOENT if there is no kernel.
 */
int imagesfind(struct options *o);

#endif
