/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What stat says of the files of a tree, at one moment, and how two such lists differ. */
#ifndef FS_SNAPSHOT_H
#define FS_SNAPSHOT_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/stat.h>

#include "base/buf.h"
#include "fs/tree.h"

/* One file that is not a directory. */
struct snapfile {
	char *path; /* relative to the tree; owned by the snapshot */
	unsigned long long mode, size, ino;
	struct timespec mtim, ctim;
};

/* Zero-initialise before use. */
struct snapshot {
	struct snapfile *item; /* sorted as snapshotorder says */
	size_t len;
	size_t cap;
};

enum snapchange {
	SNAP_ADDED,
	SNAP_REMOVED,
	SNAP_CHANGED,  /* its date of modification, with or without more */
	SNAP_SAMEDATE, /* anything else: its content may have changed nevertheless */
};

/* Compare paths so that a directory's files stand where the directory does among its siblings. */
int snapshotorder(const char *a, const char *b);

/*
 * Add all files below dir, but not those below names equal to skip. Returns 0, or -1 with errno and
 * *where set to the directory that cannot be read (caller frees). A name with a line end in it is
 * an error, too (EINVAL).
 */
int snapshottree(struct snapshot *s, const char *dir, const char *skip, char **where);

/* The same of a tree that was read. Returns 0, or -1 for a name with a line end in it. */
int snapshotread(struct snapshot *s, const struct treedir *dir);

/* Add one file, at path; a file that is not there is added with all numbers 0. */
void snapshotstat(struct snapshot *s, const char *path);

/* Add a file with these facts. */
void snapshotadd(struct snapshot *s, const char *path, const struct stat *st);

void snapshotsort(struct snapshot *s);

/* Return the file at path, or NULL. */
const struct snapfile *snapshotfind(const struct snapshot *s, const char *path);

/*
 * Call seen for each difference, in order. file is that of now, or for SNAP_REMOVED the one of
 * before.
 */
void snapshotcompare(const struct snapshot *before, const struct snapshot *now,
		     void (*seen)(void *ctx, enum snapchange what, const struct snapfile *file),
		     void *ctx);

/*
 * Append each file as a line that begins with letter. A file that changed after limit may change
 * again within the same tick of the file system's clock: it is written so that it differs from any.
 */
void snapshotwrite(const struct snapshot *s, char letter, struct timespec limit, struct buf *out);

/* Add the file of such a line, without the letter. Returns whether the line is well formed. */
bool snapshotline(struct snapshot *s, char *line);

void snapshotfree(struct snapshot *s);

#endif
