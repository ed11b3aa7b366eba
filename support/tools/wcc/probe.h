/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Probes: compilations of an empty file, by which kbuild finds out which options gcc knows. It asks
 * some fifty each time it starts, the same ones, which is a good part of building an edited kernel.
 * What came of those that gcc took is kept in a directory, and given again for the same
 * arguments to the same compiler.
 */
#ifndef WCC_PROBE_H
#define WCC_PROBE_H

#include <stdbool.h>

#include "base/buf.h"

/*
 * Nonzero if argv, gcc and its arguments, makes an object file of the empty /dev/null, and names
 * nothing else that is read or written. *output is then what it makes, which belongs to argv.
 */
bool probeis(const struct strlist *argv, const char **output);

/*
 * Run argv, of which probeis gave output, or give what is kept in dir for argv and compiler (which
 * tells one compiler from another; any text). dir is made if need be. Returns gcc's exit status, or
 * -1 if the caller has to run it: nothing was done then.
 */
int proberun(const struct strlist *argv, const char *output, const char *dir, const char *compiler);

#endif
