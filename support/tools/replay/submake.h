/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The makes that kbuild's top Makefile starts: how they are recorded while kbuild runs, and which
 * of them end a build.
 */
#ifndef REPLAY_SUBMAKE_H
#define REPLAY_SUBMAKE_H

#include "base/buf.h"
#include "form.h"

/* What one of them does. The last ones follow each other in this order. */
enum submakekind {
	SUBMAKE_UNKNOWN,
	SUBMAKE_EARLY,	   /* host programs and generated headers: before the descent */
	SUBMAKE_DESCENT,   /* into all directories: objects and archives */
	SUBMAKE_DIRECTORY, /* of the descent: one directory at the top and all below it */
	SUBMAKE_OBJECT,	   /* vmlinux.o */
	SUBMAKE_MODPOST,
	SUBMAKE_VMLINUX,
	SUBMAKE_MODULES, /* links modules */
	SUBMAKE_IMAGE,	 /* the file that boots */
};

struct submake {
	enum submakekind kind;
	struct strlist argv;
	struct strlist env; /* NAME=VALUE, sorted */
};

/* Zero-initialise before use. */
struct submakes {
	struct submake *item; /* owned, sorted by kind */
	size_t len;
};

/* Whether target is in a directory that is built before the descent, or below one. */
bool submakeearly(const char *target);

/*
 * The text of a makefile that records them in files in dir, when a make of kbuild reads it before
 * its own (MAKEFILES). dir is a path without characters that make or the shell know.
 */
char *submakerecorder(const char *dir);

/*
 * Read what was recorded in dir. Returns 0, or -1 with *why set (caller frees): it cannot be read,
 * one of them is not known, or there is not one of each kind that every build has.
 */
int submakesread(struct submakes *all, const char *dir, char **why);

/* The one of that kind, or NULL. */
const struct submake *submakeof(const struct submakes *all, enum submakekind kind);

/* The one of the directory at the top that path, relative to the build directory, is in; or NULL.
 */
const struct submake *submakeofdir(const struct submakes *all, const char *path);

/* The directory of such a make. */
const char *submakedir(const struct submake *m);

/* The value of a variable in its environment, or "". */
const char *submakevalue(const struct submake *m, const char *name);

/* The programs that kbuild's commands begin with, in its environment. */
struct programs submakeprograms(const struct submake *m);

void submakesfree(struct submakes *all);

#endif
