/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The sandbox of a script: no network but a loopback interface of its own, and read-only access to
 * its inputs. It is made of namespaces, which end with their last process: nothing is ever mounted
 * for other processes. What the machine does not allow is left out, with one warning for each
 * output directory (refusal.h).
 */
#ifndef STEP_SANDBOX_H
#define STEP_SANDBOX_H

#include <stdbool.h>

#include "job.h"

/*
 * Create what all scripts of this runner share: a network namespace and, unless we are root, a user
 * namespace that maps each user to itself. A temporary child creates them, so that this process
 * never is in a half-made sandbox. A second call does nothing. If j->unconfined, only record that
 * in the package's directory and in that of its sources.
 */
void sandboxmake(const struct job *j);

/* Whether a script went without, by j->unconfined, since those directories were made. */
bool sandboxmissed(const struct job *j);

/*
 * To be called in the child that will run step: enter the namespaces and make everything read-only
 * except the package's directory and the places for temporary files; inside it, $SYSROOT, $HOST,
 * $FILES and, except for unpack, $SRC are read-only too.
 */
void sandboxenter(const struct job *j, const char *step);

#endif
