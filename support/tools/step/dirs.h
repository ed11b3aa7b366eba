/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What lies in a package's directory: locks, trees, records. Each ends the program when it fails.
 */
#ifndef STEP_DIRS_H
#define STEP_DIRS_H

#include <stdbool.h>

#include "job.h"

/* Replace dir/NAME by an empty directory. */
void dirfresh(const struct job *j, const char *name);

/* Remove the file or tree dir/NAME; a missing one is fine. */
void dirforget(const struct job *j, const char *name);

/* Make the tree dir/FROM dir/TO, in place of what is there. */
void dirmove(const struct job *j, const char *from, const char *to);

/* Whether there is a dir/NAME. */
bool direxists(const struct job *j, const char *name);

/* Write dir/NAME, whole. */
void dirrecord(const struct job *j, const char *name, const char *data, size_t len);

/*
 * Lock dir/NAME, waiting for others. All that a script starts inherits the lock: should a
 * runner be killed, the next one waits for what it left behind. Returns a descriptor to close.
 */
int dirlock(const struct job *j, const char *name);

/*
 * Copy files into dir/NAME, made anew. Each must be what the scripts were written for: its
 * digest stands in the text of one of them (keys, n of them).
 */
void dirplace(const struct job *j, const char *name, const struct pairs *files,
	      const struct buf *keys, size_t n);

#endif
