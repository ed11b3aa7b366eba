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
	bool chosen;	    /* mode was given */
	struct plan plan;   /* to create */
	const char *level;  /* as given, or NULL */
	const char *mtime;  /* likewise */
	const char *prefix; /* of --write-list, NULL unless given */
	bool plainowner;    /* of --extract */
	bool files;	    /* of --sizes: of each file */
	const char *of;	    /* of --sizes: of each file that this one brought; or NULL */
	char **operand;	    /* files to look into, and where to extract; NULL at the end */
};

/* Take the command line apart; ends the program when it is wrong, or after --help. */
void commandparse(struct command *c, int argc, char **argv);

/* Give its memory back. */
void commandfree(struct command *c);

#endif
