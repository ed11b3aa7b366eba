/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A step's key is the text of everything that determines its result:
 *
 *   src SHA256           of the script that makes the source tree (in all steps but unpack)
 *   dep NAME SHA256      of the part of each dependency's image that is used
 *                        (late dependencies and those on images: not for configure)
 *                        (an empty line)
 *   the script
 *
 * The step is done when done/STEP is equal to its key.
 */
#ifndef STEP_KEY_H
#define STEP_KEY_H

#include <stdbool.h>

#include "base/buf.h"
#include "job.h"

/* In place of the digest of a dependency: not known yet. */
#define KEYUNKNOWN "?"

/* What a survey knows that is not on disk yet. All zero: nothing. */
struct keyview {
	const struct pairs *scripts; /* path, text (bundle.h); or NULL */
	struct pairs digests;	     /* as keydep calls it, digest or KEYUNKNOWN */
};

/* What a part of a dependency is called in keyview.digests. Caller frees. */
char *keydep(const char *name, const char *part);

/*
 * Append step's key to key; view (may be NULL) takes precedence over the disk. Returns 0, or -1
 * with *why (caller frees).
 */
int keymake(const struct job *j, const char *step, const struct keyview *view, struct buf *key,
	    char **why);

/* Set *key to the key of step's last success; empty if it never succeeded. */
void keydone(const struct job *j, const char *step, struct buf *key);

/* The same from the records in dir/RECORDS; records is "done" or "restored". */
void keyrecorded(const struct job *j, const char *records, const char *step, struct buf *key);

/*
 * Whether the two keys agree in all up to the first empty line of the script, its header:
 * sources, dependencies, environment, compiler.
 */
bool keysamehead(const struct buf *want, const struct buf *done);

/* Append the key to out, without the digest of edited sources (the line "# sources DIGEST"). */
void keysteady(const struct buf *key, struct buf *out);

/* Whether the two are the same text. */
bool keysame(const struct buf *a, const struct buf *b);

#endif
