/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The commands of kbuild that replay knows: those that compile one file, and those that collect
 * what was compiled. */
#ifndef REPLAY_FORM_H
#define REPLAY_FORM_H

#include <stdbool.h>

#include "base/buf.h"
#include "cmdfile.h"

enum form {
	FORM_OTHER,
	FORM_COMPILE, /* one C or assembler source to one file, with a list of dependencies */
	FORM_ARCHIVE, /* objects and archives to a thin archive */
	FORM_LINK,    /* the objects of a module, which a file lists, to one object */
	FORM_ORDER,   /* the names of modules, and other such lists, to a list (modules.order) */
};

/* The programs that commands begin with: the values that CC, AR and LD have in kbuild. */
struct programs {
	const char *cc, *ar, *ld, *nm;
};

/*
 * Return the form of c's command. Paths relative to the build directory are appended to members
 * (may be NULL): for FORM_ARCHIVE and FORM_ORDER what is in it, for FORM_LINK the file that lists
 * it.
 */
enum form commandform(const struct cmdfile *c, const struct programs *by, struct strlist *members);

/* The path of target's file .NAME.SUFFIX beside it; caller frees. */
char *besidetarget(const char *target, const char *suffix);

/*
 * Call seen for each path below root (absolute, without a slash at its end) that command mentions,
 * with what follows "ROOT/".
 */
void commandpaths(const char *command, const char *root,
		  void (*seen)(void *ctx, const char *path, size_t len), void *ctx);

/* Append each word of command, cut at blanks and at what the shell knows, without "./" before it.
 */
void commandwords(const char *command, struct strlist *words);

#endif
