/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Removal of temporary files when a signal ends the program. */
#ifndef MKINITRAMFS_CLEANUP_H
#define MKINITRAMFS_CLEANUP_H

/*
 * Remove path if SIGHUP, SIGINT or SIGTERM arrives from now on. path is borrowed. At most 4 paths.
 */
void cleanupadd(const char *path);

/*
 * Block these signals between the creation of a file and cleanupadd, and restore the signal mask.
 */
void cleanuphold(void);
void cleanupresume(void);

/* Forget all paths: they are kept. */
void cleanupclear(void);

#endif
