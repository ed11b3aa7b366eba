/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The files that a run is to write for its user: its records and its log. An old record must not be
 * taken for that of this run, even if there is no run because the command line is wrong.
 */
#ifndef RUNQEMU_OUTPUTS_H
#define RUNQEMU_OUTPUTS_H

#include <getopt.h>

#include "options.h"

/*
 * Before the command line is parsed, whatever is wrong in it: remove the files of --json and
 * --junit, unless it asks for something else than a run. longs is its table.
 */
void outputsfresh(int argc, char **argv, const struct option *longs);

/* Exit with a usage error if a directory that one of the files is to be in is not there. */
void outputscheck(const struct options *o);

#endif
