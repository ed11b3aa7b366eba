/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The command line. */
#ifndef MKINITRAMFS_COMMAND_H
#define MKINITRAMFS_COMMAND_H

#include "mkinitramfs/create/create.h"

enum mode {
	MODE_CREATE,
	MODE_DIFF,
	MODE_EXTRACT,
	MODE_LIST,
	MODE_SIZES,
	MODE_TABLE_READS,
	MODE_WRITE_LIST,
};

struct command {
	enum mode mode;
	bool chosen;	    /* a mode option was given */
	struct plan plan;   /* for MODE_CREATE */
	const char *level;  /* as given, or NULL */
	const char *mtime;  /* likewise */
	const char *prefix; /* of --write-list; NULL if not given */
	bool plainowner;    /* of --extract */
	bool files;	    /* of --sizes: show each file */
	const char *of;	    /* of --sizes: show each file from this origin; or NULL */
	char **operand;	    /* images to read, and the directory to extract to; NULL-terminated */
};

/* Parse the command line. Exits on an error, and after --help. */
void commandparse(struct command *c, int argc, char **argv);

/* Free the memory of c. */
void commandfree(struct command *c);

#endif
