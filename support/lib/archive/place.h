/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Creation of files from archive entries. All programs that unpack use these functions. Nothing is
 * created outside one directory. Paths are as returned by nameclean (entryname.h). Each directory
 * of a path is opened relative to its parent, so no symbolic link is followed.
 *
 * Functions return 0 (or a descriptor), or -1 with errno set, unless they say otherwise.
 */
#ifndef ARCHIVE_PLACE_H
#define ARCHIVE_PLACE_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/stat.h>

#include "archive/bound.h"

/* What to do with an entry whose name exists already. */
enum placeagain {
	AGAIN_NEVER, /* fail with EEXIST */
	AGAIN_SAME,  /* replace a file or link by one of the same type, keep a directory; else fail
			with EEXIST */
	AGAIN_ANY, /* as in the kernel: keep what has the same type; rewrite a file in place, under
		      all its names; remove other types and links, and a directory if it is empty */
};

struct placepolicy {
	bool parents; /* create missing parent directories, mode 0755; else fail with ENOENT */
	enum placeagain again;
	bool linked;	     /* the destination may be a symbolic link to a directory */
	struct bound *bound; /* counts the missing directories that are made; NULL: no bound */
};

/* Attributes of an entry. */
struct placeattr {
	mode_t mode; /* permissions; not set on a symbolic link */
	bool owned;  /* set uid and gid */
	uid_t uid;
	gid_t gid;
	bool timed; /* set mtime */
	struct timespec mtime;
};

struct place {
	int top; /* the destination directory; -1: not open */
	struct placepolicy policy;
	int parent;	     /* the directory opened last, or -1 */
	char *parentof;	     /* its path below top; owned */
	char *stopped;	     /* the path that placeparent could not open as a directory; owned */
	const char *beyond;  /* why one more missing directory was not made, static text; or NULL */
	struct dirattr *dir; /* attributes of directories, set by placeend */
	size_t ndirs, dircap;
};

/*
 * Open the existing directory dir as the destination. ENOTDIR: it is something else, or it is a
 * symbolic link and policy.linked is not set.
 */
int placeopen(struct place *p, const char *dir, struct placepolicy policy);

/*
 * Open the parent directory of path as p->parent; *name is the last component of path. ENOTDIR:
 * p->stopped is not a directory, for example a symbolic link. E2BIG: p->beyond names the bound that
 * a missing directory on the way exceeds. The functions below call this themselves.
 */
int placeparent(struct place *p, const char *path, const char **name);

/* Return the type (S_IFREG ...) of path; 0 if it does not exist or cannot be reached. */
mode_t placetype(struct place *p, const char *path);

/*
 * Create a directory. placeend sets its attributes, after all entries are created. "" is the
 * destination.
 */
int placedir(struct place *p, const char *path, const struct placeattr *a);

/* Create an empty file, or truncate an existing one. Returns a descriptor for placeclose. */
int placefile(struct place *p, const char *path);
int placerewrite(struct place *p, const char *path);

/* Set the attributes of the file and close it. */
int placeclose(int fd, const struct placeattr *a);

int placesymlink(struct place *p, const char *path, const char *target, const struct placeattr *a);

/* Create path as a hard link to old, another path. */
int placelink(struct place *p, const char *path, const char *old);

/* Create a device node, fifo or socket. placeset sets its attributes. */
int placenode(struct place *p, const char *path, mode_t type, dev_t device);

/* Set the attributes of path; EEXIST: it has another type. */
int placeset(struct place *p, const char *path, mode_t type, const struct placeattr *a);

/*
 * Set the attributes of the directories, the deepest first. Calls failed for each that fails, with
 * errno set. Returns 0, or -1 if one failed.
 */
int placeend(struct place *p, void (*failed)(void *arg, const char *path), void *arg);

/* Free the contents of p. May be called after placeopen failed. */
void placefree(struct place *p);

#endif
