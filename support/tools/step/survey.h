/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What make would do with many packages: the rules of pipelinerun, without running anything. */
#ifndef STEP_SURVEY_H
#define STEP_SURVEY_H

#include "job.h"
#include "stale.h"

enum verdict {
	FRESH,	 /* up to date */
	STORED,	 /* taken from the store */
	RUN,	 /* steps run */
	PERHAPS, /* steps run if the result of a dependency changes */
};

/* One package. */
struct item {
	struct job job;
	char *line;	    /* the text that the words of job point into; owned */
	struct stale stale; /* the stale steps and the reasons */
	enum verdict verdict;
	struct buf meta; /* description of its stored image: stored.h; empty if there is none */
	struct strlist maybe; /* dependencies whose result is not known yet */
	int seen;	      /* state of the visit: 0 not begun, 1 begun, 2 done */
};

struct survey {
	struct item *item;
	size_t len;
	struct pairs scripts; /* the bundle: path, text */
};

/*
 * Read the list at path: a line for each package, with the words of step's command line ("..."
 * quotes spaces), and the bundle (may be NULL). Returns 0, or -1 with *why (caller frees).
 */
int surveyread(struct survey *s, const char *list, const char *bundle, char **why);

/* Find the verdict on each package. Returns 0, or -1 with *why (caller frees). */
int surveymake(struct survey *s, char **why);

/* Return the package of that name, or NULL. */
struct item *surveyfind(const struct survey *s, const char *name);

/* Print the names of the packages whose sources are needed, one a line. */
void surveyunbuilt(const struct survey *s);

/*
 * Print the names of the packages that have to be built, and whose images a store keeps, one a
 * line.
 */
void surveymissing(const struct survey *s);

/*
 * If the package of that name has to be built, and only from what stores keep, print what its image
 * will be called in the store, and then the names of the images of all of its dependencies, one a
 * line. Else print nothing. Returns 0, or -1 with *why (caller frees).
 */
int surveywanted(struct survey *s, const char *name, char **why);

void surveyfree(struct survey *s);

#endif
