/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Temporary files that are removed when a signal ends the program. */
#ifndef MKINITRAMFS_CLEANUP_H
#define MKINITRAMFS_CLEANUP_H

/* From now on path goes when SIGHUP, SIGINT or SIGTERM comes; it is borrowed. Up to 4 of them. */
void cleanupadd(const char *path);

/* Let such a signal wait, so that none comes between making a file and cleanupadd; and no longer.
 */
void cleanuphold(void);
void cleanupresume(void);

/* None of them goes any more. */
void cleanupclear(void);

#endif
