/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What builds gave, and clean builds remembered. */
#ifndef WALK_COMPARE_H
#define WALK_COMPARE_H

#include "base/digest.h"
#include "walk.h"

/* The result of a build. */
struct result {
	struct buf images; /* a line for each name in images/: mode, digest or target, name */
	struct buf config; /* .config as the front end completed it, less what says how to build */
};

/* What lies in output directory out. */
void resultread(const char *out, struct result *r);
void resultfree(struct result *r);

/* Lines that only one of two results has, the first one's with "-", appended to out. */
void resultdiff(const struct result *a, const struct result *b, struct buf *out);

/* The digest of a state: of all that a build of it may depend on. */
void statedigest(const struct world *w, const char *config, char hex[DIGESTHEX]);

/* The result of that state's clean build if it was remembered, else NULL. */
const struct result *recall(const char state[DIGESTHEX]);

/* Remember one, which has to live on. */
void remember(const char state[DIGESTHEX], const struct result *r);

/*
 * Compare images/rootfs.manifest in out with what the model says of the packages' files.
 * What is not as it should be is appended to wrong.
 */
void manifestcheck(const struct world *w, const char *config, const char *out, struct buf *wrong);

#endif
