/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which steps of a package are stale. */
#ifndef STEP_STALE_H
#define STEP_STALE_H

#include <stdbool.h>

#include "base/buf.h"
#include "job.h"
#include "key.h"

/* The stale steps. */
struct stale {
	struct buf *keys;   /* keys of j->steps; owned */
	size_t first;	    /* the first step to run; j->steps.len: nothing is stale */
	size_t changed;	    /* the first step whose key changed; at most the one that first is */
	bool wipe;	    /* build/ has to be emptied first */
	struct strlist why; /* reasons, as words that follow "because" */
};

/*
 * Compare the keys with the records and fill *s, which the caller sets to zero and frees by
 * stalefree; view (may be NULL) takes precedence over the disk. Returns 0, or -1 with *why (caller
 * frees).
 */
int stalefind(const struct job *j, const struct keyview *view, struct stale *s, char **why);

void stalefree(const struct job *j, struct stale *s);

#endif
