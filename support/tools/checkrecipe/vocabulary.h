/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The words that the engine accepts in recipes: suffixes of variable names, and values of TYPE and
 * MODE. A makefile lists them.
 */
#ifndef CHECKRECIPE_VOCABULARY_H
#define CHECKRECIPE_VOCABULARY_H

#include <stdbool.h>

#include "base/buf.h"

/* Zero-initialise before use. */
struct vocabulary {
	struct strlist variables; /* KNOWN_VARIABLES */
	struct strlist steps;	  /* KNOWN_STEPS: variables whose values are shell text */
	struct strlist types;	  /* KNOWN_TYPES */
	struct strlist modes;	  /* KNOWN_MODES */
};

/*
 * Parse the makefile text, called file in messages. Returns 0, or -1 with *why set (caller frees).
 */
int vocabularyparse(struct vocabulary *v, const char *file, const char *text, char **why);

/*
 * Return whether a variable may have that suffix: a known one, or a private one in lower case.
 */
bool vocabularyknows(const struct vocabulary *v, const char *suffix);

/* Return the known suffix that is most similar, or NULL if none is. */
const char *vocabularynear(const struct vocabulary *v, const char *suffix);

void vocabularyfree(struct vocabulary *v);

#endif
