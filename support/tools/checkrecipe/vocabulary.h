/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The words that the engine knows in recipes: names of variables after their package's prefix, and
 * values of TYPE and MODE. A makefile lists them.
 */
#ifndef CHECKRECIPE_VOCABULARY_H
#define CHECKRECIPE_VOCABULARY_H

#include "base/buf.h"

/* Zero-initialise before use. */
struct vocabulary {
	struct strlist variables; /* KNOWN_VARIABLES */
	struct strlist steps;	  /* KNOWN_STEPS: their values are shell text */
	struct strlist types;	  /* KNOWN_TYPES */
	struct strlist modes;	  /* KNOWN_MODES */
};

/* Read the makefile text, called file. Returns 0, or -1 with *why (caller frees). */
int vocabularyparse(struct vocabulary *v, const char *file, const char *text, char **why);

/* Nonzero if a variable may have that suffix: a known one, or a private one in lower case. */
int vocabularyknows(const struct vocabulary *v, const char *suffix);

/* The known suffix that was meant, NULL if none is near. */
const char *vocabularynear(const struct vocabulary *v, const char *suffix);

void vocabularyfree(struct vocabulary *v);

#endif
