/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a step of a recipe may say: shell text that speaks of $(SRC), $(BUILD), $(IMAGE),
 * $(SYSROOT) and $(HOST), never of a place on this machine, and that fetches nothing.
 */
#ifndef CHECKRECIPE_STEPS_H
#define CHECKRECIPE_STEPS_H

#include <stddef.h>

#include "findings.h"

/* Check the body of a define, whose first line is line of file. */
void stepcheck(const char *file, size_t line, const char *body, struct report *r);

#endif
