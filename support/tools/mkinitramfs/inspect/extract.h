/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Extraction of an image to a directory. Nothing is written outside it, even if the image is
 * malicious: names that lead out are refused, and symbolic links are never followed.
 */
#ifndef MKINITRAMFS_EXTRACT_H
#define MKINITRAMFS_EXTRACT_H

#include "archive/cpio.h"
#include "archive/place.h"
#include "base/buf.h"
#include "fs/links.h"
#include "mkinitramfs/tree/problem.h"

/* Zero-initialise, then set problems, notes and plainowner. */
struct extraction {
	struct place place;
	bool plainowner;    /* do not set owners and do not create devices, even as root */
	bool owners;	    /* set owners */
	struct bound bound; /* for directories that no entry names */
	struct links links;
	struct strlist names; /* targets of hard links */
	struct problems *problems;
	struct problems *notes; /* skipped entries that are not errors */
};

/*
 * Start to extract to dir. It is created, or must be empty. Returns 0, or -1 with the error added
 * to problems.
 */
int extractopen(struct extraction *x, const char *dir);

/* A visitor's callback (see image.h) for a struct extraction. */
int extractentry(void *context, uint32_t archive, const struct cpioentry *e);

/* Set the remaining modes, and free the memory. */
void extractclose(struct extraction *x);

#endif
