/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A command line of QEMU without anything of this machine: it boots a guest again from copies of
 * its files in the directory where it is run. The guest's texts go to files in PORTABLE_DIR there.
 */
#ifndef RUNQEMU_PORTABLE_H
#define RUNQEMU_PORTABLE_H

#include "launch.h"
#include "vm.h"

/* What the files are called. */
#define PORTABLE_KERNEL	   "kernel"
#define PORTABLE_CONFIG	   "kernel.config"
#define PORTABLE_INITRAMFS "initramfs" /* with the layer in front */
#define PORTABLE_IMAGE	   "image"     /* the disk of --boot */
#define PORTABLE_LAYER	   "layer"     /* the disk with the layer, if there is such an image */
#define PORTABLE_FIRMWARE  "firmware"
#define PORTABLE_DIR	   "again"

/* The name of disk number i. Caller frees. */
char *portabledisk(size_t i);

/* The character device for a channel, in place of a socket. Caller frees. */
char *portablechar(const struct launch *l, const char *id, enum channel c);

/* Append the command line for the guest of l to argv. */
void portableargv(const struct launch *l, struct strlist *argv);

#endif
