/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One call of the compiler, by way of the launcher or not. */
#ifndef LAUNCH_COMPILE_H
#define LAUNCH_COMPILE_H

#include "launcher.h"

/*
 * Do what the compiler would do with its arguments, of which the first is its name. Returns its
 * exit status, or becomes the compiler. The file DIR/count gets a line for each file that is
 * compiled: "by SERVER" or "here REASON".
 */
int compile(const struct settings *s, char **args);

#endif
