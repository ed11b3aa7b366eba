// SPDX-License-Identifier: GPL-2.0-or-later
#include "extract.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "fs/file.h"
#include "mkinitramfs/tree/node.h"
#include "mkinitramfs/tree/word.h"

/* A directory's mode, which could be in the way if it were set at once. */
struct later {
	char *path;   /* owned */
	size_t order; /* the later one of two for the same path counts */
	struct newc head;
};

/* An entry being extracted. */
struct target {
	int dir;	  /* its parent, open */
	const char *base; /* its name there */
	const char *path;
	const struct cpioentry *entry;
};

/* Add a problem with that entry; without why, it is what errno says. */
static void complain(struct problems *p, const char *name, const char *why)
{
	int err = errno;
	struct buf quoted = { 0 };

	wordquote(&quoted, name);
	problemadd(p, "%s: %s", bufstr(&quoted), why ? why : strerror(err));
	buffree(&quoted);
}

/*
 * Open the directory that path lies in, making what is missing, without following a symbolic
 * link. *base is set to the last part of path. -1 with errno set.
 */
static int parentopen(int root, const char *path, const char **base)
{
	int dir = fcntl(root, F_DUPFD_CLOEXEC, 0);
	const char *slash;

	while (dir >= 0 && (slash = strchr(path, '/'))) {
		char *name = xstrndup(path, (size_t)(slash - path));
		int flags = O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;
		int next = openat(dir, name, flags);

		if (next < 0 && errno == ENOENT && mkdirat(dir, name, 0755) == 0)
			next = openat(dir, name, flags);
		free(name);
		close(dir);
		dir = next;
		path = slash + 1;
	}
	*base = path;
	return dir;
}

/*
 * As in the kernel, what is there stays if it is of that type, and is removed otherwise.
 * 1 if something stays, 0 if the name is free, -1 on an error.
 */
static int makeway(const struct target *t, uint32_t type)
{
	struct stat st;

	if (fstatat(t->dir, t->base, &st, AT_SYMLINK_NOFOLLOW) < 0)
		return errno == ENOENT ? 0 : -1;
	if ((st.st_mode & S_IFMT) == type)
		return 1;
	return unlinkat(t->dir, t->base, S_ISDIR(st.st_mode) ? AT_REMOVEDIR : 0);
}

/*
 * Set owner and mode, unless the name is not of that type: a link may have brought a symbolic
 * link, and chmod would follow it. Owner first: changing it takes the set-id bits away.
 */
static int setowner(const struct extraction *x, int dir, const char *base, const struct newc *h)
{
	struct stat st;

	if (fstatat(dir, base, &st, AT_SYMLINK_NOFOLLOW) < 0)
		return -1;
	if ((st.st_mode ^ h->mode) & S_IFMT) {
		errno = EEXIST;
		return -1;
	}
	if (x->owners && fchownat(dir, base, h->uid, h->gid, AT_SYMLINK_NOFOLLOW) < 0)
		return -1;
	return S_ISLNK(h->mode) ? 0 : fchmodat(dir, base, h->mode & 07777, 0);
}

static void setlater(struct extraction *x, const struct target *t)
{
	if (x->nlater == x->latercap) {
		x->latercap = x->latercap ? 2 * x->latercap : 64;
		x->later = xrealloc(x->later, x->latercap * sizeof(*x->later));
	}
	x->later[x->nlater] = (struct later){ xstrdup(t->path), x->nlater, t->entry->head };
	x->nlater++;
}

static int makedir(struct extraction *x, const struct target *t)
{
	int way = makeway(t, S_IFDIR);

	if (way < 0 || (way == 0 && mkdirat(t->dir, t->base, 0700) < 0))
		return -1;
	setlater(x, t);
	return 0;
}

/* A file that is there is written anew, under all names that it has. */
static int makefile(const struct target *t)
{
	const int flags = O_WRONLY | O_NOFOLLOW | O_CLOEXEC;
	int way = makeway(t, S_IFREG);
	int fd, ret;

	if (way < 0 || (way > 0 && fchmodat(t->dir, t->base, 0600, 0) < 0))
		return -1;
	fd = openat(t->dir, t->base, flags | (way ? O_TRUNC : O_CREAT | O_EXCL), 0600);
	if (fd < 0)
		return -1;
	ret = writeall(fd, t->entry->data, t->entry->head.size);
	return close(fd) < 0 ? -1 : ret;
}

/* A file with several names, whose data may come with any of them. */
static int makelinked(struct extraction *x, uint32_t archive, const struct target *t)
{
	const struct newc *h = &t->entry->head;
	void **first = linkslot(&x->links, (uint64_t)archive << 32 | h->ino,
				(uint64_t)h->major << 32 | h->minor);
	const char *base;
	int dir, ret;

	if (!*first) {
		listadd(&x->names, t->path);
		*first = x->names.item[x->names.len - 1];
		return makefile(t);
	}
	if (strcmp(*first, t->path) != 0) {
		dir = parentopen(x->root, *first, &base);
		if (dir < 0)
			return -1;
		ret = makeway(t, 0) < 0 ? -1 : linkat(dir, base, t->dir, t->base, 0);
		close(dir);
		if (ret < 0)
			return -1;
	}
	return h->size ? makefile(t) : 0;
}

