/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The command that the wrapper becomes. */
#ifndef WCC_GCCCOMMAND_H
#define WCC_GCCCOMMAND_H

#include "base/buf.h"
#include "settings.h"

/* Zero-initialise before use. */
struct command {
	struct strlist argv; /* gcc and its arguments */
	struct buf specs;    /* what the file that -specs= names holds; empty without one */
};

/*
 * Make the command for these arguments (argv[0] is the wrapper's). Returns 0, or -1 with *why
 * (caller frees) telling what cannot be done.
 */
int commandmake(struct command *c, const struct settings *s, int argc, char **argv, char **why);
void gcccommandfree(struct command *c);

/* Append the command to out as a line of shell, and then the specs, as comment lines. */
void commandshow(const struct command *c, struct buf *out);

#endif
