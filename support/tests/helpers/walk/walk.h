/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A walk under way: where it is, and what it knows. */
#ifndef WALK_WALK_H
#define WALK_WALK_H

#include "exttree.h"
#include "model.h"
#include "world.h"

enum { NPAST = 4 };

struct walk {
	struct dice dice;
	struct world world;
	struct model model;
	struct editing editing; /* how this move leaves files that it edits */
	const char *tools;	/* TOOLDIR of the builds */
	char *scratch;		/* directory for all that is not output */
	char *space;		/* file system of the outputs: a tmpfs, or scratch itself */
	int tmpfs;		/* it is a tmpfs of ours, which can be filled */
	char *ext;		/* the external tree */
	char *out;		/* O, below space */
	struct buf pins;	/* lines that .config has in any case */
	int usual;		/* milliseconds that a build took of late */
	struct buf said;	/* what this move did, for people */
	struct {
		struct world world;
		struct buf config; /* empty: there is none yet */
	} past[NPAST];		   /* states to come back to */
};

/* The text of O/.config, appended to config. */
void configread(const struct walk *w, struct buf *config);

/* Write it, with the pins; by renaming or in place, as this move edits. */
void configwrite(const struct walk *w, struct buf *config);

#endif
