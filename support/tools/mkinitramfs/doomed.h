/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Temporary files that are removed when a signal ends the program. */
#ifndef MKINITRAMFS_DOOMED_H
#define MKINITRAMFS_DOOMED_H

/* From now on path goes when SIGHUP, SIGINT or SIGTERM comes; it is borrowed. Up to 4 of them. */
void doomedadd(const char *path);

/* Let such a signal wait, so that none comes between making a file and doomedadd; and no longer. */
void doomedhold(void);
void doomedresume(void);

/* None of them goes any more. */
void doomedclear(void);

#endif
