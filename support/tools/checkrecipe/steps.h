/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Rules for the steps of a recipe. A step is shell text that uses $(SRC), $(BUILD), $(IMAGE),
 * $(SYSROOT) and $(HOST), no path of the build machine, and no network.
 */
#ifndef CHECKRECIPE_STEPS_H
#define CHECKRECIPE_STEPS_H

#include <stddef.h>

#include "findings.h"

/* Check the body of a define that starts at the given line of file. */
void stepcheck(const char *file, size_t line, const char *body, struct report *r);

#endif
