/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Queries of build systems that gcc would answer for the build machine: the path of a library, the
 * search directories, the target's name.
 */
#ifndef WCC_QUERY_H
#define WCC_QUERY_H

#include "base/buf.h"
#include "settings.h"

/* Return the first query in args, or NULL. */
const char *queryfind(const struct strlist *args);

/*
 * Append the answer for the target to out, with a newline. question is the result of queryfind,
 * gccsays is gcc's answer. The sysroot and the triplet are of s.
 */
void queryanswer(const char *question, const char *gccsays, const struct settings *s,
		 struct buf *out);

/* Exit code for a missing command; gcc never returns it. */
#define NOTFOUND 127

/*
 * Run the command and append its output on descriptor fd to out. Returns its exit code (1 if a
 * signal ended it), or -1 with errno set.
 */
int commandread(char *const argv[], int fd, struct buf *out);

#endif
