// SPDX-License-Identifier: GPL-2.0-or-later
#include "content.h"

#include <errno.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sysmacros.h>
#include <time.h>
#include <unistd.h>

#include "base/affix.h"
#include "fs/file.h"
#include "fs/links.h"
#include "fs/outside.h"
#include "fs/seen.h"
#include "fs/tree.h"
#include "git.h"

#define LEFTOUT ".git"

/* The state of the digest of a tree. */
struct treewalk {
	struct index *index;
	bool modes;		/* use all mode bits */
	struct digest *all;	/* of the whole tree */
	struct digest *configs; /* of the files that determine the configuration; or NULL */
	struct buf path;	/* of the current file */
	size_t top;		/* offset in path of the name relative to the tree */
	struct buf line;	/* its description */
	struct links links; /* first name of each file with hard links; the strings are in names */
	struct strlist names;
	struct strlist repos; /* directories with a .git */
	bool moved;	      /* a file was replaced or removed after its status was taken */
};

static int digestdir(struct treewalk *w, const struct treedir *dir);

/*
 * Return true for a file that Kconfig or a configuration target of kbuild reads. rel is its path
 * relative to the tree.
 */
static bool isconfig(const char *rel, const char *name)
{
	return startswith(name, "Kconfig") || endswith(name, "_defconfig") ||
	       (endswith(name, ".config") && strcmp(name, ".config") != 0) ||
	       strcmp(rel, "Makefile") == 0 ||
	       (startswith(rel, "scripts/") && endswith(name, ".sh"));
}

/* Append the type of n and the relevant mode bits to w->line. */
static void describemode(struct treewalk *w, const struct treenode *n)
{
	unsigned int kind = n->st.st_mode & S_IFMT, bits = n->st.st_mode & 07777;
	bool x = (n->st.st_mode & S_IXUSR) != 0;

	if (S_ISREG(kind) && w->modes)
		bufprintf(&w->line, "f%04o ", bits);
	else if (S_ISREG(kind))
		bufputs(&w->line, x ? "fx " : "f- ");
	else if (S_ISLNK(kind))
		bufputs(&w->line, "l- ");
	else if (w->modes)
		bufprintf(&w->line, "%o", kind | bits);
	else
		bufprintf(&w->line, "%o%s", kind, x && !S_ISDIR(kind) ? "x" : "");
	if (S_ISCHR(kind) || S_ISBLK(kind))
		bufprintf(&w->line, " %u:%u", major(n->st.st_rdev), minor(n->st.st_rdev));
}

/* Append the content of n to w->line. Returns 0, or -1 with errno set. */
static int describecontent(struct treewalk *w, const struct treenode *n)
{
	char hex[DIGESTHEX];
	char target[4096];
	struct stat now;
	ssize_t len;

	if (S_ISREG(n->st.st_mode)) {
		if (indexfile(w->index, bufstr(&w->path), &n->st, hex) < 0)
			return -1;
		bufputs(&w->line, hex);
	} else if (S_ISLNK(n->st.st_mode)) {
		len = readlink(bufstr(&w->path), target, sizeof(target));
		if (len == (ssize_t)sizeof(target))
			errno = ENAMETOOLONG;
		if (len < 0 || len == (ssize_t)sizeof(target))
			return -1;
		bufadd(&w->line, target, (size_t)len);
		if (lstat(bufstr(&w->path), &now) < 0 || now.st_ino != n->st.st_ino ||
		    now.st_ctim.tv_sec != n->st.st_ctim.tv_sec ||
		    now.st_ctim.tv_nsec != n->st.st_ctim.tv_nsec)
			w->moved = true;
	}
	return 0;
}

/* Set w->line to the description of n. Returns 0, or -1 with errno set. */
static int describe(struct treewalk *w, const struct treenode *n)
{
	const char *rel = bufstr(&w->path) + w->top;
	void **first = NULL;

	if (!S_ISDIR(n->st.st_mode) && n->st.st_nlink > 1)
		first = linkslot(&w->links, n->st.st_dev, n->st.st_ino);
	if (first && *first) {
		bufprintf(&w->line, "h- %s", (const char *)*first);
	} else {
		describemode(w, n);
		if (describecontent(w, n) < 0)
			return -1;
		if (first) {
			listadd(&w->names, rel);
			*first = w->names.item[w->names.len - 1];
		}
	}
	bufputc(&w->line, '\0');
	return 0;
}

/* Add one entry of a tree, and everything below it. */
static int digestnode(struct treewalk *w, const struct treenode *n)
{
	const char *rel = bufstr(&w->path) + w->top;

	bufclear(&w->line);
	bufadd(&w->line, rel, strlen(rel) + 1);
	if (describe(w, n) < 0) {
		w->moved = true;
		return errno == ENOENT ? 0 : -1; /* it was removed meanwhile */
	}
	digestadd(w->all, w->line.data, w->line.len);
	if (w->configs && isconfig(rel, n->name))
		digestadd(w->configs, w->line.data, w->line.len);
	return n->dir ? digestdir(w, n->dir) : 0;
}

/* Add the content of a directory. On failure, w->path is the file that failed. */
static int digestdir(struct treewalk *w, const struct treedir *dir)
{
	size_t len = w->path.len;

	if (dir->skipped)
		listadd(&w->repos, bufstr(&w->path));
	for (size_t i = 0; i < dir->len; i++) {
		bufputc(&w->path, '/');
		bufputs(&w->path, dir->item[i].name);
		if (digestnode(w, &dir->item[i]) < 0)
			return -1;
		w->path.len = len;
		w->path.data[len] = '\0';
	}
	return 0;
}

