/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The commits among which the first bad one is, as 'git rev-list --topo-order --parents' lists
 * them. */
#ifndef BISECTOR_GRAPH_H
#define BISECTOR_GRAPH_H

#include <stddef.h>
#include <stdint.h>

struct graph {
	size_t len;	 /* commits; each is before its parents, so the bad one is number 0 */
	char **name;	 /* of each; owned */
	size_t *parents; /* where the parents of commit I begin in parent; those of I+1 end them */
	uint32_t
		*parent; /* numbers of parents. Those that are not among the commits are left out */
};

/*
 * Read lines COMMIT PARENT... of a text, which is modified. Returns 0; or -1 with *why set, which
 * the caller frees.
 */
int graphread(struct graph *g, char *text, char **why);
void graphfree(struct graph *g);

#endif
