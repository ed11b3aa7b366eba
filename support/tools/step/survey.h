/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a make would do with many packages: the rules of pipelinerun, asked without running
 * anything.
 */
#ifndef STEP_SURVEY_H
#define STEP_SURVEY_H

#include "job.h"
#include "stale.h"

enum verdict {
	FRESH,	 /* nothing is to be done */
	STORED,	 /* its image is taken from the store */
	RUN,	 /* steps are run */
	PERHAPS, /* steps are run if what it depends on comes out different */
};

/* One package. */
struct item {
	struct job job;
	char *line;	    /* the words of job, owned */
	struct stale stale; /* what there is to do and why */
	enum verdict verdict;
	struct buf meta;      /* of its stored image: see stored.h; empty if there is none */
	struct strlist maybe; /* dependencies whose result is not known yet */
	int seen;	      /* 1 being looked at, 2 done */
};

struct survey {
	struct item *item;
	size_t len;
	struct pairs scripts; /* that are about to be written: path, text */
};

/*
 * Read the list at path: a line for each package, words as step's command line has them ("..."
 * holds spaces), and the bundle (may be NULL). 0, or -1 with *why (caller frees).
 */
int surveyread(struct survey *s, const char *list, const char *bundle, char **why);

/* Find each one's verdict. 0, or -1 with *why (caller frees). */
int surveymake(struct survey *s, char **why);

/* The package of that name, or NULL. */
struct item *surveyfind(const struct survey *s, const char *name);

/* Print the names of the packages whose sources would be needed, a line each. */
void surveyunbuilt(const struct survey *s);

void surveyfree(struct survey *s);

#endif