/* Add the tree at path, which was read as dir. Returns 0, or -1 with errno and *where set. */
static int digesttree(struct treewalk *w, const char *path, const struct treedir *dir, char **where)
{
	int ret;

	bufclear(&w->path);
	bufputs(&w->path, path);
	w->top = w->path.len + 1;
	ret = digestdir(w, dir);
	if (ret < 0 && where)
		*where = xstrdup(bufstr(&w->path));
	linksfree(&w->links);
	return ret;
}

static void walkfree(struct treewalk *w)
{
	buffree(&w->path);
	buffree(&w->line);
	listfree(&w->repos);
	listfree(&w->names);
}

/* Compute the digest of the tree at path. */
static int contenttree(struct index *x, const char *path, char hex[DIGESTHEX], char **where)
{
	struct treedir *dir = treeread(path, LEFTOUT, where);
	struct treewalk w = { .index = x };
	int ret;

	if (!dir)
		return -1;
	w.all = digestnew();
	ret = digesttree(&w, path, dir, where);
	digestend(w.all, hex);
	walkfree(&w);
	treefree(dir);
	return ret;
}

/* Set *where to path, unless it is set. Returns -1. */
static int trouble(const char *path, char **where)
{
	if (where && !*where)
		*where = xstrdup(path);
	return -1;
}

int contentdigest(struct index *x, const char *path, char hex[DIGESTHEX], char **where)
{
	struct stat st;

	if (where)
		*where = NULL;
	if (stat(path, &st) < 0)
		return trouble(path, where);
	if (!S_ISREG(st.st_mode))
		return contenttree(x, path, hex, where);
	return indexfile(x, path, &st, hex) < 0 ? trouble(path, where) : 0;
}

int contentany(struct index *x, const char *path, char hex[DIGESTHEX], char **where)
{
	struct stat st;
	char *what;

	if (where)
		*where = NULL;
	if (stat(path, &st) == 0 && (S_ISREG(st.st_mode) || S_ISDIR(st.st_mode)))
		return contentdigest(x, path, hex, where);
	if (stat(path, &st) < 0)
		what = xstrdup("missing");
	else
		what = xasprintf("%o %lu", st.st_mode & S_IFMT, (unsigned long)st.st_rdev);
	digestbytes(what, strlen(what), hex);
	free(what);
	return 0;
}

/* Add the file at path, whose status is st, with its mode. */
static int sourcesfile(struct index *x, const char *path, const struct stat *st, struct digest *to)
{
	char hex[DIGESTHEX];
	char *line;

	if (indexfile(x, path, st, hex) < 0)
		return -1;
	line = xasprintf("f%04o %s", st->st_mode & 07777, hex);
	digestadd(to, line, strlen(line) + 1);
	free(line);
	return 0;
}

/* Add the file or directory at path, outside the tree. */
static int sourcesoutside(struct treewalk *w, const char *path, char **where)
{
	struct treedir *dir;
	struct stat st;
	int ret;

	digestadd(w->all, path, strlen(path) + 1);
	if (stat(path, &st) < 0)
		return errno == ENOENT ? 0 : trouble(path, where);
	if (S_ISREG(st.st_mode))
		return sourcesfile(w->index, path, &st, w->all) < 0 ? trouble(path, where) : 0;
	dir = treeread(path, LEFTOUT, where);
	if (!dir)
		return -1;
	ret = digesttree(w, path, dir, where);
	treefree(dir);
	return ret;
}

/* A note of what was seen, written by a thread. */
struct note {
	const char *file, *path;
	struct timespec looked;
	const struct treedir *dir;
};

static void *writenote(void *arg)
{
	const struct note *n = arg;

	seenwrite(n->file, n->path, n->looked, n->dir);
	return NULL;
}

static int sourcestree(struct treewalk *w, const char *path, const struct look *look, char **where)
{
	struct note note = { .file = look->seen, .path = path };
	struct strlist outside = { 0 };
	struct treedir *dir;
	pthread_t thread;
	bool started;
	int ret;

	clock_gettime(CLOCK_REALTIME_COARSE, &note.looked);
	dir = treeread(path, LEFTOUT, where);
	if (!dir)
		return -1;
	note.dir = dir;
	indexmoved(w->index);
	started = look->seen && pthread_create(&thread, NULL, writenote, &note) == 0;
	ret = digesttree(w, path, dir, where);
	if (ret == 0)
		ret = outsidelist(path, dir, LEFTOUT, look->except, &outside, where);
	for (size_t i = 0; ret == 0 && i < outside.len; i++)
		ret = sourcesoutside(w, outside.item[i], where);
	if (started)
		pthread_join(thread, NULL);
	/* the digest is that of a later file than was seen */
	if (started && (indexmoved(w->index) || w->moved))
		unlink(look->seen);
	listfree(&outside);
	treefree(dir);
	return ret;
}

int sourcesdigest(struct index *x, const char *path, const struct look *look, struct sources *s,
		  char **where)
{
	struct treewalk w = { .index = x, .modes = true };
	struct stat st;
	int ret = stat(path, &st);

	if (look->seen)
		unlink(look->seen);
	*s = (struct sources){ 0 };
	if (where)
		*where = NULL;
	w.all = digestnew();
	w.configs = digestnew();
	if (ret == 0 && S_ISREG(st.st_mode))
		ret = sourcesfile(x, path, &st, w.all);
	else if (ret == 0)
		ret = sourcestree(&w, path, look, where);
	digestend(w.all, s->hex);
	digestend(w.configs, s->configs);
	if (ret == 0 && S_ISREG(st.st_mode))
		*s->configs = '\0';
	if (ret == 0 && w.repos.len)
		gitdigest(x, path, &w.repos, s->hex, s->git);
	walkfree(&w);
	return ret < 0 ? trouble(path, where) : 0;
}
