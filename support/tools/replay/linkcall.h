/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the stand-ins of quicklink.h share: the names that the kernel's scripts/link-vmlinux.sh
 * gives to its files, the arguments of its links, and the real programs.
 */
#ifndef REPLAY_LINKCALL_H
#define REPLAY_LINKCALL_H

#include <stdbool.h>
#include <sys/stat.h>

#include "base/buf.h"

/* The files of one form of the script. */
struct pass {
	const char *first;  /* what the first link writes */
	const char *empty;  /* the table in it, or NULL if none is there */
	const char *table;  /* the table of the first link's symbols */
	const char *second; /* what the second link writes */
	const char *last;   /* the table of the second link's symbols: that of vmlinux */
	const char *third;  /* that of a third one, which is needed now and then */
	const char *check;  /* what the script notes of the second link, to check it at the end */
};

/* The form whose first or second link writes file; or NULL. */
const struct pass *passof(const char *file, bool second);

/* What is kept in the directory QUICKLINK_DIR: */
#define LINK_FIRST     "args"	     /* the arguments of the first link, each ended by NUL */
#define LINK_LAST      "last"	     /* those of the last one, which writes vmlinux */
#define LINK_AHEAD     "ahead"	     /* a link, made before the script asks for it */
#define LINK_BEGUN     "ahead.begun" /* a file whose date is the time before that */
#define LINK_FINISHED  "finished"    /* is there if it became vmlinux */
#define LINK_SYMBOLS   "first.nm"    /* the symbols of the first link */
#define LINK_TAIL      "tail.sh"     /* the end of the script */
#define PROGRAM_AHEAD  "ahead"	     /* the names of this program: that makes such a link */
#define PROGRAM_FINISH "finish"	     /* and that makes vmlinux of it, if it can */

/* The path of what is kept by that name; caller frees. */
char *linkkept(const char *name);

/* Become the real program name, the one that is not this directory's. */
void linkbecome(const char *name, char **argv) __attribute__((noreturn));

/* Run it, with its output to the file output, if not NULL. Returns its status. */
int linkrun(const char *name, char **argv, const char *output);

/* What follows the option -o in argv, or "". */
const char *linkoutput(char **argv);

/* Append argv to out, where each word from, if not NULL, is replaced by to. */
void linkwords(struct strlist *out, char **argv, const char *from, const char *to);

/* Replace a word of list. */
void linkreplace(struct strlist *list, const char *from, const char *to);

/* Read the arguments that are kept by that name. Returns 0, or -1 if there are none. */
int linkargsread(const char *name, struct strlist *out);

/* Keep them. Ends the program if it fails. */
void linkargswrite(const char *name, const struct strlist *args);

/* Whether a has a later date than b. */
bool linknewer(const struct stat *a, const struct stat *b);

/* Whether the table of the last build is there, and was that of a build with two links. */
bool linktable(const struct pass *pass);

/*
 * Whether no file that args name has a later date than the link that was made ahead. The file
 * except (may be NULL) is not looked at, nor what the link writes.
 */
bool linkcurrent(const struct strlist *args, const char *except);

#endif
