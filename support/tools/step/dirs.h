/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Files and trees in a package's directory. Each function ends the program on failure. */
#ifndef STEP_DIRS_H
#define STEP_DIRS_H

#include <stdbool.h>

#include "job.h"

/* Make dir/NAME an empty directory; remove its earlier contents. */
void dirfresh(const struct job *j, const char *name);

/* Remove the file or tree dir/NAME; a missing one is fine. */
void dirforget(const struct job *j, const char *name);

/* Rename the tree dir/FROM to dir/TO, replacing what is there. */
void dirmove(const struct job *j, const char *from, const char *to);

/* Whether there is a dir/NAME. */
bool direxists(const struct job *j, const char *name);

/* Write the file dir/NAME, atomically. */
void dirrecord(const struct job *j, const char *name, const char *data, size_t len);

/*
 * Lock dir/NAME, waiting for other holders. All processes of a script inherit the lock: if a runner
 * is killed, the next one waits for those it left behind. Returns a descriptor, which the caller
 * closes.
 */
int dirlock(const struct job *j, const char *name);

/*
 * Copy files into the directory dir/NAME, which is emptied first. The digest of each file must be
 * in the text of one of the n keys: else the file changed after make wrote the scripts.
 */
void dirplace(const struct job *j, const char *name, const struct pairs *files,
	      const struct buf *keys, size_t n);

#endif
