/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A directory of boot files, with the names that a build gives them. */
#ifndef RUNQEMU_IMAGES_H
#define RUNQEMU_IMAGES_H

#include "options.h"

/*
 * Search the directory o->images for files that the command line does not name: bzImage, vmlinux
 * and kernel.config, unless a kernel is given, and initramfs.cpio*. Returns 0, or -1 with errno;
 * ENOENT: no kernel.
 */
int imagesfind(struct options *o);

#endif
