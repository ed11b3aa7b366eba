/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Questions that build systems ask a compiler and that gcc would answer for the machine that
 * builds: where a library is, which directories are searched, what the target is called.
 */
#ifndef WCC_QUERY_H
#define WCC_QUERY_H

#include "base/buf.h"

/* The first of args that is such a question, or NULL. */
const char *queryfind(const struct strlist *args);

/*
 * Append the answer for the target to out, with its newline. question is what queryfind gave,
 * gccsays what gcc printed for it, sysroot the sysroot's path.
 */
void queryanswer(const char *question, const char *gccsays, const char *sysroot, struct buf *out);

/* The exit code of a command that is not there; no gcc has it. */
#define NOTFOUND 127

/*
 * Run the command and append what it prints to its descriptor fd to out. Returns its exit code (1
 * if a signal ended it), or -1 with errno.
 */
int commandread(char *const argv[], int fd, struct buf *out);

#endif
