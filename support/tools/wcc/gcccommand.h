/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The gcc command that the wrapper executes. */
#ifndef WCC_GCCCOMMAND_H
#define WCC_GCCCOMMAND_H

#include "base/buf.h"
#include "settings.h"

/* Zero-initialise before use. */
struct command {
	struct strlist argv; /* gcc and its arguments */
	struct buf specs;    /* content of the file of -specs=; empty if it is not used */
};

/*
 * Create the command for the wrapper's arguments (argv[0] is its own name). Returns 0, or -1 with
 * an error message in *why (caller frees).
 */
int commandmake(struct command *c, const struct settings *s, int argc, char **argv, char **why);
void gcccommandfree(struct command *c);

/* Append the command to out as a line of shell, followed by the specs as comment lines. */
void commandshow(const struct command *c, struct buf *out);

#endif
