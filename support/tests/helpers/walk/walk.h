/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The state of a walk. */
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
	struct editing editing; /* how this move edits files */
	const char *tools;	/* TOOLDIR of the builds */
	char *scratch;		/* directory for everything but output */
	char *space;		/* file system of the output: a tmpfs, or scratch itself */
	int tmpfs;		/* it is our own tmpfs, which may be filled */
	char *ext;		/* the external tree */
	char *out;		/* O, below space */
	struct buf pins;	/* lines that are always in .config */
	int usual;		/* usual milliseconds of a build */
	struct buf said;	/* description of this move */
	struct {
		struct world world;
		struct buf config; /* empty: none yet */
	} past[NPAST];		   /* states to return to */
};

/* Append the text of O/.config to config. */
void configread(const struct walk *w, struct buf *config);

/* Write config and the pins to O/.config; by rename or in place, as this move edits. */
void configwrite(const struct walk *w, struct buf *config);

#endif
