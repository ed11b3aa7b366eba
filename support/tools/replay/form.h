/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The commands of kbuild that replay knows: those that compile one file, and those that make an
 * archive. */
#ifndef REPLAY_FORM_H
#define REPLAY_FORM_H

#include <stdbool.h>

#include "base/buf.h"
#include "cmdfile.h"

enum form {
	FORM_OTHER,
	FORM_COMPILE, /* one C or assembler source to one file, with a list of dependencies */
	FORM_ARCHIVE, /* objects and archives to a thin archive */
};

/*
 * Return the form of c's command. cc and ar are the values that CC and AR have in kbuild. For
 * FORM_ARCHIVE the members, relative to the build directory, are appended to members (may be NULL).
 */
enum form commandform(const struct cmdfile *c, const char *cc, const char *ar,
		      struct strlist *members);

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
