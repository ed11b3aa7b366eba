/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A step's key is the text of all that decides its result:
 *
 *   src SHA256           of the script that makes the source tree (not for the step that does)
 *   dep NAME SHA256      of the part of each dependency's image that is used
 *                        (late ones: not for configure)
 *                        (an empty line)
 *   the script
 *
 * The step is done when done/STEP holds just its key.
 */
#ifndef STEP_KEY_H
#define STEP_KEY_H

#include <stdbool.h>

#include "base/buf.h"
#include "job.h"

/* What stands for the digest of a dependency that is not known yet. */
#define KEYUNKNOWN "?"

/*
 * What a survey knows better than the disk. Zeroed: nothing.
 */
struct keyview {
	const struct pairs *scripts; /* path, text (bundle.h); or NULL */
	struct pairs digests;	     /* dependency, digest or KEYUNKNOWN */
};

/* Append step's key, by what view (may be NULL) and the disk say. 0, or -1 with *why (caller
 * frees). */
int keymake(const struct job *j, const char *step, const struct keyview *view, struct buf *key,
	    char **why);

/* Set *key to what it was when step last succeeded; empty when it never did. */
void keydone(const struct job *j, const char *step, struct buf *key);

/* The same from the records in dir/RECORDS, "done" or "restored". */
void keyrecorded(const struct job *j, const char *records, const char *step, struct buf *key);

/*
 * Whether the two keys agree in all up to the first empty line of the script, its header:
 * sources, dependencies, environment, compiler.
 */
bool keysamehead(const struct buf *want, const struct buf *done);

/* Append to out the key without the digest of edited sources (its line "# sources DIGEST"). */
void keysteady(const struct buf *key, struct buf *out);

/* Whether the two are the same text. */
bool keysame(const struct buf *a, const struct buf *b);

#endif
