/* SPDX-License-Identifier: GPL-2.0-or-later */
/* kbuild's records of what it ran: a file .NAME.cmd beside each target NAME. */
#ifndef REPLAY_CMDFILE_H
#define REPLAY_CMDFILE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "fs/snapshot.h"

/* A dependency, in place. */
struct cmddep {
	const char *path; /* not terminated */
	size_t len;
};

/* One record. All but target points into text. */
struct cmdfile {
	char *target;	    /* relative to the build directory; owned */
	struct buf text;    /* the file, with NUL where a part ends */
	char *saved;	    /* the command, as a value in a makefile: $$ is $, $(pound) is # */
	const char *name;   /* of the variable that has it: "savedcmd", or "cmd" before Linux 6.3 */
	char *source;	    /* what fixdep took for the source; NULL if fixdep did not write it */
	struct cmddep *dep; /* what fixdep found in the compiler's list; owned array */
	size_t deps;
	const char *tail; /* what follows fixdep's part: kbuild's own additions */
};

/* Zero-initialise before use. */
struct cmdfiles {
	struct cmdfile *item; /* sorted by target, with strcmp */
	size_t len;
};

/*
 * Read all records below the directory build, whose files are in listed; those below tools/ have
 * another form, and are left out. Returns 0, or -1 with *why set (caller frees) if one cannot be
 * read or is not understood.
 */
int cmdfilesread(struct cmdfiles *all, const char *build, const struct snapshot *listed,
		 char **why);

/* The target of the record at path, or NULL if it is none; caller frees. */
char *cmdfiletarget(const char *path);

/* Parse c->text, of the target c->target. Returns whether it is well formed. */
bool cmdfileparse(struct cmdfile *c);

/* Return the record of the target, or NULL. */
const struct cmdfile *cmdfilefind(const struct cmdfiles *all, const char *target);

/* The command as the shell gets it; caller frees. */
char *cmdfilecommand(const struct cmdfile *c);

void cmdfilesfree(struct cmdfiles *all);

#endif
