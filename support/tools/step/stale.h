/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which steps of a package are stale. */
#ifndef STEP_STALE_H
#define STEP_STALE_H

#include <stdbool.h>

#include "base/buf.h"
#include "job.h"
#include "key.h"

/* What is to be done. */
struct stale {
	struct buf *keys;   /* of j->steps, owned */
	size_t first;	    /* the step to begin with; j->steps.len: nothing is stale */
	size_t changed;	    /* the first step whose key changed, not later than which first is */
	bool wipe;	    /* build/ is of no use to it */
	struct strlist why; /* phrases that follow "because" */
};

/*
 * Fill *s (zeroed by the caller, who frees it by stalefree) by the keys as view (may be NULL)
 * has them and the records. 0, or -1 with *why (caller frees).
 */
int stalefind(const struct job *j, const struct keyview *view, struct stale *s, char **why);

void stalefree(const struct job *j, struct stale *s);

#endif
