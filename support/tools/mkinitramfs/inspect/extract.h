/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Write an image's files below a directory. Nothing is written outside of it, whatever the
 * image says: names that lead out are refused, symbolic links are never followed.
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
	bool plainowner; /* leave owners and devices alone even if root runs it */
	bool owners;	 /* set owners */
	struct links links;
	struct strlist names; /* that links point to */
	struct problems *problems;
	struct problems *notes; /* what was left out, and is no error */
};

/* Begin below dir, which is made; one that exists must be empty. 0, or -1 with a problem. */
int extractopen(struct extraction *x, const char *dir);

/* A visitor's function (see image.h) for a struct extraction. */
int extractentry(void *context, uint32_t archive, const struct cpioentry *e);

/* Set what modes are left to be set, and end. */
void extractclose(struct extraction *x);

#endif
