// SPDX-License-Identifier: GPL-2.0-or-later
#include "layer.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "archive/bound.h"
#include "fs/file.h"
#include "fs/links.h"

/* The state of a scan. */
struct walk {
	struct tree *tree;
	const struct scan *scan;
	struct links links; /* inodes with hard links */
	struct problems *problems;
};

/* Return the target of the symbolic link; NULL with errno set on error. Caller frees. */
static char *readtarget(const char *path)
{
	char target[BOUND_NAME + 1];
	ssize_t n = readlink(path, target, sizeof(target));

	if (n >= 0 && n <= BOUND_NAME)
		return xstrndup(target, (size_t)n);
	if (n >= 0)
		errno = ENAMETOOLONG;
	return NULL;
}

static uint32_t scanmode(const struct scan *s, mode_t mode)
{
	if (!s->checkout || S_ISLNK(mode))
		return mode;
	if (S_ISDIR(mode) || (mode & S_IXUSR))
		return (mode & S_IFMT) | 0755;
	return (mode & S_IFMT) | 0644;
}

/* Return an inode for the file at host; NULL after adding a problem. */
static struct inode *inodescan(struct walk *w, const char *host, const struct stat *st)
{
	struct inode *o;

	if (S_ISREG(st->st_mode) && (uint64_t)st->st_size > SIZE_LIMIT) {
		problemadd(w->problems, "%s: it has %lld bytes, but a cpio archive takes %u", host,
			   (long long)st->st_size, SIZE_LIMIT);
		return NULL;
	}
	o = inodenew(w->tree, scanmode(w->scan, st->st_mode));
	o->uid = w->scan->uid;
	o->gid = w->scan->gid;
	if (S_ISREG(st->st_mode)) {
		o->size = (uint64_t)st->st_size;
		o->source = xstrdup(host);
	} else if (S_ISLNK(st->st_mode)) {
		o->target = readtarget(host);
		if (!o->target) {
			problemadd(w->problems, "%s: cannot read the symbolic link:", host);
			return NULL;
		}
	} else if (S_ISCHR(st->st_mode) || S_ISBLK(st->st_mode)) {
		o->rmajor = major(st->st_rdev);
		o->rminor = minor(st->st_rdev);
	}
	return o;
}

static void walkdir(struct walk *w, const char *host, const char *path);

/* Merge the file at host as path, and everything below it. */
static void walkfile(struct walk *w, const char *host, const char *path)
{
	struct inode *o = NULL;
	void **seen = NULL;
	struct stat st;

	if (lstat(host, &st) < 0) {
		problemadd(w->problems, "%s: cannot look at it:", host);
		return;
	}
	if (!S_ISDIR(st.st_mode) && st.st_nlink > 1) {
		seen = linkslot(&w->links, st.st_dev, st.st_ino);
		o = *seen;
	}
	if (!o)
		o = inodescan(w, host, &st);
	if (seen)
		*seen = o;
	if (!o)
		return;
	mergeput(w->tree, &w->scan->from, path, o, w->problems);
	if (S_ISDIR(st.st_mode))
		walkdir(w, host, path);
}

static void walkdir(struct walk *w, const char *host, const char *path)
{
	struct strlist names = { 0 };

	if (dirlist(host, &names) < 0)
		problemadd(w->problems, "%s: cannot list the directory:", host);
	for (size_t i = 0; i < names.len; i++) {
		char *file = pathjoin(host, names.item[i]);
		char *name = pathjoin(path, names.item[i]);

		/* inputs ignores it too: the data of git is not part of a tree */
		if (!w->scan->checkout || strcmp(names.item[i], ".git") != 0)
			walkfile(w, file, name);
		free(file);
		free(name);
	}
	listfree(&names);
}

void layerscan(struct tree *t, const struct scan *s, const char *dir, struct problems *p)
{
	struct walk w = { .tree = t, .scan = s, .problems = p };

	walkdir(&w, dir, s->prefix);
	linksfree(&w.links);
}
