/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Where the entries of archives become files: the one place that makes them, for all who unpack.
 * Nothing is made outside of one directory. Paths are as nameclean gives them (entryname.h), and
 * every directory on the way is opened from the one before it, so no symbolic link is followed.
 *
 * Functions return 0 (or a descriptor), or -1 with errno set, unless they say otherwise.
 */
#ifndef ARCHIVE_PLACE_H
#define ARCHIVE_PLACE_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/stat.h>

/* What becomes of an entry whose name is there already. */
enum placeagain {
	AGAIN_NEVER, /* it fails with EEXIST */
	AGAIN_SAME,  /* a file or link takes the place of one, a directory stays; else EEXIST */
	AGAIN_ANY, /* as in the kernel: what is of that type stays, a file is written anew under all
		      its names; other things, and links, are removed, a directory if it is empty */
};

struct placepolicy {
	bool parents; /* missing directories are made, 0755; else they fail with ENOENT */
	enum placeagain again;
};

/* What a thing gets beside its content. */
struct placeattr {
	mode_t mode; /* permissions; of a symbolic link none are set */
	bool owned;  /* uid and gid are set */
	uid_t uid;
	gid_t gid;
	bool timed; /* mtime is set */
	struct timespec mtime;
};

struct place {
	int top; /* the directory; -1: not open */
	struct placepolicy policy;
	int parent;	     /* the directory that was opened last, or -1 */
	char *parentof;	     /* its path below top; owned */
	char *stopped;	     /* the path that placeparent found to be no directory; owned */
	struct dirattr *dir; /* what directories are to get at the end */
	size_t ndirs, dircap;
};

/* Begin below the directory dir, which is there. */
int placeopen(struct place *p, const char *dir, struct placepolicy policy);

/*
 * Open the directory that path lies in, for what follows; *name is the last part of path. ENOTDIR:
 * p->stopped is something else, such as a symbolic link. The functions below do this themselves.
 */
int placeparent(struct place *p, const char *path, const char **name);

/* The type (S_IFREG ...) of what is at path; 0: nothing is, or it cannot be reached. */
mode_t placetype(struct place *p, const char *path);

/* Make a directory. It gets its attributes from placeend, when all is there; "" is the top. */
int placedir(struct place *p, const char *path, const struct placeattr *a);

/* Make an empty file, or empty the one that is there. Returns a descriptor for placeclose. */
int placefile(struct place *p, const char *path);
int placerewrite(struct place *p, const char *path);

/* Give the file its attributes, and close it. */
int placeclose(int fd, const struct placeattr *a);

int placesymlink(struct place *p, const char *path, const char *target, const struct placeattr *a);

/* Make path another name of what is at old, another path. */
int placelink(struct place *p, const char *path, const char *old);

/* Make a device, fifo or socket. It gets its attributes from placeset. */
int placenode(struct place *p, const char *path, mode_t type, dev_t device);

/* Give attributes to what is at path; EEXIST: it is not of that type. */
int placeset(struct place *p, const char *path, mode_t type, const struct placeattr *a);

/*
 * Give the directories their attributes, those that lie deepest first. failed is called for each
 * that cannot get them, with errno set. 0, or -1 if one failed.
 */
int placeend(struct place *p, void (*failed)(void *arg, const char *path), void *arg);

/* Free what p has; harmless if placeopen failed. */
void placefree(struct place *p);

#endif
