/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One call of the compiler: what it compiles, and whether that can be done elsewhere. */
#ifndef LAUNCH_UNIT_H
#define LAUNCH_UNIT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

struct unit {
	char *const *args;  /* the compiler's arguments, NULL-terminated */
	size_t action;	    /* index of -c */
	size_t output;	    /* index of the value of -o */
	size_t source;	    /* index of the source */
	bool debug;	    /* with debug information */
	const char *reason; /* why it can only be compiled here, or NULL; a constant */
};

/*
 * Read the arguments. Returns false if they do not compile a file to an object: a question to the
 * compiler, a link, a probe of /dev/null.
 */
bool unitread(struct unit *u, char *const *args);

/* Append the arguments that preprocess the unit to the file text. */
void unitpreprocess(const struct unit *u, const char *text, struct strlist *out);

/*
 * Append the arguments that compile the preprocessed file text to the file object: without the
 * options of the preprocessor.
 */
void unitcompile(const struct unit *u, const char *text, const char *object, struct strlist *out);

#endif
