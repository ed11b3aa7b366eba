/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a build has to do and what comes out, by what the packages are: known without a look at
 * the engine or its records. The model remembers, for each step, what it was last done with.
 */
#ifndef WALK_MODEL_H
#define WALK_MODEL_H

#include "base/digest.h"
#include "world.h"

/* Bit beside those of the steps: the image was taken from a cache. */
enum { CACHED = 1u << NSTEP, ALLSTEPS = CACHED - 1 };

struct model {
	int cache; /* images may come from a cache */
	int dates; /* files were dated otherwise than by the time of day since keep was built */
	struct {
		char id[NSTEP][DIGESTHEX]; /* digest of all that the step was done with */
		char loose[DIGESTHEX];	   /* the same of what need not count, but may */
		int unknown;		   /* a build was cut short since: anything may be redone */
	} done[NPARTS];
};

/* Steps as bits, by package. */
struct plan {
	unsigned int must[NPARTS];
	unsigned int may[NPARTS]; /* those included that must */
};

/* What a build of w with this configuration does; from now on it counts as done. */
void modelbuild(struct model *m, const struct world *w, const char *config, struct plan *plan);

void modelforget(struct model *m, int p); /* p's directory was removed */
void modeldisturbed(struct model *m);	  /* a build did not end */

/* The content of p's file in the root filesystem, /usr/share/<package>, appended to out. */
void modelfile(const struct world *w, const char *config, int p, struct buf *out);

/* The lines of .config on symbols that begin so, sorted as they stand there; appended to out. */
void modelconfig(const char *config, const char *prefix, struct buf *out);

#endif
