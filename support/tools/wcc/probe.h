/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Cache of probes. A probe is a compilation of an empty file, by which kbuild finds out which
 * options gcc supports. kbuild runs the same fifty or so probes at each start, which takes a large
 * part of the time to rebuild an edited kernel. The results of successful probes are kept in a
 * directory, and reused for the same arguments and the same compiler.
 */
#ifndef WCC_PROBE_H
#define WCC_PROBE_H

#include <stdbool.h>

#include "base/buf.h"

/*
 * Return whether argv, gcc and its arguments, compiles the empty /dev/null to an object file and
 * neither reads nor writes another file. *output is then the object file's name, a pointer into
 * argv.
 */
bool probeis(const struct strlist *argv, const char **output);

/*
 * Run argv, or reuse the result that dir has for argv and compiler. output is the result of
 * probeis; compiler is any text that identifies the compiler. dir is created if needed. Returns
 * gcc's exit status, or -1 if nothing was done and the caller must run argv.
 */
int proberun(const struct strlist *argv, const char *output, const char *dir, const char *compiler);

#endif