static int makesymlink(const struct target *t)
{
	return makeway(t, 0) < 0 ? -1 : symlinkat(t->entry->target, t->dir, t->base);
}

static int makenode(const struct target *t)
{
	const struct newc *h = &t->entry->head;
	int way = makeway(t, h->mode & S_IFMT);

	if (way)
		return way < 0 ? -1 : 0;
	return mknodat(t->dir, t->base, h->mode & (S_IFMT | 0700), makedev(h->rmajor, h->rminor));
}

static int makeentry(struct extraction *x, uint32_t archive, const struct target *t)
{
	const struct newc *h = &t->entry->head;
	int ret;

	if (S_ISDIR(h->mode))
		return makedir(x, t);
	if (S_ISREG(h->mode))
		ret = h->nlink > 1 ? makelinked(x, archive, t) : makefile(t);
	else if (S_ISLNK(h->mode))
		ret = makesymlink(t);
	else
		ret = makenode(t);
	return ret < 0 ? -1 : setowner(x, t->dir, t->base, h);
}

static bool isdevice(uint32_t mode)
{
	return S_ISCHR(mode) || S_ISBLK(mode);
}

/* Whether the entry has to be left out. */
static bool refused(struct extraction *x, const char *path, const struct cpioentry *e)
{
	const char *why = NULL;

	if (!path)
		why = "not extracted: the name leads out of the directory";
	else if (strcmp(typename(e->head.mode), "unknown") == 0)
		why = "not extracted: an entry of unknown type";
	else if (!*path && !S_ISDIR(e->head.mode))
		why = "not extracted: it would take the place of the directory itself";
	if (why)
		complain(x->problems, e->name, why);
	return why;
}

int extractentry(void *context, uint32_t archive, const struct cpioentry *e)
{
	struct extraction *x = context;
	char *path = cpiopath(e);
	struct target t = { .path = path, .entry = e };

	if (refused(x, path, e) || (x->plainowner && isdevice(e->head.mode))) {
		free(path);
		return 0;
	}
	t.dir = parentopen(x->root, path, &t.base);
	if (!*path) {
		setlater(x, &t);
	} else if (t.dir < 0 && (errno == ENOTDIR || errno == ELOOP)) {
		complain(x->problems, e->name, "not extracted: it lies below what is no directory");
	} else if (t.dir < 0 || makeentry(x, archive, &t) < 0) {
		if (isdevice(e->head.mode) && errno == EPERM)
			complain(x->notes, e->name, "skipped: only root can make a device node");
		else
			complain(x->problems, e->name, NULL);
	}
	if (t.dir >= 0)
		close(t.dir);
	free(path);
	return 0;
}

int extractopen(struct extraction *x, const char *dir)
{
	struct strlist names = { 0 };
	bool full;

	x->owners = geteuid() == 0 && !x->plainowner;
	if (mkdirs(dir) < 0)
		return problemadd(x->problems, "%s: cannot make the directory:", dir);
	if (dirlist(dir, &names) < 0)
		return problemadd(x->problems, "%s: cannot list the directory:", dir);
	full = names.len > 0;
	listfree(&names);
	if (full)
		return problemadd(x->problems, "%s: not empty: give a new or an empty directory",
				  dir);
	x->root = open(dir, O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (x->root < 0)
		return problemadd(x->problems, "%s: cannot open:", dir);
	return 0;
}

/* What lies deeper comes first: its directory may be closed to us when it has got its mode. */
static int deepfirst(const void *a, const void *b)
{
	const struct later *x = a, *y = b;
	int cmp = strcmp(y->path, x->path);

	if (cmp == 0)
		cmp = x->order < y->order ? -1 : 1;
	return cmp;
}

static int laterset(const struct extraction *x, const struct later *l)
{
	const char *base;
	int ret, dir = parentopen(x->root, l->path, &base);

	if (dir < 0)
		return -1;
	ret = setowner(x, dir, *base ? base : ".", &l->head);
	close(dir);
	return ret < 0 && errno == EEXIST ? 0 : ret; /* something else may have replaced it */
}

void extractclose(struct extraction *x)
{
	if (x->nlater)
		qsort(x->later, x->nlater, sizeof(*x->later), deepfirst);
	for (size_t i = 0; i < x->nlater; i++) {
		if (laterset(x, &x->later[i]) < 0)
			complain(x->problems, x->later[i].path, NULL);
		free(x->later[i].path);
	}
	free(x->later);
	linksfree(&x->links);
	listfree(&x->names);
	close(x->root);
}
