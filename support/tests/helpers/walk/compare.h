/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Results of builds, and a memory of clean builds. */
#ifndef WALK_COMPARE_H
#define WALK_COMPARE_H

#include "base/digest.h"
#include "walk.h"

/* The result of a build. */
struct result {
	struct buf images; /* a line for each file in images/: mode, digest or target, name */
	struct buf
		config; /* .config as completed by the front end, without options on how to build */
};

/* Read the result in output directory out. */
void resultread(const char *out, struct result *r);
void resultfree(struct result *r);

/* Append the lines that are in only one of two results to out; those of the first have "-". */
void resultdiff(const struct result *a, const struct result *b, struct buf *out);

/* Compute the digest of a state: of all inputs of its build. */
void statedigest(const struct world *w, const char *config, char hex[DIGESTHEX]);

/* Return the result of that state's clean build if it is remembered, else NULL. */
const struct result *recall(const char state[DIGESTHEX]);

/* Remember a result, which must stay valid. */
void remember(const char state[DIGESTHEX], const struct result *r);

/*
 * Compare images/rootfs.manifest in out with the files that the model expects. Differences are
 * appended to wrong.
 */
void manifestcheck(const struct world *w, const char *config, const char *out, struct buf *wrong);

#endif
