/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A step's key is the text of all that decides its result:
 *
 *   src SHA256           of the script that made the source tree (not for the step that makes it)
 *   dep NAME SHA256      of the part of each dependency's image that is used
 *                        (an empty line)
 *   the script
 *
 * The step is done when done/STEP holds just its key.
 */
#ifndef STEP_KEY_H
#define STEP_KEY_H

#include "buf.h"
#include "job.h"

/* Append step's key. 0, or -1 with *why (caller frees). */
int keymake(const struct job *j, const char *step, struct buf *key, char **why);

/* What the key was when step last succeeded; empty when it never did. */
void keydone(const struct job *j, const char *step, struct buf *key);

/*
 * Why done differs from want, in words, as a new string: "not done before", the dependency that
 * changed, or the first line of the script that did.
 */
char *keydiff(const struct buf *want, const struct buf *done);

/*
 * Nonzero if the two keys agree in all up to the first empty line of the script, its header:
 * sources, dependencies, environment, compiler.
 */
int keysamehead(const struct buf *want, const struct buf *done);

#endif
