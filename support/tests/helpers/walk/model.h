/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The model: what a build has to do and its results, derived from the packages alone, not from the
 * engine or its records. It remembers for each step what it was last done with.
 */
#ifndef WALK_MODEL_H
#define WALK_MODEL_H

#include "base/digest.h"
#include "world.h"

/* A bit in addition to those of the steps: the image was taken from a cache. */
enum { CACHED = 1u << NSTEP, ALLSTEPS = CACHED - 1 };

struct model {
	int cache; /* images may come from a cache */
	int dates; /* files got dates other than the current time since keep was built */
	struct {
		char id[NSTEP][DIGESTHEX]; /* digest of all inputs that the step was done with */
		char loose[DIGESTHEX];	   /* digest of inputs that may count or not */
		int unknown; /* a build was interrupted since: anything may be redone */
	} done[NPARTS];
};

/* Steps as bits, by package. */
struct plan {
	unsigned int must[NPARTS];
	unsigned int may[NPARTS]; /* including those in must */
};

/* Set *plan to what a build of w with this configuration does, and count it as done. */
void modelbuild(struct model *m, const struct world *w, const char *config, struct plan *plan);

void modelforget(struct model *m, int p); /* p's directory was removed */
void modeldisturbed(struct model *m);	  /* a build did not end */

/* Append the contents of p's file in the root filesystem, /usr/share/<package>, to out. */
void modelfile(const struct world *w, const char *config, int p, struct buf *out);

/* Append the lines of .config on symbols with this prefix, sorted, to out. */
void modelconfig(const char *config, const char *prefix, struct buf *out);

#endif
