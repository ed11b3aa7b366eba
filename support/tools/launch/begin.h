/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a build needs before it. */
#ifndef LAUNCH_BEGIN_H
#define LAUNCH_BEGIN_H

#include "launcher.h"

/*
 * Make DIR anew: bin/ with links to all programs of directory tools and, by the compiler's name, a
 * script that calls this program with "compile" and options, the n words that it was given itself.
 * Returns 0, or -1 with an error message in *why (caller frees).
 */
int begin(const struct settings *s, const char *tools, char *const *options, size_t n, char **why);

#endif
