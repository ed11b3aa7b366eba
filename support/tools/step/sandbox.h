/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What keeps a script to itself: no network but a loopback of its own, and read-only what it
 * may only read. It is made of namespaces, which end with the last process in them: nothing is
 * ever mounted for anybody else. What the machine does not allow is done without, and said
 * once for each output directory: the file .sandbox beside the clock has what was said.
 */
#ifndef STEP_SANDBOX_H
#define STEP_SANDBOX_H

#include <stdbool.h>

#include "job.h"

/*
 * Make what all the scripts of this runner share: a network namespace and, unless we are root, a
 * user namespace in which everybody is who he was. A child that is thrown away makes them, so
 * that nobody ends half-way inside. Does nothing a second time; if j->unconfined, it just notes
 * that in the directory of the package, and in that of its sources.
 */
void sandboxmake(const struct job *j);

/* Whether a script went without, by j->unconfined, since those directories were made. */
bool sandboxmissed(const struct job *j);

/*
 * In the child that is about to run step: go inside, and make read-only all that is not the
 * package's directory or a place for what is temporary, and in it $SYSROOT, $HOST, $FILES and, but
 * for unpack, $SRC.
 */
void sandboxenter(const struct job *j, const char *step);

#endif
